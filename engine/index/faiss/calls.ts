/** What the engine asks the FAISS process. Graphs are known to it by keys that the caller makes up. */

/** Where a graph's vectors stand. */
export interface Source {
	/** The index's database. */
	file: string;
	generation: number;
	dimension: number;
}

export interface CreateRequest {
	key: string;
	source: Source;
	/** A file name that is free, in a folder that can be written. */
	scratch: string;
}

export interface LoadRequest {
	key: string;
	source: Source;
	file: string;
	checksum: string;
	/** `seq` of each label. */
	seqs: Float64Array;
	coveredTo: number;
	efSearch: number;
}

export interface ExtendRequest {
	key: string;
	/** At most so many rows in this call. */
	rows: number;
}

/** How far a graph is. */
export interface Progress {
	/** Every vector with `seq` up to this is in it, damaged ones aside. */
	coveredTo: number;
	rows: number;
	bytes: number;
}

export interface SealRequest {
	key: string;
	/** Written beside this, then renamed to it. */
	file: string;
	/** Whether to measure recall anew, and to widen the search as far as that asks for. */
	measure: boolean;
	/** What was measured last, if not. */
	recall: number;
}

export interface Sealed extends Progress {
	/** Whether the file is in its place; otherwise recall was too low, or the graph was dropped. */
	accepted: boolean;
	checksum: string;
	efSearch: number;
	recall: number;
	seqs: Float64Array;
}

export interface SearchRequest {
	key: string;
	query: Float32Array;
	k: number;
}

export interface AuditRequest {
	key: string;
	/** The snapshot, if there is one. */
	file?: string | undefined;
}

export interface Audit {
	/** Stored, whole, up to `coveredTo`, and yet not in the graph: the first hundred of them. */
	missing: number[];
	/** Of the snapshot; absent if it cannot be read. */
	checksum?: string | undefined;
}
