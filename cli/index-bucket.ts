import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import type { EngineClient, Job } from '../engine/client';
import {
	addEngineOptions,
	addOllamaOption,
	addS3Options,
	clientOf,
	ollamaOf,
	requireS3,
	type ConnectionOptions,
} from './connections';
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
	const job = await follow(client, started);
	for (const { s3_path, message } of job.failures) console.error(`failed: ${s3_path}: ${message}`);
	for (const hint of job.hints) console.error(`note: ${hint}`);
	if (job.state !== 'succeeded') throw new Error(job.error?.message ?? `the job was ${job.state}`);
	console.log(
		`${job.done} indexed, ${job.unchanged} unchanged, ${job.deleted} deleted, ${job.failed} failed (index "${options.index}")`,
	);
}

/** Draws the job's progress until it ends; Ctrl-C cancels it. */
async function follow(client: EngineClient, started: Job): Promise<Job> {
	const line = new ProgressLine();
	process.once('SIGINT', () => void client.cancelJob(started.id).catch(() => undefined));
	let job = started;
	while (job.state === 'queued' || job.state === 'running') {
		const handled = job.done + job.unchanged + job.failed;
		line.show(handled, job.total, job.total_known ? '' : 'listing …');
		await sleep(250);
		job = await client.job(job.id);
	}
	line.end();
	return job;
}
