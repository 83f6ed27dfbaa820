import type { VectorMatrix } from '../vectors/vector-matrix';

/** A graph in the FAISS worker, and what its labels mean. Replaced as a whole, never changed. */
export interface Graph {
	/** The worker's name for it. */
	key: string;
	/** `seq` of each label's vector, ascending. What follows is derived from it. */
	seqs: Float64Array;
	/** The matrix that `rows` and `watermark` speak of. */
	matrix: VectorMatrix;
	/** Row of each label; -1 if its vector is gone. */
	rows: Int32Array;
	/** Rows from here on are not in the graph; live ones below it all are. */
	watermark: number;
	efSearch: number;
	recall: number;
	/** Labels that the snapshot on disk does not have. */
	unsaved: number;
}

/** The graph with its labels mapped to the rows of this matrix. Both are in order of `seq`. */
export function withRows(
	graph: Omit<Graph, 'matrix' | 'rows' | 'watermark'>,
	matrix: VectorMatrix,
): Graph {
	const { seqs } = graph;
	const rows = new Int32Array(seqs.length).fill(-1);
	let row = 0;
	for (let label = 0; label < seqs.length; label++) {
		const seq = seqs[label]!;
		while (row < matrix.rows && matrix.seqOf(row) < seq) row++;
		if (row < matrix.rows && matrix.seqOf(row) === seq && matrix.isLive(row)) rows[label] = row++;
	}
	const last = seqs.at(-1) ?? -1;
	let watermark = row;
	while (watermark < matrix.rows && matrix.seqOf(watermark) <= last) watermark++;
	return { ...graph, matrix, rows, watermark };
}

/** Live rows that are not in the graph, ascending; only those of `subset`, if given. */
export function tailOf(graph: Graph, subset?: Uint32Array): Uint32Array {
	const { matrix, watermark } = graph;
	if (!subset) return matrix.liveRows(watermark);
	const from = subset.findIndex((row) => row >= watermark);
	return from < 0 ? new Uint32Array(0) : subset.slice(from);
}
