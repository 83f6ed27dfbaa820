import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../errors';
import type { VectorIndex } from '../vector-index';
import { backupsFolder } from './backup-place';
import { asFileError } from './file-error';

/** A copy under way, and what SQLite keeps beside it. */
const HALF = /\.partial(-journal|-wal|-shm)?$/;

/**
 * Backs an index up to a place of {@link backupPlace}.
 *
 * @returns bytes of the file
 * @throws EngineError `FILE_EXISTS`, `DISK_FULL`, `BAD_BACKUP_PATH` for a folder that does not exist or
 * must not be written to; what `onProgress` throws ends the backup, too
 */
export async function writeBackup(
	index: VectorIndex,
	file: string,
	dataDir: string,
	onProgress: (done: number, of: number) => void,
): Promise<number> {
	const folder = path.dirname(file);
	// Only our own folder is made: another one that is not there is a disk that is not mounted.
	if (folder === backupsFolder(dataDir)) await mkdir(folder, { recursive: true, mode: 0o700 });
	else if (!existsSync(folder)) {
		throw new EngineError(
			'BAD_BACKUP_PATH',
			`There is no folder ${folder} on the engine’s machine.`,
		);
	}
	try {
		await index.backup(file, onProgress);
	} catch (error) {
		throw asFileError(error, file);
	}
	return (await stat(file)).size;
}

/** What backups that were killed have left. Call before any is begun. */
export function removeHalfBackups(dataDir: string): void {
	const folder = backupsFolder(dataDir);
	for (const name of existsSync(folder) ? readdirSync(folder) : []) {
		if (HALF.test(name)) rmSync(path.join(folder, name), { force: true });
	}
}
