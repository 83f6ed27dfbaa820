import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { FileLock } from '../file-lock';
import { signAsHolder } from './folder-holder';

/**
 * The right to own a data folder, held for the life of the process. Creates the folder (0700).
 * Undefined if another process holds it.
 */
export function lockDataFolder(dataDir: string): FileLock | undefined {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const lock = FileLock.acquire(path.join(dataDir, 'engine.lock'), 0o600);
	if (lock) signAsHolder(dataDir);
	return lock;
}
