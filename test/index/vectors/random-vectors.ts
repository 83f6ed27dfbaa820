/** Reproducible vectors for tests. */
import { codeBytes, Encoder } from '../../../engine/index/vectors/encoder';
import { Kernel } from '../../../engine/index/vectors/kernel';
import { VectorMatrix } from '../../../engine/index/vectors/matrix';
import { HEADER_LINKED, MERGE_DESK } from '../../../engine/index/vectors/matrix-layout';

/** Numbers of −0.5…0.5, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32 - 0.5;
	};
}

export function unit(vector: Float32Array): Float32Array {
	const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
	return vector.map((value) => value / length);
}

export function randomVector(dimension: number, random: () => number): Float32Array {
	return unit(Float32Array.from({ length: dimension }, random));
}

/** Vectors about a few centres, as pictures of the same things are. */
export function clusteredVectors(
	count: number,
	dimension: number,
	seed: number,
	clusters = 20,
): Float32Array[] {
	const random = randomNumbers(seed);
	const centres = Array.from({ length: clusters }, () => randomVector(dimension, random));
	return Array.from({ length: count }, (_, i) => {
		const noise = randomVector(dimension, random);
		const centre = centres[i % clusters]!;
		return unit(centre.map((value, j) => value + 0.7 * noise[j]!));
	});
}

export function cosine(a: Float32Array, b: Float32Array): number {
	return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

const encoders = new Map<number, Encoder>();

/** As the writing thread makes it. */
export function codeOf(vector: Float32Array): Uint8Array {
	const dimension = vector.length;
	if (!encoders.has(dimension)) encoders.set(dimension, new Encoder(dimension));
	const code = new Uint8Array(codeBytes(dimension));
	encoders.get(dimension)!.encode(vector, code);
	return code;
}

/** A matrix with its graph, made on this thread. */
export function linkedMatrix(vectors: Float32Array[]): VectorMatrix {
	const dimension = vectors[0]!.length;
	const matrix = new VectorMatrix(dimension);
	vectors.forEach((vector, i) => matrix.put(i + 1, i + 1, codeOf(vector)));
	const kernel = new Kernel(matrix.memory, dimension, MERGE_DESK);
	vectors.forEach((_, row) => kernel.link(row, 100, 256));
	const header = new Int32Array(matrix.memory.buffer, matrix.layout.header, 16);
	Atomics.store(header, HEADER_LINKED, vectors.length);
	return matrix;
}
