import { createHash } from 'node:crypto';
import { EngineError } from '../errors';

/** Where the next page starts: after this many results of this very query. */
interface Cursor {
	offset: number;
	/** Of the query, so that a cursor is not used with another one. */
	query: string;
}

/** A short digest of what decides the order of results. */
export function queryDigest(parts: unknown): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12);
}

/** The same for the bytes of an example picture. */
export function bytesDigest(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('base64url').slice(0, 12);
}

export function encodeCursor(offset: number, query: string): string {
	return Buffer.from(JSON.stringify({ offset, query } satisfies Cursor)).toString('base64url');
}

/** @throws EngineError `BAD_CURSOR` */
export function decodeCursor(cursor: string | undefined, query: string): number {
	if (!cursor) return 0;
	try {
		const parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as Partial<Cursor>;
		if (parsed.query === query && Number.isSafeInteger(parsed.offset) && parsed.offset! >= 0) {
			return parsed.offset!;
		}
	} catch {
		// Falls through to the one sentence for every bad cursor.
	}
	throw new EngineError(
		'BAD_CURSOR',
		'The cursor does not belong to this query. Start again without a cursor, or repeat the query unchanged.',
	);
}
