import { existsSync } from 'node:fs';
import { constants, copyFile, open } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../errors';
import { WorkerClient } from '../../worker-rpc';
import { DATABASE_FILE } from '../catalogue/database';
import { APPLICATION_ID, SCHEMA_VERSION } from '../catalogue/migrations';
import { syncFile } from '../sync-to-disk';
import type { IndexStore, VectorIndex } from '../vector-index';
import type { DatabaseCheckHandlers } from './database-check-worker';
import { asFileError } from './file-error';

const CHECK_WORKER = path.join(__dirname, 'database-check-worker.js');

/** How every database begins: https://sqlite.org/fileformat.html#the_database_header */
const MAGIC = Buffer.from('SQLite format 3\0');

/**
 * Makes an index of a backup. The file is only read: what is checked, and then becomes the index, is
 * a copy of it.
 *
 * @param options whether an index of that name makes way
 * @throws EngineError `INDEX_EXISTS`, `BACKUP_NOT_FOUND`, `BACKUP_BROKEN`, `DISK_FULL`,
 * `ENGINE_INCOMPATIBLE` for one of a newer schema
 */
export async function restoreIndex(
	indexes: IndexStore,
	name: string,
	file: string,
	{ replace, signal }: { replace: boolean; signal?: AbortSignal },
): Promise<VectorIndex> {
	await checkStart(file);
	const fill = async (folder: string) => {
		const copy = path.join(folder, DATABASE_FILE);
		await copyDatabase(file, copy);
		await checkContent(file, copy);
		await syncFile(copy);
		signal?.throwIfAborted();
	};
	return await indexes.install(name, fill, { replace });
}

/** What can be told before gigabytes are copied. */
async function checkStart(file: string): Promise<void> {
	const start = Buffer.alloc(MAGIC.length);
	try {
		const handle = await open(file, 'r');
		try {
			await handle.read(start, 0, start.length, 0);
		} finally {
			await handle.close();
		}
	} catch (error) {
		const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
		throw new EngineError(
			'BACKUP_NOT_FOUND',
			`${file} cannot be read (${reason}). Name a backup that the engine's user may read.`,
			{ file },
		);
	}
	if (!start.equals(MAGIC)) throw broken(file, 'it is no database');
}

/** With the log of writes that are not in the file yet, where a folder was copied, say. */
async function copyDatabase(from: string, to: string): Promise<void> {
	for (const suffix of ['', '-wal']) {
		if (suffix !== '' && !existsSync(from + suffix)) continue;
		try {
			await copyFile(from + suffix, to + suffix, constants.COPYFILE_FICLONE);
		} catch (error) {
			throw asFileError(error, to + suffix);
		}
	}
}

async function checkContent(file: string, copy: string): Promise<void> {
	const worker = new WorkerClient<DatabaseCheckHandlers>(CHECK_WORKER);
	try {
		const { applicationId, schema, faults } = await worker.call('check', copy);
		if (faults[0] !== undefined) throw broken(file, faults[0]);
		if (applicationId !== APPLICATION_ID) {
			throw broken(file, 'it is a database of some other program');
		}
		if (schema <= SCHEMA_VERSION) return;
		throw new EngineError(
			'ENGINE_INCOMPATIBLE',
			`${file} was written by a newer version of this package (schema ${schema}, this one knows ${SCHEMA_VERSION}). Update the package first.`,
			{ file, schema, known: SCHEMA_VERSION },
		);
	} finally {
		await worker.close();
	}
}

function broken(file: string, reason: string): EngineError {
	return new EngineError(
		'BACKUP_BROKEN',
		`${file} cannot be restored: ${reason}. Take another backup.`,
		{ file },
	);
}
