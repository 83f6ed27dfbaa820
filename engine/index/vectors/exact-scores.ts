import type { VectorStore } from '../catalogue/vector-store';
import { dot } from './dot';
import type { Scored } from './flat-scan';
import type { VectorMatrix } from './matrix';

/** What is asked of the database, and of memory. */
type Store = Pick<VectorStore, 'vectors' | 'vectorsOf'>;
type Matrix = Pick<VectorMatrix, 'seqOf' | 'photoOf' | 'scoreError'>;

/** With room for float32 rounding. */
const MAX_COSINE = 1.01;

/** Vectors read and scored between two turns of the event loop: a few milliseconds. */
const AT_ONCE = 2_048;

/** Beyond the `k` wanted, so many are read before it is known which others might be among the best. */
const FIRST_MARGIN = 4;

/** What was read of rows that stand in the order of their codes' scores. */
export interface ExactlyScored {
	/** Cosines by photo. */
	scores: Map<number, number>;
	/** Rows that were looked at, from the first on: no row behind them is among the best. */
	read: number;
}

/**
 * Cosines of a query and rows from the stored vectors, by photo. What is stored may be ahead of memory
 * by a moment: a photo whose vector was replaced is scored by its new one, one that is gone is left
 * out. So is one whose vector is damaged. Only those rows are read that might be among the `k` best.
 *
 * @param near best first by their codes
 * @param query unit length
 */
export async function exactScores(
	store: Store,
	matrix: Matrix,
	near: Scored,
	query: Float32Array,
	k: number,
): Promise<ExactlyScored> {
	const { rows } = near;
	const scores = new Map<number, number>();
	let read = 0;
	let wanted = Math.min(rows.length, k + FIRST_MARGIN);
	while (read < wanted) {
		const to = Math.min(wanted, read + AT_ONCE);
		scoreExactly(store, matrix, rows.subarray(read, to), query, scores);
		read = to;
		if (read < wanted) await new Promise((resolve) => setImmediate(resolve));
		else wanted = stillPossible(near, read, kthOf(scores, k) - matrix.scoreError);
	}
	return { scores, read };
}

/** The `k`-th best; -Infinity if there are fewer. */
function kthOf(scores: ReadonlyMap<number, number>, k: number): number {
	if (k <= 0) return Infinity;
	if (scores.size < k) return -Infinity;
	return Float64Array.from(scores.values()).sort()[scores.size - k]!;
}

/** Rows from the first on whose codes score `floor` or more. @param from where to begin to look */
function stillPossible({ rows, scores }: Scored, from: number, floor: number): number {
	let to = from;
	while (to < rows.length && scores[to]! >= floor) to++;
	return to;
}

/** Cosines of rows, at once, added to `scores`. */
export function scoreExactly(
	store: Store,
	matrix: Matrix,
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
