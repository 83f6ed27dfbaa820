import { Command } from 'commander';
import type { Optimization } from '../engine/client';
import { formatBytes } from '../engine/format';
import { addEngineOptions, clientOf, type ConnectionOptions } from './connections';
import { followJob, requireSuccess } from './follow-job';
import { formatTable } from './table';

export function optimizeCommand(): Command {
	const command = new Command('optimize')
		.description('merge and compact an index, and give free space back to the disk')
		.argument('<index>', 'its name')
		.addHelpText(
			'after',
			'\nThe engine keeps an index in order by itself; this is for after large changes, such as a\nthird of the photos deleted. Searches and writes go on meanwhile.',
		);
	return addEngineOptions(command).action(run);
}

async function run(index: string, options: ConnectionOptions): Promise<void> {
	const client = clientOf(options);
	const job = await followJob(
		client,
		await client.operations.optimize(index),
		`optimising "${index}" …`,
	);
	requireSuccess(job);
	for (const line of formatTable(rowsOf(job.optimization!))) console.log(line);
}

function rowsOf({ before, after }: Optimization): string[][] {
	const row = (title: string, key: keyof typeof before, format: (n: number) => string) => [
		title,
		format(before[key]),
		format(after[key]),
	];
	return [
		['', 'BEFORE', 'AFTER'],
		row('on disk', 'bytes_on_disk', formatBytes),
		row('in memory', 'bytes_in_memory', formatBytes),
		row('vectors not merged yet', 'unmerged', String),
		row('deleted vectors in memory', 'tombstones', String),
	];
}
