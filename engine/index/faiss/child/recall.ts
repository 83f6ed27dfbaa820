import type { Hnsw } from './hnsw';
import type { VectorRows } from './vector-rows';
import { breathe } from './slices';

/** Enough for a standard error below 0.5 % at the depth measured, few enough for a background. */
const QUERIES = 48;

/** The first page of a search. */
const DEPTH = 10;

/** Candidates that are scored anew from the stored vectors, as a search of ten asks for at least. */
const CANDIDATES = 50;

/** Rows scored between two turns of the event loop: 48 × 64 cosines take about 2 ms. */
const SLICE = 64;

/** Queries, and what the tenth nearest of each scores exactly. */
export interface Truth {
	queries: Float32Array[];
	thresholds: number[];
}

/**
 * What an exact search finds among the vectors up to `coveredTo`. Queries are stored vectors, and
 * midpoints of two, which like the vectors of texts lie off the data.
 *
 * @param seqs of the vectors to draw queries from, ascending
 * @returns `undefined` if it is no longer wanted
 */
export async function exactTruth(
	rows: VectorRows,
	seqs: readonly number[],
	coveredTo: number,
	stillWanted: () => boolean,
): Promise<Truth | undefined> {
	const queries = sampleQueries(rows, seqs);
	const best = queries.map(() => new Float64Array(DEPTH).fill(-Infinity));
	for (let seq = -1; ; ) {
		const batch = rows.after(seq, SLICE);
		for (const { seq: at, vector } of batch) {
			if (!vector || at > coveredTo) continue;
			for (let q = 0; q < queries.length; q++) keepBest(best[q]!, dot(vector, queries[q]!));
		}
		seq = batch.at(-1)?.seq ?? Infinity;
		if (seq >= coveredTo) break;
		await breathe();
		if (!stillWanted()) return undefined;
	}
	return { queries, thresholds: best.map((scores) => scores[DEPTH - 1]!) };
}

/**
 * The share of the truly nearest ten that are among the candidates the graph names. Equal scores
 * count as found.
 */
export async function recallOf(
	{ queries, thresholds }: Truth,
	hnsw: Hnsw,
	rows: VectorRows,
	seqs: readonly number[],
): Promise<number> {
	let found = 0;
	for (const [q, query] of queries.entries()) {
		const scores = hnsw.search(query, CANDIDATES).map((label) => {
			const vector = rows.vector(seqs[label]!);
			return vector ? dot(vector, query) : -Infinity;
		});
		const reached = scores.filter((score) => score >= thresholds[q]! && score > -Infinity);
		found += Math.min(DEPTH, reached.length);
		await breathe();
	}
	const wanted = queries.length * Math.min(DEPTH, seqs.length);
	return wanted === 0 ? 0 : found / wanted;
}

function sampleQueries(rows: VectorRows, seqs: readonly number[]): Float32Array[] {
	const at = (i: number) => rows.vector(seqs[Math.floor(((i + 0.5) / QUERIES) * seqs.length)]!);
	const queries: Float32Array[] = [];
	for (let i = 0; i < QUERIES; i++) {
		const one = at(i);
		if (!one) continue;
		const other = i % 2 === 0 ? undefined : at((i * 17) % QUERIES);
		queries.push(other ? midpoint(one, other) : one);
	}
	return queries;
}

function midpoint(a: Float32Array, b: Float32Array): Float32Array {
	const sum = a.map((value, i) => value + b[i]!);
	const length = Math.sqrt(dot(sum, sum));
	return length > 0 ? sum.map((value) => value / length) : a;
}

/** Keeps `best` sorted, best first. */
function keepBest(best: Float64Array, score: number): void {
	if (score <= best[DEPTH - 1]!) return;
	let at = DEPTH - 1;
	for (; at > 0 && best[at - 1]! < score; at--) best[at] = best[at - 1]!;
	best[at] = score;
}

/** Four accumulators let the CPU overlap the additions. */
function dot(a: Float32Array, b: Float32Array): number {
	const unrolled = a.length - (a.length % 4);
	let [s, t, u, v] = [0, 0, 0, 0];
	let i = 0;
	for (; i < unrolled; i += 4) {
		s += a[i]! * b[i]!;
		t += a[i + 1]! * b[i + 1]!;
		u += a[i + 2]! * b[i + 2]!;
		v += a[i + 3]! * b[i + 3]!;
	}
	for (; i < a.length; i++) s += a[i]! * b[i]!;
	return s + t + (u + v);
}
