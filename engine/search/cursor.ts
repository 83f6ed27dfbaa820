import { createHmac, createSecretKey, hash, timingSafeEqual, type KeyObject } from 'node:crypto';
import { EngineError } from '../errors';

/** A result after which the next page starts. */
export interface Place {
	id: string;
	/** What the results are ordered by, falling. */
	score: number;
	/** Results up to and with this one, when it was answered. */
	rank: number;
}

/** Bytes of an HMAC-SHA256 that are kept: 128 bits cannot be guessed, and a URL stays short. */
const SIGNATURE_BYTES = 16;

/**
 * Reads and writes cursors: a place in an ordered answer, signed together with the query that the
 * answer belongs to. A cursor of another query, another index or another engine, or one that somebody
 * changed, is none.
 */
export class Cursors {
	readonly #key: KeyObject;

	/** @param key at least 16 random bytes, the same for as long as cursors are to be valid */
	constructor(key: Buffer) {
		// Made once: of bytes, each signature would make one, which takes longer than signing.
		this.#key = createSecretKey(key);
	}

	/** @param query whatever decides the order of results, as {@link queryDigest} makes it */
	write(place: object, query: string): string {
		const body = Buffer.from(JSON.stringify(place));
		return Buffer.concat([this.#signature(body, query), body]).toString('base64url');
	}

	/**
	 * The place as it was written.
	 *
	 * @throws EngineError `BAD_CURSOR`
	 */
	read<T extends object>(cursor: string, query: string): T {
		const bytes = Buffer.from(cursor, 'base64url');
		const body = bytes.subarray(SIGNATURE_BYTES);
		// Buffer.from passes over what is no base64: only the very text that was written counts.
		const isWhole = bytes.length > SIGNATURE_BYTES && bytes.toString('base64url') === cursor;
		if (
			isWhole &&
			timingSafeEqual(bytes.subarray(0, SIGNATURE_BYTES), this.#signature(body, query))
		) {
			return JSON.parse(body.toString('utf8')) as T;
		}
		throw new EngineError(
			'BAD_CURSOR',
			'The cursor does not belong to this query. Start again without a cursor, or repeat the query unchanged.',
		);
	}

	#signature(body: Buffer, query: string): Buffer {
		return createHmac('sha256', this.#key)
			.update(`${query}\n`)
			.update(body)
			.digest()
			.subarray(0, SIGNATURE_BYTES);
	}
}

/**
 * A digest of what decides the order of results.
 *
 * @throws EngineError `BAD_REQUEST` for thousands of lists in one another, which nothing could write
 */
export function queryDigest(parts: unknown): string {
	let json: string;
	try {
		json = JSON.stringify(parts);
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		throw new EngineError('BAD_REQUEST', 'The query has too many levels to be understood.');
	}
	return bytesDigest(Buffer.from(json));
}

/** The same for the bytes of an example picture or a vector. */
export function bytesDigest(bytes: Uint8Array): string {
	return hash('sha256', bytes, 'base64url');
}
