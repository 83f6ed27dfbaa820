import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { backup } from 'node:sqlite';
import { dirname } from 'node:path';
import { EngineError } from '../../errors';
import { syncFile, syncFolder } from '../sync-to-disk';
import { openForReading } from './database';

/** Pages copied at a time, 16 MB: few enough for a progress bar. */
const PAGES = 1_000;

/** Files that are being written: two backups in one would both be broken. */
const underWay = new Set<string>();

/**
 * Copies the database as it is at this moment into a new file, which appears when it is complete.
 * Writers go on. Throws `FILE_EXISTS`.
 */
export async function backUp(
	folder: string,
	file: string,
	onProgress?: (done: number, of: number) => void,
): Promise<void> {
	if (existsSync(file) || underWay.has(file)) {
		throw new EngineError('FILE_EXISTS', `${file} is there already; name a new file.`);
	}
	underWay.add(file);
	try {
		await copyTo(file, folder, onProgress);
	} finally {
		underWay.delete(file);
	}
}

async function copyTo(
	file: string,
	folder: string,
	onProgress: ((done: number, of: number) => void) | undefined,
): Promise<void> {
	const partial = `${file}.partial`;
	await rm(partial, { force: true });
	// Photos are their owner's business, in a backup, too.
	await (await open(partial, 'wx', 0o600)).close();
	// A connection of its own: it stays at one moment, or every write would begin the copy anew.
	const db = openForReading(folder);
	try {
		db.exec('BEGIN');
		db.prepare('SELECT count(*) FROM sqlite_schema').get();
		await backup(db, partial, {
			rate: PAGES,
			progress: ({ totalPages, remainingPages }) =>
				onProgress?.(totalPages - remainingPages, totalPages),
		});
		await syncFile(partial);
		await rename(partial, file);
		await syncFolder(dirname(file));
	} catch (error) {
		await rm(partial, { force: true });
		throw error;
	} finally {
		db.close();
	}
}
