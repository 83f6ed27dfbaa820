import { mergeScans, type ScanResult } from '../vectors/exact-scan';
import { scan } from '../vectors/exact-scanner';
import type { FaissClient } from './faiss-client';
import { tailOf, type Graph } from './faiss-graph';
import { FIRST_EF_SEARCH } from './faiss-hnsw';

/** Asked for beyond what is wanted, so that a few tombstones do not matter. */
const FETCH_SLACK = 16;

/** A graph finds little beyond its efSearch. */
const MAX_K = FIRST_EF_SEARCH;

/** Fetching more than this means that most of what the graph finds cannot be used. */
const MAX_FETCH = 2 * MAX_K;

/**
 * The `k` best rows as an exact scan answers them, out of what the graph finds and the rows it does
 * not hold yet. Scores are exact; the sums are not of all rows. `undefined` where only the exact
 * scan can answer: `k` is too large, or too much is filtered out or deleted around the query.
 *
 * @param subset only these rows, ascending
 */
export async function searchGraph(
	faiss: FaissClient,
	graph: Graph,
	query: Float32Array,
	k: number,
	subset: Uint32Array | undefined,
): Promise<ScanResult | undefined> {
	if (k > MAX_K) return undefined;
	const { matrix } = graph;
	const tail = tailOf(graph, subset);
	const covered = (subset?.length ?? matrix.live) - tail.length;
	const fetch = Math.ceil(((k + FETCH_SLACK) * graph.seqs.length) / Math.max(1, covered));
	if (fetch > MAX_FETCH) return undefined;
	const labels = await faiss.search(graph.key, query, fetch);
	const rows = liveRowsOf(graph, labels, subset);
	if (rows.length < Math.min(k, covered)) return undefined;
	const view = matrix.view();
	const [near, recent] = await Promise.all([
		scan({ view, query, k, subset: rows }),
		scan({ view, query, k, subset: tail }),
	]);
	return mergeScans(near, recent, k);
}

function liveRowsOf(graph: Graph, labels: Int32Array, subset: Uint32Array | undefined) {
	const { matrix } = graph;
	const allowed = subset && new Uint8Array(matrix.rows);
	if (allowed) for (const row of subset) allowed[row] = 1;
	const rows: number[] = [];
	for (const label of labels) {
		// A label beyond the map was added since; its row is in the tail.
		const row = graph.rows[label] ?? -1;
		if (row >= 0 && matrix.isLive(row) && (!allowed || allowed[row] === 1)) rows.push(row);
	}
	return Uint32Array.from(rows).sort();
}
