import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { IndexLogger } from '../index-logger';
import { checkSchema, migrate } from './migrations';
import { refuseNetworkFolder } from './network-folder';

export const DATABASE_FILE = 'photos.db';

/** Longer than any of our transactions; another process here is a backup or a curious shell. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Bytes. A 768-d vector takes 3.1 KB: in SQLite's default 4 KB pages a quarter would stay empty,
 * in these five fit with 5 % to spare.
 */
const PAGE_SIZE = 16_384;

/**
 * Of the file, mapped into memory by the connection that answers searches: vectors lie all over it,
 * and copying a page of 16 KB for each took four to eight times as long (300 of 120,000: 1 ms mapped). The most that SQLite is built for.
 */
const MAPPED_BYTES = 0x7fff0000;

/** Bytes of pages kept otherwise: the inner nodes of the trees over a million photos are 5 MB. */
const CACHE_BYTES = 16 * 1024 * 1024;

/** Opens the index's database for writing, creating and migrating it as needed. */
export function openForWriting(
	folder: string,
	indexName: string,
	logger: IndexLogger,
): DatabaseSync {
	refuseNetworkFolder(folder);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	// The mode above is subject to the umask and does not touch a folder that was there.
	chmodSync(folder, 0o700);
	let db: DatabaseSync | undefined;
	try {
		// The busy timeout has to stand before the switch to WAL, which itself needs the lock.
		db = new DatabaseSync(join(folder, DATABASE_FILE), {
			timeout: BUSY_TIMEOUT_MS,
			enableForeignKeyConstraints: true,
		});
		if (checkSchema(db, indexName) === 'new') {
			// Incremental: free pages can be given back a few at a time.
			db.exec(`PRAGMA page_size = ${PAGE_SIZE}; PRAGMA auto_vacuum = INCREMENTAL`);
		}
		db.exec(`PRAGMA journal_mode = WAL; PRAGMA cache_size = ${-CACHE_BYTES / 1024}`);
		// NORMAL would survive kill -9; FULL also keeps the promise through a power cut.
		db.exec('PRAGMA synchronous = FULL');
		migrate(db, indexName, logger);
		return db;
	} catch (error) {
		db?.close();
		throw error;
	}
}

/** Opens a database that a writer has opened, or is about to, for reading. */
export function openForReading(folder: string): DatabaseSync {
	return new DatabaseSync(join(folder, DATABASE_FILE), {
		timeout: BUSY_TIMEOUT_MS,
		readOnly: true,
	});
}

/** The same for the connection that answers searches. */
export function openForSearching(folder: string): DatabaseSync {
	const db = openForReading(folder);
	db.exec(`PRAGMA mmap_size = ${MAPPED_BYTES}; PRAGMA cache_size = ${-CACHE_BYTES / 1024}`);
	return db;
}

/** Runs `work` in one transaction: all of it is durable when this returns, or none of it happened. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
	// IMMEDIATE: a lock that is taken late can fail halfway.
	db.exec('BEGIN IMMEDIATE');
	try {
		const result = work();
		db.exec('COMMIT');
		return result;
	} catch (error) {
		rollBack(db);
		throw error;
	}
}

/** A full disk ends a transaction by itself; what cannot be rolled back must not hide the reason. */
function rollBack(db: DatabaseSync): void {
	try {
		if (db.isTransaction) db.exec('ROLLBACK');
	} catch {
		// The connection is as good as closed, and whoever uses it next will be told.
	}
}
