/**
 * Exact search over rows of float32: the truth that FAISS is measured against, and all there is
 * where FAISS is absent. Pure functions over shared memory, so that a worker thread, the FAISS
 * worker's recall check and the main thread give bit-identical scores.
 */

/** Rows as {@link VectorMatrix} hands them out: immutable below `count`, safe to read anywhere. */
export interface MatrixView {
	dimension: number;
	rowsPerChunk: number;
	/** float32, `rowsPerChunk × dimension` each. */
	chunks: SharedArrayBuffer[];
	/** One byte per row, 0 for a tombstone. */
	live: SharedArrayBuffer[];
	count: number;
}

export interface ScanResult {
	/** Best first; ties in row order. Holds more than `k` where the last place is shared. */
	rows: Uint32Array;
	scores: Float32Array;
	/** Over every live row that was scanned. */
	sum: number;
	sumOfSquares: number;
	scanned: number;
}

/**
 * Ties beyond the k-th place that are still reported, so that the caller can order them by id.
 * Libraries hold the same picture many times, but hardly more often than this.
 */
const MAX_TIES = 1024;

/**
 * Cosine of two unit vectors, rounded to float32. Four accumulators let the CPU overlap the
 * additions (measured: 58 ms for 100k × 768 in V8, as fast as Debian's libfaiss).
 */
export function dot(rows: Float32Array, offset: number, query: Float32Array): number {
	const length = query.length;
	const unrolled = length - (length % 8);
	let a = 0;
	let b = 0;
	let c = 0;
	let d = 0;
	let i = 0;
	for (let o = offset; i < unrolled; i += 8, o += 8) {
		a += rows[o]! * query[i]! + rows[o + 4]! * query[i + 4]!;
		b += rows[o + 1]! * query[i + 1]! + rows[o + 5]! * query[i + 5]!;
		c += rows[o + 2]! * query[i + 2]! + rows[o + 6]! * query[i + 6]!;
		d += rows[o + 3]! * query[i + 3]! + rows[o + 7]! * query[i + 7]!;
	}
	for (; i < length; i++) a += rows[offset + i]! * query[i]!;
	return Math.fround(a + b + (c + d));
}

/**
 * The `k` best of the live rows, with every tie for the last place (up to 1,024).
 *
 * @param query unit length, `view.dimension` long
 * @param subset only these rows, ascending; all of them if absent
 */
export function scanRows(
	view: MatrixView,
	query: Float32Array,
	k: number,
	subset?: Uint32Array,
): ScanResult {
	const total = subset?.length ?? view.count;
	const scores = new Float32Array(total);
	const best = new SmallestOfBest(Math.min(k, total));
	let sum = 0;
	let sumOfSquares = 0;
	let scanned = 0;
	let chunkIndex = -1;
	let floats: Float32Array = new Float32Array(0);
	let live: Uint8Array = new Uint8Array(0);
	for (let i = 0; i < total; i++) {
		const row = subset ? subset[i]! : i;
		const wanted = Math.floor(row / view.rowsPerChunk);
		if (wanted !== chunkIndex) {
			chunkIndex = wanted;
			floats = new Float32Array(view.chunks[wanted]!);
			live = new Uint8Array(view.live[wanted]!);
		}
		const inChunk = row - wanted * view.rowsPerChunk;
		if (live[inChunk] === 0) {
			scores[i] = NaN;
			continue;
		}
		const score = dot(floats, inChunk * view.dimension, query);
		scores[i] = score;
		sum += score;
		sumOfSquares += score * score;
		scanned++;
		best.offer(score);
	}
	return { ...collect(scores, best, subset), sum, sumOfSquares, scanned };
}

/** Joins the results of two disjoint scans. */
export function mergeScans(a: ScanResult, b: ScanResult, k: number): ScanResult {
	const entries: [number, number][] = [];
	for (const part of [a, b]) {
		part.rows.forEach((row, i) => entries.push([part.scores[i]!, row]));
	}
	entries.sort(byScoreThenRow);
	const last = entries[k - 1]?.[0] ?? -Infinity;
	const kept = entries.filter(([score], i) => i < k || (score === last && i < k + MAX_TIES));
	return {
		rows: Uint32Array.from(kept, ([, row]) => row),
		scores: Float32Array.from(kept, ([score]) => score),
		sum: a.sum + b.sum,
		sumOfSquares: a.sumOfSquares + b.sumOfSquares,
		scanned: a.scanned + b.scanned,
	};
}

const byScoreThenRow = (a: [number, number], b: [number, number]) => b[0] - a[0] || a[1] - b[1];

function collect(
	scores: Float32Array,
	best: SmallestOfBest,
	subset: Uint32Array | undefined,
): Pick<ScanResult, 'rows' | 'scores'> {
	const entries: [number, number][] = [];
	let ties = 0;
	if (best.capacity > 0) {
		const threshold = best.smallest();
		for (let i = 0; i < scores.length; i++) {
			// NaN (a tombstone) compares false.
			if (!(scores[i]! >= threshold)) continue;
			if (scores[i] === threshold && ++ties > best.capacity + MAX_TIES) continue;
			entries.push([scores[i]!, subset ? subset[i]! : i]);
		}
		entries.sort(byScoreThenRow);
	}
	return {
		rows: Uint32Array.from(entries, ([, row]) => row),
		scores: Float32Array.from(entries, ([score]) => score),
	};
}

/** A min-heap of the best `capacity` scores seen; its root is what a newcomer has to beat. */
class SmallestOfBest {
	readonly #heap: Float32Array;
	#size = 0;

	constructor(readonly capacity: number) {
		this.#heap = new Float32Array(capacity);
	}

	/** The worst score that is still among the best; -Infinity until `capacity` were offered. */
	smallest(): number {
		return this.#size < this.capacity ? -Infinity : this.#heap[0]!;
	}

	offer(score: number): void {
		const heap = this.#heap;
		if (this.#size < this.capacity) {
			let at = this.#size++;
			while (at > 0) {
				const parent = (at - 1) >> 1;
				if (heap[parent]! <= score) break;
				heap[at] = heap[parent]!;
				at = parent;
			}
			heap[at] = score;
			return;
		}
		if (this.capacity === 0 || score <= heap[0]!) return;
		let at = 0;
		for (;;) {
			let child = 2 * at + 1;
			if (child >= this.capacity) break;
			if (child + 1 < this.capacity && heap[child + 1]! < heap[child]!) child++;
			if (heap[child]! >= score) break;
			heap[at] = heap[child]!;
			at = child;
		}
		heap[at] = score;
	}
}
