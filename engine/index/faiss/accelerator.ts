import type { VectorStore } from '../catalogue/vector-store';
import type { Finding } from '../vector-index';

/** Finds vectors near a query among those it holds; knows them by `seq`, reads them by itself. */
export interface Accelerator {
	/** What it is, as `stats()` shows it. */
	readonly type: string;
	/** Every live vector with `seq` up to this is in it; -1 while it cannot be asked. */
	readonly coveredTo: number;
	/**
	 * The `seq`s of the `k` nearest it holds, and of more that might be as near: candidates, to be
	 * scored from the stored vectors. Deleted ones and ones above {@link coveredTo} may be among them.
	 * `undefined`: it cannot tell, ask the flat scan. Never rejects.
	 *
	 * @param query unit length, of the generation's dimension
	 */
	search(query: Float32Array, k: number): Promise<Float64Array | undefined>;
	/** Vectors were written or deleted: sooner or later it follows. */
	poke(): void;
	stats(): AcceleratorStats;
	/** Merges what is unmerged, and writes it down. Resolves when that is done, or cannot be. */
	optimize(): Promise<void>;
	verify(): Promise<Finding[]>;
	close(): Promise<void>;
}

export interface AcceleratorStats {
	/** Share of the true ten nearest it found when it was last measured; null before. */
	recall: number | null;
	/** ISO 8601. */
	lastMerge: string | null;
	/** Wherever it is: this process or another. */
	bytesInMemory: number;
	/** Vectors it holds, deleted ones included. */
	covered: number;
}

/** What an accelerator needs of the catalogue: one generation, and the record of its snapshot. */
export type FaissStore = Pick<
	VectorStore,
	| 'file'
	| 'generation'
	| 'dimension'
	| 'count'
	| 'snapshot'
	| 'commitSnapshot'
	| 'setLoading'
	| 'forgetSnapshot'
>;
