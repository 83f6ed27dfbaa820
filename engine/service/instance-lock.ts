import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { FileLock } from '../file-lock';

/**
 * The right to own a data folder, held for the life of the process. Creates the folder (0700).
 * Undefined if another process holds it.
 */
export function lockDataFolder(dataDir: string): FileLock | undefined {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	return FileLock.acquire(path.join(dataDir, 'engine.lock'), 0o600);
}
