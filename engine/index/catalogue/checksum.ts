import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { crc32 } from 'node:zlib';

/**
 * SQLite does not notice a flipped bit within a value, and a vector with one may still be of unit
 * length, a title still a title. CRC-32 finds every such error of up to 32 bits in a row.
 */
export function vectorChecksum(bytes: Uint8Array): number {
	return crc32(bytes);
}

/**
 * Of a photo's values, in the order of `COLUMNS`, before they are stored or as they are read. Lone
 * surrogates become what SQLite makes of them.
 */
export function photoChecksum(values: (SQLInputValue | SQLOutputValue)[]): number {
	// The quote tells '5' from 5; Node's crc32 is of the text as UTF-8.
	const texts = values.map((value) => (typeof value === 'string' ? `'${value}` : String(value)));
	return crc32(texts.join('\0'));
}
