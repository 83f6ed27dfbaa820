import { EngineError } from '../../errors';

/** An S3 key has up to 1,024 bytes. */
export const MAX_ID_LENGTH = 1024;

/** Throws `BAD_REQUEST` for an id that could not be stored and found again as it is. */
export function checkId(id: string): void {
	if (typeof id !== 'string' || id.length === 0 || id.length > MAX_ID_LENGTH) {
		throw new EngineError('BAD_REQUEST', `An id has 1 to ${MAX_ID_LENGTH} characters.`);
	}
	if (id.includes('\0') || /\p{Cs}/u.test(id)) {
		throw new EngineError(
			'BAD_REQUEST',
			'An id is text without NUL characters and lone surrogates.',
		);
	}
}

/** SQLite's order, so that ties fall the same way in every channel. */
export function compareIds(a: string, b: string): number {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
