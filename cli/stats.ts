import { Command } from 'commander';
import type { IndexStats } from '../engine/client';
import { formatBytes } from '../engine/format';
import { addEngineOptions, clientOf, type ConnectionOptions } from './connections';
import { formatTable } from './table';

export function statsCommand(): Command {
	const command = new Command('stats')
		.description('what is in an index, how it is searched and what it takes')
		.argument('[index]', 'default: all of them')
		.option('--json', 'as JSON');
	return addEngineOptions(command).action(run);
}

async function run(
	index: string | undefined,
	{ json, ...connection }: ConnectionOptions & { json?: boolean },
): Promise<void> {
	const client = clientOf(connection);
	const names = index === undefined ? (await client.indexes()).indexes : [index];
	const stats: IndexStats[] = [];
	for (const name of names) stats.push(await client.stats(name));
	if (json)
		return console.log(JSON.stringify(index === undefined ? stats : stats[0], undefined, 2));
	if (stats.length === 0) return console.log('There is no index.');
	console.log(stats.map((one) => describe(one).join('\n')).join('\n\n'));
}

/** One index as lines of text. */
function describe(stats: IndexStats): string[] {
	const { name, photos, image_vectors: image, text_vectors: text, generations, faiss } = stats;
	const row = (title: string, show: (vectors: typeof image) => string) => [
		`  ${title}`,
		show(image),
		show(text),
	];
	const owed = stats.text_owed > 0 ? `, ${stats.text_owed} of them wait for text vectors` : '';
	return [
		`${name}: ${photos} photos${owed}, ${formatBytes(stats.bytes_on_disk)} on disk (schema ${stats.schema})`,
		...formatTable([
			['', 'IMAGE', 'TEXT'],
			row('model', ({ model }) => model ?? '–'),
			row('vectors', ({ count, dimension }) =>
				dimension === null ? '0' : `${count} × ${dimension}`,
			),
			row('photos without one', ({ count }) => String(photos - count)),
			row('searched by', ({ method }) => method),
			row('not merged yet', ({ unmerged }) => String(unmerged)),
			row('deleted, still in memory', ({ tombstones }) => String(tombstones)),
			row('in memory', ({ bytes_in_memory: bytes }) => formatBytes(bytes)),
			row('recall when last measured', ({ recall }) => recall?.toFixed(3) ?? '–'),
			row('last merge', ({ last_merge: time }) => time ?? '–'),
		]),
		...generations
			.filter(({ state }) => state !== 'active')
			.map(
				({ kind, model, dimension, state, vectors, missing }) =>
					`  ${state} beside them: ${kind} vectors of ${model}, ${vectors} × ${dimension}, ${missing} missing`,
			),
		`  FAISS: ${faiss.available ? 'available' : `not available (${faiss.reason ?? 'no reason given'})`}`,
	];
}
