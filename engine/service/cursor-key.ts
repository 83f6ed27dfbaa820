import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const KEY_BYTES = 32;

/**
 * The key that cursors of this data folder are signed with, made at the first start. In a folder
 * that cannot be written it is of this process alone, and cursors end with it.
 */
export function cursorKey(dataDir: string): Buffer {
	const file = path.join(dataDir, 'cursor.key');
	try {
		const known = readFileSync(file);
		if (known.length === KEY_BYTES) return known;
	} catch {
		// The first start.
	}
	const key = randomBytes(KEY_BYTES);
	try {
		mkdirSync(dataDir, { recursive: true, mode: 0o700 });
		// Renamed into place: a crash must not leave half a key.
		writeFileSync(`${file}.new`, key, { mode: 0o600 });
		renameSync(`${file}.new`, file);
	} catch {
		// Told by whatever else cannot be written there.
	}
	return key;
}
