import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FileLock } from '../../file-lock';
import type { Transfer } from './download-progress';

/** What the process that downloads tells those that wait for it. */
export interface SharedProgress {
	pid: number;
	/** Counts up, so that whoever waits can tell a slow line from a process that hangs. */
	beat: number;
	transfer: Transfer;
}

/**
 * The right to download one model into a folder that several processes may share: engines with
 * data folders of their own, or containers on one volume. Whoever does not get it can see how far
 * the other is. A process that dies loses the right at once; the next one takes over what it left.
 */
export class DownloadLock {
	readonly #lock: FileLock;
	readonly #file: string;
	#beat = 0;

	private constructor(lock: FileLock, file: string) {
		this.#lock = lock;
		this.#file = file;
	}

	/**
	 * Undefined while somebody else downloads. Creates the folder.
	 *
	 * @throws the file system's error, as SQLite or Node tells it
	 */
	static acquire(modelsDir: string, id: string): DownloadLock | undefined {
		mkdirSync(modelsDir, { recursive: true });
		// The dot keeps them out of the list of models.
		const lock = FileLock.acquire(path.join(modelsDir, `.${id}.lock`));
		return lock && new DownloadLock(lock, progressFile(modelsDir, id));
	}

	/** For the others to see; that it cannot be written is no reason to stop. */
	publish(transfer: Transfer): void {
		const shared: SharedProgress = { pid: process.pid, beat: ++this.#beat, transfer };
		try {
			// Whole or not at all, since others read it at any moment.
			writeFileSync(`${this.#file}.new`, JSON.stringify(shared));
			renameSync(`${this.#file}.new`, this.#file);
		} catch {
			// A full disk shows in the download itself.
		}
	}

	release(): void {
		for (const file of [this.#file, `${this.#file}.new`]) rmSync(file, { force: true });
		this.#lock.release();
	}
}

/** How far the process that holds the lock is; undefined if it has not said so yet. */
export function readSharedProgress(modelsDir: string, id: string): SharedProgress | undefined {
	try {
		return JSON.parse(readFileSync(progressFile(modelsDir, id), 'utf8')) as SharedProgress;
	} catch {
		return undefined;
	}
}

function progressFile(modelsDir: string, id: string): string {
	return path.join(modelsDir, `.${id}.progress.json`);
}
