import { Command } from 'commander';
import {
	addEngineOptions,
	addOllamaOption,
	addS3Options,
	clientOf,
	ollamaOf,
	requireS3,
	type ConnectionOptions,
} from './connections';
import { followJob } from './follow-job';
import { ProgressLine } from './progress-line';

interface Options extends ConnectionOptions {
	index: string;
	model?: string;
	keepMissing?: boolean;
	force?: boolean;
}

export function indexCommand(): Command {
	const command = new Command('index')
		.description('bring an index up to date with a bucket')
		.argument('<s3 path>', 's3://bucket or s3://bucket/prefix')
		.option('--index <name>', 'index to write', 'photos')
		.option('--model <id>', 'model for photos that are new (default: the engine’s)')
		.option('--keep-missing', 'keep photos that are no longer in the bucket')
		.option('--force', 'allow that most photos disappear');
	return addOllamaOption(addS3Options(addEngineOptions(command))).action(run);
}

async function run(s3Path: string, options: Options): Promise<void> {
	const match = /^s3:\/\/([^/]+)\/?(.*)$/.exec(s3Path);
	if (!match)
		throw new Error(
			`"${s3Path}" is not an S3 path; it should look like s3://bucket or s3://bucket/prefix`,
		);
	const client = clientOf(options);
	const line = new ProgressLine();
	const started = await client.sync(
		options.index,
		{
			s3: requireS3(options),
			bucket: match[1]!,
			prefix: match[2] || undefined,
			model: options.model,
			ollama: ollamaOf(options),
			delete_missing: !options.keepMissing,
			force: options.force,
		},
		undefined,
		(sentence) => line.draw(0, sentence),
	);
	line.end();
	const job = await followJob(client, started, 'listing …');
	for (const { s3_path, message } of job.failures) console.error(`failed: ${s3_path}: ${message}`);
	for (const hint of job.hints) console.error(`note: ${hint}`);
	if (job.state !== 'succeeded') throw new Error(job.error?.message ?? `the job was ${job.state}`);
	console.log(
		`${job.done} indexed, ${job.unchanged} unchanged, ${job.deleted} deleted, ${job.failed} failed (index "${options.index}")`,
	);
}
