import { join } from 'node:path';
import { EngineError, messageOf } from '../../errors';
import { DATABASE_FILE } from './database';

/** What SQLite's primary result codes mean to whoever runs the engine (sqlite.org/rescode.html). */
const MEANINGS: Record<number, { code: EngineError['code']; says: (file: string) => string }> = {
	// BUSY, LOCKED
	5: { code: 'BUSY', says: heldByAnother },
	6: { code: 'BUSY', says: heldByAnother },
	// PERM, READONLY, CANTOPEN
	3: { code: 'INDEX_READ_ONLY', says: notWritable },
	8: { code: 'INDEX_READ_ONLY', says: notWritable },
	14: { code: 'INDEX_READ_ONLY', says: notWritable },
	// IOERR
	10: {
		code: 'DISK_ERROR',
		says: (file) =>
			`The disk failed while ${file} was read or written. Look at the system's log; what was ` +
			'stored before is kept.',
	},
	// CORRUPT, NOTADB
	11: { code: 'INDEX_DAMAGED', says: damaged },
	26: { code: 'INDEX_DAMAGED', says: damaged },
	// FULL
	13: {
		code: 'DISK_FULL',
		says: (file) =>
			`The disk is full: ${file} cannot grow. Nothing of this call was stored, and what was stored ` +
			'before is kept. Make room and repeat it.',
	},
};

/** Whether it says that stored bytes are not what was stored. */
export function isDamage(error: unknown): boolean {
	return asIndexError(error, '').code === 'INDEX_DAMAGED';
}

/** An error of SQLite or of the file system under it, as one with a stable code. */
export function asIndexError(error: unknown, folder: string): EngineError {
	if (error instanceof EngineError) return error;
	const { errcode, code } = error as { errcode?: unknown; code?: unknown };
	// The low byte is the primary code, the rest says more than users need.
	const primary = typeof errcode === 'number' ? errcode & 0xff : PRIMARY_OF_SYSTEM[String(code)];
	// ERROR with these words: what we stored as JSON no longer is.
	const isText = primary === 1 && /malformed JSON/.test(messageOf(error));
	const meaning = MEANINGS[isText ? 11 : (primary ?? -1)];
	const details = { folder, reason: messageOf(error) };
	if (!meaning) {
		const message = `The index in ${folder} failed: ${messageOf(error)}`;
		return new EngineError('INTERNAL', message, details, { cause: error });
	}
	const { code: stable, says } = meaning;
	return new EngineError(stable, says(join(folder, DATABASE_FILE)), details, { cause: error });
}

/** What the file system itself says, before SQLite is asked. */
const PRIMARY_OF_SYSTEM: Record<string, number | undefined> = {
	EACCES: 8,
	EPERM: 8,
	EROFS: 8,
	// Node says so, too, where a folder cannot be made.
	ENOENT: 8,
	ENOTDIR: 8,
	EIO: 10,
	ENOSPC: 13,
	EDQUOT: 13,
	// Node's word for an integer of SQLite's that is no number; none such is ever stored.
	ERR_OUT_OF_RANGE: 11,
};

function heldByAnother(file: string): string {
	return `Another program holds ${file}. Close it, or wait until it is done, and repeat the call.`;
}

function notWritable(file: string): string {
	return (
		`${file} cannot be written. The index needs a folder that the engine's user may write to: ` +
		'correct its owner and rights, or choose another data folder.'
	);
}

function damaged(file: string): string {
	return (
		`${file} is damaged. Put a backup in its place (semantic-image-search restore INDEX FILE ` +
		'--replace), or drop the index and fill it again.'
	);
}
