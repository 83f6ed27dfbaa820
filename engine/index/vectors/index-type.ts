/**
 * How vectors are searched. `flat`: one by one, over 8-bit codes. `graph`: by our own graph over the
 * same codes. `faiss`: by FAISS, where it can be loaded. `auto`: flat while small, then the graph.
 */
export const INDEX_TYPES = ['auto', 'flat', 'graph', 'faiss'] as const;
export type IndexType = (typeof INDEX_TYPES)[number];

/**
 * Vectors from which on a graph is kept. Measured with 768 numbers each: a flat scan of 10,000 takes
 * a millisecond, a walk through a graph of as many 0.2 ms.
 */
export const GRAPH_THRESHOLD = 10_000;

/** Rows that SQLite gives back in 50 ms: no snapshot is worth its room. */
export const SNAPSHOT_THRESHOLD = 5_000;

/** How the vectors of an index are held. */
export interface IndexTypeOptions {
	type: IndexType;
	/** Vectors of a kind from which on a graph is kept. */
	graphFrom: number;
	/** Vectors of a kind from which on snapshots are written. */
	snapshotFrom: number;
}
