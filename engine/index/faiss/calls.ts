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
	/** What was measured last; left out where that is to be done, and the search to be widened. */
	quality?: Quality | undefined;
}

/** How well a graph searches. */
export interface Quality {
	/** Breadth of the search that the graph's file says. */
	efSearch: number;
	/** Share of the true ten nearest it found. */
	recall: number;
	/** As many nearest as it can be asked for. */
	depth: number;
}

export interface Sealed extends Progress {
	/** Whether the file is in its place; otherwise recall was too low, or the graph was dropped. */
	accepted: boolean;
	checksum: string;
	quality: Quality;
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
