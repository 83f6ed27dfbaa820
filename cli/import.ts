import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { Command } from 'commander';
import type { ImportResponse } from '../engine/client';
import { formatBytes } from '../engine/format';
import { addEngineOptions, clientOf, type ConnectionOptions } from './connections';
import { ProgressLine } from './progress-line';

/** https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1 */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

export function importCommand(): Command {
	const command = new Command('import')
		.description('store the photos of an export, or of JSON Lines written by hand')
		.argument('<index>', 'index to write; made if it is not there')
		.argument('<file>', 'JSON Lines, gzipped or not; - for standard input')
		.option('--json', 'print the whole report')
		.addHelpText(
			'after',
			`
A line of an export is a whole photo: what it lacks, the photo lacks afterwards. A line without an
export's header around it changes what it names:
  {"id": "a", "title": "A beach", "embedding": [0.1, …], "model": "demo@1"}

Lines that cannot be stored are named with their numbers, the others are stored. The same import
can be repeated: nothing is stored twice.`,
		);
	return addEngineOptions(command).action(run);
}

async function run(
	index: string,
	file: string,
	{ json, ...connection }: ConnectionOptions & { json?: boolean },
): Promise<void> {
	const client = clientOf(connection);
	const line = new ProgressLine();
	const { source, total } = await opened(file);
	const body = Readable.from(counted(source, total, line), { objectMode: false });
	let report: ImportResponse;
	try {
		report = await client.operations.import(index, await unpacked(body));
	} finally {
		line.end();
		source.destroy();
	}
	if (json) console.log(JSON.stringify(report, undefined, 2));
	else print(index, report);
	if (report.problem) throw new Error(`${report.problem.message} [${report.problem.code}]`);
	if (report.failed > 0) process.exitCode = 1;
}

/** With its length in bytes, where that is known. Throws where there is nothing to read. */
async function opened(file: string): Promise<{ source: Readable; total?: number }> {
	if (file === '-') return { source: process.stdin };
	// A stream of a file that is not there would end the process before anybody listened to it.
	const handle = await open(file);
	return { source: handle.createReadStream(), total: (await handle.stat()).size };
}

function print(index: string, { created, updated, failed, errors, hints }: ImportResponse): void {
	for (const { line, id, code, message } of errors) {
		const photo = id === undefined ? '' : ` (${JSON.stringify(id)})`;
		console.error(`line ${line}${photo}: ${message} [${code}]`);
	}
	if (failed > errors.length) console.error(`… and ${failed - errors.length} more lines`);
	for (const hint of hints) console.error(`note: ${hint}`);
	console.log(`${created} created, ${updated} updated, ${failed} failed (index "${index}")`);
}

/** The same bytes, shown as progress. */
async function* counted(
	source: AsyncIterable<Buffer>,
	total: number | undefined,
	line: ProgressLine,
): AsyncGenerator<Buffer> {
	const of = total === undefined ? '' : ` of ${formatBytes(total)}`;
	let read = 0;
	for await (const chunk of source) {
		read += chunk.length;
		line.draw(total ? read / total : 0, `${formatBytes(read)}${of}`);
		yield chunk;
	}
}

/** What is in the file, unzipped where it is zipped. */
async function unpacked(body: Readable): Promise<Readable> {
	await once(body, 'readable');
	const head = body.read(GZIP_MAGIC.length) as Buffer | null;
	if (head) body.unshift(head);
	if (!head?.equals(GZIP_MAGIC)) return body;
	// A file that was cut off gives what it has: the engine says that its end is missing.
	const lines = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
	pipeline(body, lines, () => undefined);
	return lines;
}
