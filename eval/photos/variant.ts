import type { Random } from '../album/random';

/** Cosine of a photo and a variant of it, at most: near-duplicates are more alike. */
const LIKENESS = 0.96;

/** Sum of vectors, of unit length. */
export function unitSum(vectors: readonly Float32Array[]): Float32Array {
	const sum = new Float32Array(vectors[0]!.length);
	for (const vector of vectors) vector.forEach((value, i) => (sum[i]! += value));
	const length = Math.hypot(...sum);
	return sum.map((value) => value / length);
}

export function dot(a: Float32Array, b: Float32Array): number {
	return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** Another photo of the same things: the vector, turned by a fixed angle in a random direction. */
export function variant(vector: Float32Array, random: Random): Float32Array {
	const noise = vector.map(() => normal(random));
	const along = dot(noise, vector);
	const across = noise.map((value, i) => value - along * vector[i]!);
	const length = Math.hypot(...across);
	const turn = Math.sqrt(1 - LIKENESS ** 2) / length;
	return vector.map((value, i) => LIKENESS * value + turn * across[i]!);
}

/** From the standard normal distribution (Box and Muller). */
export function normal(random: Random): number {
	const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
	return radius * Math.cos(2 * Math.PI * random.next());
}
