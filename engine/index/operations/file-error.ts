import path from 'node:path';
import { EngineError } from '../../errors';

/** SQLite's primary result codes (sqlite.org/rescode.html) and the system's that mean the same. */
const FULL = new Set<unknown>([13, 'ENOSPC', 'EDQUOT', 'EFBIG']);
const FORBIDDEN = new Set<unknown>([3, 8, 14, 'EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOTDIR']);

/**
 * What kept a backup from being written or copied, as something the user can act on.
 *
 * @param file what was being written
 */
export function asFileError(error: unknown, file: string): unknown {
	const { errcode, code } = error as { errcode?: unknown; code?: unknown };
	// The low byte of SQLite's codes is the primary one.
	const cause = typeof errcode === 'number' ? errcode & 0xff : code;
	const folder = path.dirname(file);
	if (FULL.has(cause)) {
		return new EngineError(
			'DISK_FULL',
			`There is no room for ${file}. Make room in ${folder} and repeat it.`,
			{ file },
			{ cause: error },
		);
	}
	if (!FORBIDDEN.has(cause)) return error;
	return new EngineError(
		'BAD_BACKUP_PATH',
		`The engine's user may not write ${file}. Choose another place, or correct the rights of ${folder}.`,
		{ file },
		{ cause: error },
	);
}
