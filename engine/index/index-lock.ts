import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../errors';
import { FileLock } from '../file-lock';
import { asIndexError } from './catalogue/disk-errors';
import { refuseNetworkFolder } from './catalogue/network-folder';

/**
 * The right to write an index, for as long as it is open: what one process holds in memory would not
 * hear of what another writes. Creates the folder. Throws `INDEX_IN_USE` if another process has it.
 */
export function lockIndex(folder: string, name: string): FileLock {
	refuseNetworkFolder(folder);
	let lock: FileLock | undefined;
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		lock = FileLock.acquire(join(folder, 'index.lock'), 0o600);
	} catch (error) {
		throw asIndexError(error, folder);
	}
	if (lock) return lock;
	throw new EngineError(
		'INDEX_IN_USE',
		`Another process has the index "${name}" open. Let one engine serve it: stop the other, or ` +
			'choose another data folder.',
		{ index: name, folder },
	);
}
