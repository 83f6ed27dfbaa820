import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * The right to own a data folder, held for the life of the process. It is an exclusive SQLite
 * transaction: the operating system frees it the moment the process is gone, signal 9 included, so
 * there is no stale lock to clean up.
 */
export class InstanceLock {
	readonly #database: DatabaseSync;

	private constructor(database: DatabaseSync) {
		this.#database = database;
	}

	/** Undefined if another process holds it. Creates the folder (0700). */
	static acquire(dataDir: string): InstanceLock | undefined {
		mkdirSync(dataDir, { recursive: true, mode: 0o700 });
		const file = path.join(dataDir, 'engine.lock');
		const database = new DatabaseSync(file);
		try {
			chmodSync(file, 0o600);
			database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
			return new InstanceLock(database);
		} catch (error) {
			database.close();
			if (/locked|busy/i.test((error as Error).message)) return undefined;
			if (!/not a database|malformed/i.test((error as Error).message)) throw error;
			// It holds nothing but the lock: a damaged one is made anew.
			rmSync(file);
			return InstanceLock.acquire(dataDir);
		}
	}

	release(): void {
		this.#database.close();
	}
}
