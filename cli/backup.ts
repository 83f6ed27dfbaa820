import { existsSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { formatBytes } from '../engine/format';
import { addEngineOptions, clientOf, type ConnectionOptions } from './connections';
import { followJob, requireSuccess } from './follow-job';

export function backupCommand(): Command {
	const command = new Command('backup')
		.description('copy an index into one file, consistent while searches and writes go on')
		.argument('<index>', 'its name')
		.argument('[file]', 'default: INDEX-TIME.db in the folder “backups” of the data folder')
		.addHelpText(
			'after',
			'\nNothing is overwritten. With --engine the file is written on the engine’s machine, into that\nfolder; “export” brings an index to this one.',
		);
	return addEngineOptions(command).action(backup);
}

export function restoreCommand(): Command {
	const command = new Command('restore')
		.description('make an index of a backup')
		.argument('<index>', 'name of the index to make')
		.argument('<file>', 'the backup; with --engine, its name in the folder “backups” there')
		.option('--replace', 'in the place of the index of that name, once the backup is found good')
		.addHelpText(
			'after',
			'\nThe backup is checked from end to end first and stays as it is. An index that is replaced is\nput aside, and comes back should the restored one not open.',
		);
	return addEngineOptions(command).action(restore);
}

async function backup(
	index: string,
	file: string | undefined,
	options: ConnectionOptions,
): Promise<void> {
	const client = clientOf(options);
	const started = await client.operations.backup(index, { file: file && placeOf(file, options) });
	const job = await followJob(client, started, `copying "${index}" …`);
	requireSuccess(job);
	const { file: written, bytes } = job.backup!;
	console.log(`${written} (${formatBytes(bytes)})`);
}

async function restore(
	index: string,
	file: string,
	options: ConnectionOptions & { replace?: boolean },
): Promise<void> {
	const client = clientOf(options);
	// A name that is no file here is one in the engine's folder of backups.
	const isThere = file === path.basename(file) && !existsSync(file);
	const started = await client.operations.restore(index, {
		file: isThere ? file : placeOf(file, options),
		replace: options.replace,
	});
	const job = await followJob(client, started, `checking ${file} …`);
	requireSuccess(job);
	console.log(`Index "${index}" has ${job.restoration!.photos} photos, as in the backup.`);
}

/** What the shell means by a path, the engine must be told in full; another machine knows names only. */
function placeOf(file: string, { engine }: ConnectionOptions): string {
	return engine ? file : path.resolve(file);
}
