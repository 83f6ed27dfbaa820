import type { Kernel } from './kernel';
import { LIST_ROWS, ROW_LIVE } from './matrix-layout';
import type { SharedMemory } from './shared-memory';

/** Rows to scan: a range, or a list. */
export type Rows = { from: number; to: number } | Uint32Array;

/** What was found: rows with their scores, best first. */
export interface Scored {
	rows: Uint32Array<ArrayBuffer>;
	scores: Float32Array<ArrayBuffer>;
}

export function countOf(rows: Rows): number {
	return rows instanceof Uint32Array ? rows.length : Math.max(0, rows.to - rows.from);
}

/** A part of the rows, by position. */
export function slice(rows: Rows, from: number, to: number): Rows {
	if (rows instanceof Uint32Array) return rows.subarray(from, to);
	return { from: rows.from + from, to: Math.min(rows.to, rows.from + to) };
}

/**
 * The best of the live rows to the kernel's query: at least `k` of them, if there are so many, and
 * all that come within `slack` of the k-th, so that exact scores can tell them apart.
 */
export function scanFlat(
	kernel: Kernel,
	memory: SharedMemory,
	rows: Rows,
	k: number,
	slack: number,
): Scored {
	const { layout } = kernel;
	const heads = new DataView(memory.buffer);
	const top = new TopScores(k, slack);
	const total = countOf(rows);
	for (let done = 0; done < total; done += LIST_ROWS) {
		const part = slice(rows, done, Math.min(total, done + LIST_ROWS));
		const count = countOf(part);
		if (part instanceof Uint32Array) kernel.scoreList(part);
		else kernel.scoreRange(part.from, count);
		const { scores } = kernel;
		for (let i = 0; i < count; i++) {
			const score = scores[i]!;
			if (score < top.floor) continue;
			const row = part instanceof Uint32Array ? part[i]! : part.from + i;
			const live = heads.getUint32(layout.rows + row * layout.stride + ROW_LIVE, true);
			if (live === 1) top.offer(row, score);
		}
	}
	return top.take();
}

/** Joins the results of scans of different rows. */
export function joinScored(parts: Scored[], k: number, slack: number): Scored {
	if (parts.length === 1) return parts[0]!;
	const top = new TopScores(k, slack);
	for (const { rows, scores } of parts) {
		rows.forEach((row, i) => {
			if (scores[i]! >= top.floor) top.offer(row, scores[i]!);
		});
	}
	return top.take();
}

/**
 * Of rows that are sorted already, best first, those that count: the best `k`, and all within `slack`
 * of the k-th, but no more than `limit`.
 */
export function bestOf(
	{ rows, scores }: { rows: Uint32Array; scores: Float32Array },
	counts: (row: number) => boolean,
	k: number,
	slack: number,
	limit: number,
): Scored {
	const kept = new Uint32Array(Math.min(rows.length, limit));
	const keptScores = new Float32Array(kept.length);
	let size = 0;
	let floor = k > 0 ? -Infinity : Infinity;
	for (let i = 0; i < rows.length && size < kept.length && scores[i]! >= floor; i++) {
		if (!counts(rows[i]!)) continue;
		kept[size] = rows[i]!;
		keptScores[size] = scores[i]!;
		if (++size === k) floor = scores[i]! - slack;
	}
	return { rows: kept.subarray(0, size), scores: keptScores.subarray(0, size) };
}

/** Rows collected before the first look at which of them are still wanted: the sooner, the fewer come. */
const FIRST_CAPACITY = 128;

/**
 * Collects the best `k` of a stream of scores, and all within `slack` of the k-th: thousands, where a
 * library holds as many pictures that are nearly the same.
 */
export class TopScores {
	/** A score below this is not wanted any more. */
	floor = -Infinity;
	readonly #k: number;
	readonly #slack: number;
	#rows: Uint32Array<ArrayBuffer>;
	#scores: Float32Array<ArrayBuffer>;
	#size = 0;

	constructor(k: number, slack: number) {
		this.#k = k;
		this.#slack = slack;
		const capacity = Math.max(FIRST_CAPACITY, 4 * Math.min(k, LIST_ROWS));
		this.#rows = new Uint32Array(capacity);
		this.#scores = new Float32Array(capacity);
	}

	offer(row: number, score: number): void {
		if (this.#size === this.#rows.length) this.#makeRoom();
		this.#rows[this.#size] = row;
		this.#scores[this.#size] = score;
		this.#size++;
	}

	/** At most `limit`, best first; of equal scores the lower row. */
	take(limit = Infinity): Scored {
		this.#shrink();
		const size = Math.min(this.#size, limit);
		return { rows: this.#rows.slice(0, size), scores: this.#scores.slice(0, size) };
	}

	#makeRoom(): void {
		this.#shrink();
		if (this.#size < this.#rows.length / 2) return;
		const rows = new Uint32Array(2 * this.#rows.length);
		rows.set(this.#rows);
		this.#rows = rows;
		const scores = new Float32Array(rows.length);
		scores.set(this.#scores);
		this.#scores = scores;
	}

	/** Sorts, and drops what is below the floor that follows from it. */
	#shrink(): void {
		const order = Uint32Array.from({ length: this.#size }, (_, i) => i);
		const [rows, scores] = [this.#rows, this.#scores];
		order.sort((a, b) => scores[b]! - scores[a]! || rows[a]! - rows[b]!);
		if (this.#size >= this.#k) {
			this.floor = this.#k > 0 ? scores[order[this.#k - 1]!]! - this.#slack : Infinity;
		}
		const kept = order.filter((at) => scores[at]! >= this.floor);
		const keptRows = Uint32Array.from(kept, (at) => rows[at]!);
		const keptScores = Float32Array.from(kept, (at) => scores[at]!);
		rows.set(keptRows);
		scores.set(keptScores);
		this.#size = kept.length;
	}
}
