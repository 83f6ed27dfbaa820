import { mergeScans, scanRows, type MatrixView, type ScanResult } from '../vectors/exact-scan';

/** Enough for a standard error below 0.3 % at the depth measured, few enough for a background. */
const QUERIES = 48;

/**
 * How many of the nearest are looked for. Deeper than the ten that are customary, since a search
 * ranks its channels' first 200 together; but what is missing beyond a hundred hardly shows.
 */
const DEPTH = 100;

/** Rows scanned between two turns of the worker's event loop. */
const SLICE = 20_000;

/** The `k` labels nearest to a query, as the graph finds them. */
export type GraphSearch = (query: Float32Array, k: number) => Int32Array;

/**
 * The share of the truly nearest hundred that the graph finds; the first ten are found more reliably
 * than this says. Queries are rows, and midpoints of two rows, which like text queries lie off the
 * data. Equal scores count as found.
 *
 * @param labelRows row of each label, -1 if it is a tombstone
 * @param stillWanted asked now and then; on false the measurement ends with 0
 */
export async function measureRecall(
	view: MatrixView,
	labelRows: Int32Array,
	search: GraphSearch,
	stillWanted: () => boolean,
): Promise<number> {
	const live = Uint32Array.from(labelRows.filter((row) => row >= 0)).sort();
	if (live.length === 0) return 0;
	const depth = Math.min(DEPTH, Math.max(1, Math.floor(live.length / 8)));
	const fetch = Math.ceil((depth * labelRows.length) / live.length);
	let found = 0;
	for (let i = 0; i < QUERIES; i++) {
		const query = sampleQuery(view, live, i);
		const truth = await slowScan(view, query, depth, live);
		if (!stillWanted()) return 0;
		const threshold = truth.scores[Math.min(depth, truth.scores.length) - 1] ?? Infinity;
		const rows = Array.from(search(query, fetch), (label) => labelRows[label] ?? -1);
		const hits = Uint32Array.from(rows.filter((row) => row >= 0)).sort();
		const scored = scanRows(view, query, depth, hits).scores.subarray(0, depth);
		found += scored.filter((score) => score >= threshold).length;
	}
	return found / (QUERIES * depth);
}

function sampleQuery(view: MatrixView, live: Uint32Array, i: number): Float32Array {
	const at = (n: number) => rowOf(view, live[Math.floor(((n + 0.5) / QUERIES) * live.length)]!);
	const query = at(i).slice();
	if (i % 2 === 0) return query;
	const other = at((i * 17) % QUERIES);
	let squared = 0;
	for (let j = 0; j < query.length; j++) {
		query[j]! += other[j]!;
		squared += query[j]! ** 2;
	}
	const length = Math.sqrt(squared);
	return length > 0 ? query.map((value) => value / length) : at(i);
}

/** A row in place; not to be written to. */
export function rowOf(view: MatrixView, row: number): Float32Array {
	const chunk = view.chunks[Math.floor(row / view.rowsPerChunk)]!;
	const offset = (row % view.rowsPerChunk) * view.dimension * 4;
	return new Float32Array(chunk, offset, view.dimension);
}

/** An exact scan that lets other requests through. */
async function slowScan(
	view: MatrixView,
	query: Float32Array,
	k: number,
	rows: Uint32Array,
): Promise<ScanResult> {
	let result: ScanResult | undefined;
	for (let from = 0; from < rows.length; from += SLICE) {
		const part = scanRows(view, query, k, rows.subarray(from, from + SLICE));
		result = result ? mergeScans(result, part, k) : part;
		await new Promise((resolve) => setImmediate(resolve));
	}
	return result!;
}
