import { hash } from 'node:crypto';
import type { StoredVector } from '../../engine/index/vector-index';
import { Random } from './random';

/** A vector as it travels and as the model remembers it: whoever has the key can make it. */
export interface KeyedVector {
	key: string;
	/** With revision. */
	model: string;
	dimension: number;
	/** A vector that must be refused. */
	spoiled?: 'not-finite' | 'too-long' | 'zero';
}

/** Vectors lie around so many centres, as photos' do. */
const CENTRES = 12;
const SPREAD = 0.6;

const made = new Map<string, Float32Array>();
const centres = new Map<string, number[]>();

/** Unit length. */
export function vectorOf({ key, dimension }: KeyedVector): Float32Array {
	const name = `${dimension} ${key}`;
	let vector = made.get(name);
	if (!vector) made.set(name, (vector = make(name, dimension)));
	return vector;
}

export function storedVectorOf(keyed: KeyedVector): StoredVector {
	const { model, spoiled } = keyed;
	const vector = vectorOf(keyed);
	if (spoiled === 'not-finite') return { model, vector: vector.with(1, NaN) };
	if (spoiled === 'zero') return { model, vector: new Float32Array(keyed.dimension) };
	if (spoiled === 'too-long') return { model, vector: new Float32Array([...vector, 0.5]) };
	return { model, vector };
}

/** What tells a vector from every other: of its bytes. */
export function fingerprint(vector: Float32Array): string {
	return hash('sha1', Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)).slice(
		0,
		16,
	);
}

/** In double precision, without any of the code under test. */
export function cosine(a: Float32Array, b: Float32Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
	return sum;
}

function make(name: string, dimension: number): Float32Array {
	const random = new Random(name);
	const centre = centreOf(`centre ${random.int(1, CENTRES)} of ${dimension}`, dimension);
	const values = centre.map((value) => value + SPREAD * random.normal());
	const length = Math.hypot(...values);
	return Float32Array.from(values, (value) => value / length);
}

function centreOf(name: string, dimension: number): number[] {
	let centre = centres.get(name);
	if (!centre) {
		const random = new Random(name);
		centre = Array.from({ length: dimension }, () => random.normal());
		centres.set(name, centre);
	}
	return centre;
}
