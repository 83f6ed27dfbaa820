import { chmodSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * Of two processes that ask at the same moment, each may see the other's half of a lock; SQLite then lets
 * go and tries again. Short, since whoever waits for a lock that is really held can do nothing else.
 */
const CONTEST_MS = 50;

/**
 * An exclusive right that lasts as long as the process: an exclusive SQLite transaction on a file.
 * The operating system frees it the moment the process is gone, signal 9 included, so there is no
 * stale lock to clean up. The file stays; deleting it would let two processes lock two files of
 * the same name.
 */
export class FileLock {
	readonly #database: DatabaseSync;

	private constructor(database: DatabaseSync) {
		this.#database = database;
	}

	/**
	 * Undefined if another process, or another part of this one, holds it.
	 *
	 * @param mode of the file; default: what the process gives every file
	 * @throws the file system's error, as SQLite or Node tells it
	 */
	static acquire(file: string, mode?: number): FileLock | undefined {
		const database = new DatabaseSync(file, { timeout: CONTEST_MS });
		try {
			if (mode !== undefined) chmodSync(file, mode);
			database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
			return new FileLock(database);
		} catch (error) {
			database.close();
			if (/locked|busy/i.test((error as Error).message)) return undefined;
			if (!/not a database|malformed/i.test((error as Error).message)) throw error;
			// It holds nothing but the lock: a damaged one is made anew.
			rmSync(file);
			return FileLock.acquire(file, mode);
		}
	}

	release(): void {
		this.#database.close();
	}
}
