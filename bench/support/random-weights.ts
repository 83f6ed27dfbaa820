import type { Piece } from '../../engine/encode/onnx/protobuf';

/** Normal quantiles by rank: a look-up is ten times faster than a logarithm and a cosine. */
const QUANTILES = normalQuantiles(1 << 16);

/** Seeded weights; each tensor draws from a stream of its own, by its name. */
export class RandomWeights {
	readonly #seed: number;

	constructor(seed: number) {
		this.#seed = seed;
	}

	/** float32 of `value(i, random)`, made when they are written. */
	tensor(
		name: string,
		length: number,
		value: (random: Random, index: number) => number,
	): Exclude<Piece, Uint8Array> {
		return {
			length: length * 4,
			make: () => {
				const random = new Random(hash(`${this.#seed}/${name}`));
				const values = new Float32Array(length);
				for (let i = 0; i < length; i++) values[i] = value(random, i);
				return new Uint8Array(values.buffer);
			},
		};
	}
}

/** xorshift32: fast, and good enough for weights. */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed | 0 || 1;
	}

	/** 32 random bits, unsigned. */
	bits(): number {
		let x = this.#state;
		x ^= x << 13;
		x ^= x >>> 17;
		x ^= x << 5;
		this.#state = x;
		return x >>> 0;
	}

	/** 0 up to 1 */
	uniform(): number {
		return this.bits() / 2 ** 32;
	}

	/** Mean 0, variance 1, at most 4.3 from the mean. */
	normal(): number {
		return QUANTILES[this.bits() >>> 16]!;
	}
}

/** FNV-1a */
export function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
	// The first draws of neighbouring seeds would be neighbours.
	value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
	return value ^ (value >>> 13);
}

function normalQuantiles(count: number): Float32Array {
	// Sorted by construction: the inverse of the cumulative distribution, by walking along its integral.
	const values = new Float32Array(count);
	const step = 1 / 4096;
	let x = -5;
	let cumulative = 0;
	for (let i = 0; i < count; i++) {
		const wanted = (i + 0.5) / count;
		while (cumulative < wanted && x < 5) {
			cumulative += (Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)) * step;
			x += step;
		}
		values[i] = x;
	}
	return values;
}
