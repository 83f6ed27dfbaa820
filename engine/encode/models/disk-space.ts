import { readdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../errors';
import { formatBytes } from '../../format';

/** What must stay free on the disk after a download. */
const SPARE_BYTES = 256 * 1024 * 1024;

/** What is free on the disk of a folder; Infinity where the file system does not say. */
export async function freeBytes(dir: string): Promise<number> {
	const { bavail, bsize, blocks } = await statfs(dir);
	// Some network and FUSE file systems have no blocks.
	return blocks === 0 ? Infinity : bavail * bsize;
}

/** @throws EngineError `MODEL_DOWNLOAD_FAILED` if `bytes` more would fill the disk of `dir` */
export async function requireSpace(dir: string, bytes: number): Promise<void> {
	if (bytes === 0) return;
	const free = await freeBytes(dir);
	if (free >= bytes + SPARE_BYTES) return;
	throw new EngineError(
		'MODEL_DOWNLOAD_FAILED',
		`The model needs ${formatBytes(bytes)} more, and ${formatBytes(SPARE_BYTES)} should stay free, but the disk of ${dir} has only ${formatBytes(free)}. Make room and try again.`,
	);
}

/** What an error of the file system means to whoever runs the engine; others come back as they are. */
export function asStorageError(error: unknown, dir: string): unknown {
	switch ((error as NodeJS.ErrnoException | undefined)?.code) {
		case 'ENOSPC':
		case 'EDQUOT':
			return storageError(
				error,
				`The disk of ${dir} is full. Make room and try again; what has arrived is kept.`,
			);
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
			return storageError(
				error,
				`The engine may not write to ${dir}. Make it writable, or set another folder in SEMANTIC_IMAGE_SEARCH_MODELS.`,
			);
		default:
			return error;
	}
}

function storageError(cause: unknown, message: string): EngineError {
	return new EngineError('MODEL_DOWNLOAD_FAILED', message, undefined, { cause });
}

/** Bytes of all files in those of these folders that are there. */
export async function sizeOf(folders: string[]): Promise<number> {
	let bytes = 0;
	for (const folder of folders) {
		const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
		for (const entry of entries) {
			if (entry.isDirectory()) continue;
			// A part may just have been renamed.
			bytes += await stat(path.join(entry.parentPath, entry.name)).then(
				({ size }) => size,
				() => 0,
			);
		}
	}
	return bytes;
}
