import { closeSync, openSync, statfsSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Index } from 'faiss-node';
import { patchBreadths, readHnswHeader, type Breadths } from './hnsw-file';
import { breathe } from './slices';

export type FaissModule = typeof import('faiss-node');

/**
 * A graph with up to 32 links per vector (twice that at its lowest level) over 8-bit codes: a
 * quarter of float32's memory. The codes blur what is near, so whoever searches scores the
 * candidates anew from the stored vectors.
 */
const HNSW_TYPE = 'HNSW32_SQ8';

/** Bytes of links, levels and offsets per vector: 64 links of 4 bytes at level 0, and some. */
const LINK_BYTES = 280;

/** The narrowest search; FAISS's own 16 is too narrow. Recall is measured, and it is widened. */
export const FIRST_EF_SEARCH = 64;

/**
 * FAISS's own 40 links clusters badly: for midpoints of two vectors it then finds 0.94 of the true ten
 * nearest where efSearch is 128, with 100 it finds 0.993 (20,000 × 768). Building takes
 * twice as long, about 2 ms for each vector.
 */
const EF_CONSTRUCTION = 100;

/** Left free on the disk, so that SQLite never goes short for an accelerator's sake. */
const DISK_RESERVE = 256 * 2 ** 20;

/** Smallest and largest value of each dimension. */
export interface Extremes {
	low: Float32Array;
	high: Float32Array;
}

/**
 * One FAISS graph for inner products. FAISS ends the whole process on C++ exceptions that its
 * binding does not catch, so everything that could raise one is checked here first.
 */
export class Hnsw {
	readonly #faiss: FaissModule;
	/** Absent for the moment in which it is read back. */
	#index: Index | undefined;

	private constructor(
		faiss: FaissModule,
		index: Index,
		readonly dimension: number,
	) {
		this.#faiss = faiss;
		this.#index = index;
	}

	/**
	 * An empty graph that already searches with {@link FIRST_EF_SEARCH}. FAISS trains 8-bit codes on
	 * nothing but the extremes of each dimension (RS_minmax in ScalarQuantizer.cpp), so it is given
	 * just these as two vectors, and not thousands of which they are the extremes. Values beyond them
	 * are later cut off at them.
	 *
	 * @param scratch a file to pass through, deleted afterwards
	 */
	static async create(faiss: FaissModule, { low, high }: Extremes, scratch: string): Promise<Hnsw> {
		const dimension = low.length;
		if (dimension === 0 || high.length !== dimension) throw new Error('extremes of no vectors');
		assertFinite(low);
		assertFinite(high);
		const { METRIC_INNER_PRODUCT } = faiss.MetricType;
		const empty = faiss.Index.fromFactory(dimension, HNSW_TYPE, METRIC_INNER_PRODUCT);
		empty.train([...low, ...high]);
		if (!empty.isTrained()) throw new Error('it did not train');
		const hnsw = new Hnsw(faiss, empty, dimension);
		hnsw.write(scratch);
		try {
			await hnsw.setBreadths(scratch, {
				efConstruction: EF_CONSTRUCTION,
				efSearch: FIRST_EF_SEARCH,
			});
		} finally {
			unlinkSync(scratch);
		}
		return hnsw;
	}

	/** Reads a file whose checksum was found right. */
	static load(faiss: FaissModule, file: string, dimension: number, count: number): Hnsw {
		const header = readHnswHeader(file);
		if (header.dimension !== dimension || header.count !== count || !header.trained) {
			throw new Error(
				`the file holds ${header.count} × ${header.dimension}, not ${count} × ${dimension}`,
			);
		}
		const index = faiss.Index.read(file);
		if (index.ntotal() !== count) throw new Error('FAISS read something else than the file says');
		return new Hnsw(faiss, index, dimension);
	}

	get count(): number {
		return this.#opened.ntotal();
	}

	/** Estimated from what FAISS writes: codes, links, levels and offsets. */
	get bytes(): number {
		return this.count * (this.dimension + LINK_BYTES);
	}

	/** @param numbers whole vectors, one after the other */
	add(numbers: number[]): void {
		if (numbers.length === 0) return;
		if (numbers.length % this.dimension !== 0) throw new Error('not a whole number of vectors');
		assertFinite(numbers);
		this.#opened.add(numbers);
	}

	/** Labels of about the `k` nearest, best first; labels count up from 0 as vectors were added. */
	search(query: Float32Array, k: number): number[] {
		if (query.length !== this.dimension) throw new Error('the query has another length');
		assertFinite(query);
		const fetch = Math.min(Math.floor(k), this.count);
		if (!(fetch >= 1)) return [];
		const { labels } = this.#opened.search(Array.from(query), fetch);
		// FAISS pads with -1 what its walk through the graph did not reach.
		return labels.filter((label) => label >= 0);
	}

	/** Writes to a file that is there; not yet synced. */
	write(file: string): void {
		closeSync(openSync(file, 'w', 0o600));
		const { bavail, bsize } = statfsSync(dirname(file));
		if (bavail * bsize < this.bytes + DISK_RESERVE) {
			const mib = Math.ceil((this.bytes + DISK_RESERVE) / 2 ** 20);
			throw new Error(`the disk has too little room for a snapshot: ${mib} MiB are wanted`);
		}
		this.#opened.write(file);
	}

	/**
	 * Sets the breadths in the file this graph was written to, and goes on with what the file holds.
	 * In between it holds neither, since memory may not have room for both, and searches throw.
	 */
	async setBreadths(file: string, breadths: Breadths): Promise<void> {
		const { count } = this;
		patchBreadths(file, breadths);
		this.#index = undefined;
		await freeUnused();
		this.#index = this.#faiss.Index.read(file);
		if (readHnswHeader(file).efSearch !== breadths.efSearch || this.count !== count) {
			throw new Error('FAISS did not read back what it wrote');
		}
	}

	get #opened(): Index {
		if (!this.#index) throw new Error('the graph is just being read back');
		return this.#index;
	}
}

function assertFinite(numbers: ArrayLike<number>): void {
	for (let i = 0; i < numbers.length; i++) {
		if (!Number.isFinite(numbers[i])) throw new Error('not all numbers are finite');
	}
}

/** Lets go of graphs nobody refers to: hundreds of megabytes that V8 does not see by itself. */
export async function freeUnused(): Promise<void> {
	globalThis.gc?.();
	// Node runs what frees native memory in a turn of its own.
	await breathe();
}
