import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { Command } from 'commander';
import { addEngineOptions, clientOf, type ConnectionOptions } from './connections';
import { ProgressLine } from './progress-line';

interface Options extends ConnectionOptions {
	out: string;
	gzip?: boolean;
	force?: boolean;
}

export function exportCommand(): Command {
	const command = new Command('export')
		.description('write an index as JSON Lines: photos, words, metadata and vectors')
		.argument('<index>', 'its name')
		.option('--out <file>', '- for standard output', '-')
		.option('--gzip', 'compress it; also where the file’s name ends in .gz')
		.option('--force', 'overwrite a file that exists, once the export is complete')
		.addHelpText(
			'after',
			'\nThe last line holds a checksum: “import” notices a file that was cut off or changed.\nSearches and writes go on meanwhile.',
		);
	return addEngineOptions(command).action(run);
}

async function run(index: string, { out, gzip, force, ...connection }: Options): Promise<void> {
	if (out === '-' && process.stdout.isTTY)
		throw new Error('an export is too long to read: name a file with --out, or pipe it on');
	if (out !== '-' && !force && existsSync(out))
		throw new Error(`${out} exists; add --force to overwrite it`);
	const client = clientOf(connection);
	const { photos } = await client.stats(index);
	const lines = counted(await client.operations.export(index), photos);
	const body = Readable.from(lines, { objectMode: false });
	// Vectors hardly shrink; the fastest level takes off what base64 has added.
	const zip = createGzip({ level: constants.Z_BEST_SPEED });
	const stages = gzip || out.endsWith('.gz') ? [body, zip] : [body];
	if (out === '-') return await pipeline([...stages, process.stdout], { end: false });
	const part = `${out}.part`;
	try {
		await pipeline([...stages, createWriteStream(part, { mode: 0o600 })]);
		await rename(part, out);
	} finally {
		await rm(part, { force: true });
	}
}

/** The same bytes, with the lines among them shown as progress. */
async function* counted(source: AsyncIterable<Buffer>, total: number): AsyncGenerator<Buffer> {
	const line = new ProgressLine();
	let done = 0;
	try {
		for await (const chunk of source) {
			for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) done++;
			line.show(Math.min(done, total), total);
			yield chunk;
		}
	} finally {
		line.end();
	}
}
