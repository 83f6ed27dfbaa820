import { codeBytes, Encoder } from '../vectors/encoder';
import type { GenerationRow } from './generations';
import type { VectorChanges } from './photo-writer';

/**
 * What a write did to vectors, on its way from the writer to searches. They hold codes in memory, and
 * making those is the writer's work: on the main thread every search would wait for it.
 */
export interface PackedChanges {
	/** Of each vector that was put {@link NUMBERS} numbers: generation, photo, seq, bytes of its code. */
	puts: Float64Array<ArrayBuffer>;
	/** One after the other. */
	codes: Uint8Array<ArrayBuffer>;
	removed: { generation: number; photo: number }[];
	generations?: GenerationRow[] | undefined;
}

/** A vector that was stored, as searches hold it. */
export interface PutCode {
	generation: number;
	photo: number;
	seq: number;
	/** Of an {@link Encoder}. */
	code: Uint8Array;
}

const NUMBERS = 4;

const encoders = new Map<number, Encoder>();

export function packChanges({ put, removed, generations }: VectorChanges): PackedChanges {
	const total = put.reduce((sum, { vector }) => sum + codeBytes(vector.length), 0);
	const puts = new Float64Array(NUMBERS * put.length);
	const codes = new Uint8Array(total);
	let at = 0;
	for (const [i, { generation, photo, seq, vector }] of put.entries()) {
		const bytes = codeBytes(vector.length);
		puts.set([generation, photo, seq, bytes], NUMBERS * i);
		encoderOf(vector.length).encode(vector, codes.subarray(at, (at += bytes)));
	}
	return { puts, codes, removed, generations };
}

export function* putCodes({ puts, codes }: PackedChanges): Generator<PutCode> {
	let at = 0;
	for (let i = 0; i < puts.length; i += NUMBERS) {
		const [generation, photo, seq, bytes] = puts.subarray(i, i + NUMBERS);
		const code = codes.subarray(at, (at += bytes!));
		yield { generation: generation!, photo: photo!, seq: seq!, code };
	}
}

function encoderOf(dimension: number): Encoder {
	let encoder = encoders.get(dimension);
	if (!encoder) encoders.set(dimension, (encoder = new Encoder(dimension)));
	return encoder;
}
