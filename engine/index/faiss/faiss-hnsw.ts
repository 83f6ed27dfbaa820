import { closeSync, fsyncSync, openSync, statfsSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Index } from 'faiss-node';
import { patchEfSearch, readHnswHeader } from './faiss-file';

export type FaissModule = typeof import('faiss-node');

/** Links per vector of the graph; FAISS's customary value. Also what `stats()` shows. */
export const HNSW_TYPE = 'HNSW32';

/** Bytes of links, levels and offsets per vector: 64 links of 4 bytes at level 0, and some. */
const LINK_BYTES = 300;

/**
 * The narrowest search tried. A graph finds little beyond its efSearch, and engine/search asks for
 * 200. Measured: FAISS's own 16 finds half of the ten nearest among 30k vectors, 256 finds 0.996.
 */
export const FIRST_EF_SEARCH = 256;

/**
 * One FAISS graph for inner products. FAISS ends the whole process on C++ exceptions that its
 * binding does not catch, so everything that could raise one is checked here first. Only to be
 * used from the FAISS worker.
 */
export class Hnsw {
	readonly #faiss: FaissModule;
	#index: Index;

	private constructor(
		faiss: FaissModule,
		index: Index,
		readonly dimension: number,
	) {
		this.#faiss = faiss;
		this.#index = index;
	}

	/**
	 * An empty graph that already searches with {@link FIRST_EF_SEARCH}.
	 *
	 * @param scratch a file to pass through, deleted afterwards
	 */
	static create(faiss: FaissModule, dimension: number, scratch: string): Hnsw {
		const empty = faiss.Index.fromFactory(
			dimension,
			HNSW_TYPE,
			faiss.MetricType.METRIC_INNER_PRODUCT,
		);
		const hnsw = new Hnsw(faiss, empty, dimension);
		hnsw.write(scratch);
		try {
			hnsw.setEfSearch(scratch, FIRST_EF_SEARCH);
		} finally {
			unlinkSync(scratch);
		}
		return hnsw;
	}

	/** Reads a file whose checksum was found right. */
	static load(faiss: FaissModule, file: string, dimension: number, count: number): Hnsw {
		const header = readHnswHeader(file);
		if (header.dimension !== dimension || header.count !== count) {
			throw new Error(
				`the file holds ${header.count} × ${header.dimension}, not ${count} × ${dimension}`,
			);
		}
		return new Hnsw(faiss, faiss.Index.read(file), dimension);
	}

	get count(): number {
		return this.#index.ntotal();
	}

	/** @param numbers whole vectors, one after the other, all finite */
	add(numbers: number[]): void {
		if (numbers.length === 0) return;
		if (numbers.length % this.dimension !== 0) throw new Error('not a whole number of vectors');
		this.#index.add(numbers);
	}

	/** Labels of about the `k` nearest, best first; labels count up from 0 as vectors were added. */
	search(query: Float32Array, k: number): Int32Array {
		if (query.length !== this.dimension) throw new Error('the query has another length');
		const fetch = Math.min(k, this.count);
		if (fetch < 1) return new Int32Array(0);
		const { labels } = this.#index.search(Array.from(query), fetch);
		// FAISS pads with -1 what its walk through the graph did not reach.
		return Int32Array.from(labels.filter((label) => label >= 0));
	}

	/** Writes to a file that is there, whole and on the disk when this returns. */
	write(file: string): void {
		this.#assertWritable(file);
		this.#index.write(file);
		syncFile(file);
	}

	/** Sets efSearch in the file this graph was written to, and goes on with what the file holds. */
	setEfSearch(file: string, efSearch: number): void {
		patchEfSearch(file, efSearch);
		syncFile(file);
		this.#index = this.#faiss.Index.read(file);
	}

	#assertWritable(file: string): void {
		closeSync(openSync(file, 'w', 0o600));
		const needed = this.count * (4 * this.dimension + LINK_BYTES);
		const { bavail, bsize } = statfsSync(dirname(file));
		if (bavail * bsize < 2 * needed) {
			throw new Error(`the disk has too little room for a snapshot of ${needed} bytes`);
		}
	}
}

function syncFile(file: string): void {
	const fd = openSync(file, 'r+');
	try {
		fsyncSync(fd);
	} finally {
		closeSync(fd);
	}
}
