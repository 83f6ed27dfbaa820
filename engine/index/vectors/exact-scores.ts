import type { VectorStore } from '../catalogue/vector-store';
import { dot } from './dot';
import type { VectorMatrix } from './matrix';

/** With room for float32 rounding. */
const MAX_COSINE = 1.01;

/** Vectors read and scored between two turns of the event loop: a few milliseconds. */
const AT_ONCE = 2_048;

/**
 * Cosines of a query and rows from the stored vectors, by photo. What is stored may be ahead of memory
 * by a moment: a photo whose vector was replaced is scored by its new one, one that is gone is left
 * out. So is one whose vector is damaged.
 *
 * @param query unit length
 */
export async function exactScores(
	store: VectorStore,
	matrix: VectorMatrix,
	rows: Uint32Array,
	query: Float32Array,
): Promise<Map<number, number>> {
	const scores = new Map<number, number>();
	for (let from = 0; from < rows.length; from += AT_ONCE) {
		if (from > 0) await new Promise((resolve) => setImmediate(resolve));
		scoreExactly(store, matrix, rows.subarray(from, from + AT_ONCE), query, scores);
	}
	return scores;
}

/** The same at once, added to `scores`. */
export function scoreExactly(
	store: VectorStore,
	matrix: VectorMatrix,
	rows: Uint32Array,
	query: Float32Array,
	scores: Map<number, number>,
): void {
	const vectors = store.vectors(Array.from(rows, (row) => matrix.seqOf(row)));
	const replaced: number[] = [];
	const add = (photo: number, vector: Float32Array) => {
		const score = vector.length === query.length ? dot(vector, query) : NaN;
		if (Math.abs(score) <= MAX_COSINE) scores.set(photo, score);
	};
	for (const row of rows) {
		const vector = vectors.get(matrix.seqOf(row));
		if (vector) add(matrix.photoOf(row), vector);
		else replaced.push(matrix.photoOf(row));
	}
	if (replaced.length === 0) return;
	for (const [photo, vector] of store.vectorsOf(replaced)) add(photo, vector);
}
