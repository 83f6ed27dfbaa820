import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../errors';
import type { VectorIndex } from '../vector-index';
import { backupsFolder } from './backup-place';

/**
 * Backs an index up to a place of {@link backupPlace}.
 *
 * @returns bytes of the file
 * @throws EngineError `FILE_EXISTS`, `BAD_BACKUP_PATH` for a folder that does not exist
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
	await index.backup(file, onProgress);
	return (await stat(file)).size;
}
