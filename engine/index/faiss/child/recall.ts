import { candidatesFor, DEPTHS } from '../candidates';
import type { Hnsw } from './hnsw';
import { breathe } from './slices';
import type { VectorRows } from './vector-rows';

/** Enough for a standard error of about 1 % in the worst case seen, few enough for a background. */
const QUERIES = 63;

/** Cosine with a vector of a query that stands for a text: texts lie off the pictures. */
const TEXT_COSINE = 0.35;
const TEXT_REST = Math.sqrt(1 - TEXT_COSINE ** 2);

const DEEPEST = DEPTHS.at(-1)!;

/** Rows scored between two turns of the event loop: 63 × 64 cosines take about 2 ms. */
const SLICE = 64;

/** A query, and the scores of the vectors truly nearest to it, best first. */
export interface Truth {
	query: Float32Array;
	best: Float64Array;
}

/**
 * What an exact search finds among the vectors up to `coveredTo`. A third of the queries are
 * stored vectors, a third midpoints of two, which are hard to walk to, a third far from all of them,
 * as texts are.
 *
 * @param seqs of the vectors to draw queries from, ascending
 * @returns `undefined` if it is no longer wanted
 */
export async function exactTruth(
	rows: VectorRows,
	seqs: readonly number[],
	coveredTo: number,
	stillWanted: () => boolean,
): Promise<Truth[] | undefined> {
	const truth = sampleQueries(rows, seqs).map((query) => ({
		query,
		best: new Float64Array(DEEPEST).fill(-Infinity),
	}));
	for (let seq = -1; ; ) {
		const batch = rows.after(seq, SLICE);
		for (const { seq: at, vector } of batch) {
			if (!vector || at > coveredTo) continue;
			for (const { query, best } of truth) keepBest(best, dot(vector, query));
		}
		seq = batch.at(-1)?.seq ?? Infinity;
		if (seq >= coveredTo) break;
		await breathe();
		if (!stillWanted()) return undefined;
	}
	return truth.map(({ query, best }) => ({
		query,
		best: best.filter((score) => score > -Infinity),
	}));
}

/**
 * For each of {@link DEPTHS} the share of the truly nearest that are among the candidates the graph
 * names. Equal scores count as found.
 *
 * @param seqs `seq` of each label
 */
export async function recallsOf(
	truth: Truth[],
	hnsw: Hnsw,
	rows: VectorRows,
	seqs: readonly number[],
): Promise<number[]> {
	const found = DEPTHS.map(() => 0);
	const wanted = DEPTHS.map(() => 0);
	for (const { query, best } of truth) {
		const scores = new Map<number, number>();
		const scoreOf = (label: number) => {
			const vector = scores.has(label) ? undefined : rows.vector(seqs[label]!);
			if (vector) scores.set(label, dot(vector, query));
			return scores.get(label) ?? -Infinity;
		};
		for (const [i, depth] of DEPTHS.entries()) {
			const there = Math.min(depth, best.length);
			const labels = hnsw.search(query, candidatesFor(depth));
			const reached = labels.filter((label) => scoreOf(label) >= best[there - 1]!);
			found[i]! += Math.min(there, reached.length);
			wanted[i]! += there;
			await breathe();
		}
	}
	return DEPTHS.map((_, i) => (wanted[i] === 0 ? 0 : found[i]! / wanted[i]!));
}

function sampleQueries(rows: VectorRows, seqs: readonly number[]): Float32Array[] {
	const at = (i: number) => rows.vector(seqs[Math.floor(((i + 0.5) / QUERIES) * seqs.length)]!);
	let state = 1;
	const random = () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32 - 0.5;
	};
	const queries: Float32Array[] = [];
	for (let i = 0; i < QUERIES; i++) {
		const one = at(i);
		const other = at((i * 17) % QUERIES);
		if (!one || !other) continue;
		const noise = unit(one.map(random));
		if (i % 3 === 0) queries.push(one);
		else if (i % 3 === 1) queries.push(unit(one.map((value, j) => value + other[j]!)));
		else queries.push(unit(one.map((value, j) => TEXT_COSINE * value + TEXT_REST * noise[j]!)));
	}
	return queries;
}

function unit(vector: Float32Array): Float32Array {
	const length = Math.sqrt(dot(vector, vector));
	return length > 0 ? vector.map((value) => value / length) : vector;
}

/** Keeps `best` sorted, best first. */
function keepBest(best: Float64Array, score: number): void {
	let at = best.length - 1;
	if (score <= best[at]!) return;
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
