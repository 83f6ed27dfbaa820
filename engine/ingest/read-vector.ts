import { endianness } from 'node:os';
import { EngineError } from '../errors';
import type { Vector } from '../service/contract';

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/**
 * A vector as it comes over the wire: a list of numbers, or float32 values, little-endian, in base64.
 * Length, finiteness and norm are the index's to judge; here only that these are numbers.
 *
 * @param name what the error calls it
 * @throws EngineError `BAD_VECTOR`
 */
export function readVector(value: Vector, name: string): Float32Array {
	return typeof value === 'string' ? fromBase64(value, name) : fromList(value, name);
}

function fromList(values: unknown[], name: string): Float32Array {
	const vector = new Float32Array(values.length);
	for (let i = 0; i < values.length; i++) {
		const number = values[i];
		if (typeof number !== 'number') {
			throw new EngineError(
				'BAD_VECTOR',
				`${name} is not a number at position ${i} (${describe(number)}). Embed anew.`,
			);
		}
		vector[i] = number;
	}
	return vector;
}

function fromBase64(text: string, name: string): Float32Array {
	const bytes = BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
	if (!bytes?.length || bytes.length % FLOAT_BYTES !== 0) {
		throw new EngineError(
			'BAD_VECTOR',
			`${name} is a text, but not float32 values in base64. Send those, or a list of numbers.`,
		);
	}
	if (endianness() === 'BE') bytes.swap32();
	// A copy of its own, at an offset that float32 can be read from.
	return new Float32Array(new Uint8Array(bytes).buffer);
}

function describe(value: unknown): string {
	return value !== null && typeof value === 'object' ? 'an object' : String(value).slice(0, 40);
}
