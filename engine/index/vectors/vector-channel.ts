import { scan } from './exact-scanner';
import { FaissAccelerator, type FaissAcceleratorOptions } from '../faiss/faiss-accelerator';
import { isIntact } from '../catalogue/vector-check';
import type { Background } from '../vector-index';
import { VectorMatrix } from './vector-matrix';
import type { VectorRow } from '../catalogue/vector-reader';

/** One photo of an answer; `score` is the cosine. */
export interface ScoredPhoto {
	photo: number;
	score: number;
}

export type VectorChannelOptions = Omit<FaissAcceleratorOptions, 'matrix'>;

export interface ChannelAnswer {
	/** Best first; may hold more than was asked for where the last place is shared. */
	scored: ScoredPhoto[];
	background: Background;
}

/** Rows the background of a query is estimated from when not all of them are scanned. */
const BACKGROUND_SAMPLE = 1_000;

/** A writer can outrun a search only so often; see {@link VectorChannel.search}. */
const MAX_ATTEMPTS = 3;

/** Rows between two turns of the event loop while an index is being opened. */
const LOAD_SLICE = 2_000;

/** All vectors of one kind in memory, and the search over them. */
export class VectorChannel {
	readonly #options: VectorChannelOptions;
	readonly #accelerator: FaissAccelerator;
	#matrix: VectorMatrix | undefined;

	constructor(options: VectorChannelOptions) {
		this.#options = options;
		this.#accelerator = new FaissAccelerator({ ...options, matrix: () => this.#matrix });
	}

	get live(): number {
		return this.#matrix?.live ?? 0;
	}

	get method(): string {
		return this.#accelerator.method;
	}

	/** Fills the matrix from the catalogue; vectors that are no longer intact are left out. */
	async load(rows: Iterable<VectorRow>, dimension: number | undefined): Promise<void> {
		if (dimension === undefined) return;
		const matrix = new VectorMatrix(dimension);
		const vector = new Float32Array(dimension);
		const bytes = new Uint8Array(vector.buffer);
		let corrupt = 0;
		let seen = 0;
		for (const row of rows) {
			if (++seen % LOAD_SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
			if (row.bytes.length !== bytes.length) {
				corrupt++;
				continue;
			}
			bytes.set(row.bytes);
			if (isIntact(vector)) matrix.put(row.photo, row.seq, vector);
			else corrupt++;
		}
		if (corrupt > 0) {
			const { label, logger } = this.#options;
			logger.warn(`${label}: ${corrupt} stored vectors are damaged and left out of searches`);
		}
		this.#matrix = matrix;
		this.#accelerator.poke();
	}

	put(photo: number, seq: number, vector: Float32Array): void {
		// A different length can only follow when the last vector of the old one is gone.
		if (this.#matrix && this.#matrix.dimension !== vector.length) this.#matrix = undefined;
		this.#matrix ??= new VectorMatrix(vector.length);
		this.#matrix.put(photo, seq, vector);
		this.#changed();
	}

	remove(photo: number): void {
		this.#matrix?.remove(photo);
		this.#changed();
	}

	/** Cosine with one photo; `undefined` if it has no vector of this kind. */
	score(photo: number, query: Float32Array): number | undefined {
		const row = this.#matrix?.rowOf(photo);
		return row === undefined ? undefined : this.#matrix?.score(row, query);
	}

	/**
	 * The `k` best photos, and every tie for the last place; only among `photos`, if given.
	 *
	 * @param query unit length, of the kind's dimension
	 */
	async search(query: Float32Array, k: number, photos?: number[]): Promise<ChannelAnswer> {
		for (let attempt = 1; ; attempt++) {
			const matrix = this.#matrix;
			if (!matrix?.live) return { scored: [], background: { mean: 0, std: 0, count: 0 } };
			const subset = photos && matrix.rowsOf(photos);
			const asked = this.#accelerator.search(matrix, query, k, subset);
			// While the FAISS thread is at it.
			const sampled =
				subset || this.method !== 'exact' ? sampledBackground(matrix, query) : undefined;
			const near = await asked;
			const found = near ?? (await scan({ view: matrix.view(), query, k, subset }));
			// Compacted meanwhile: this matrix no longer hears of deletions.
			if (matrix !== this.#matrix && attempt < MAX_ATTEMPTS) continue;
			const scored: ScoredPhoto[] = [];
			let vanished = 0;
			found.rows.forEach((row, i) => {
				// Deleted or replaced while the scan ran. Only a delete makes an answer too short, but
				// a replaced photo's old score is no answer either.
				if (matrix.isLive(row))
					scored.push({ photo: matrix.photoOf(row), score: found.scores[i]! });
				else vanished++;
			});
			if (vanished > 0 && scored.length < k && attempt < MAX_ATTEMPTS) continue;
			// With a graph always the sample: deep pages are scanned exactly, and must agree with the first.
			const background = sampled ?? momentsOf(found.sum, found.sumOfSquares, found.scanned);
			return { scored, background };
		}
	}

	/** Writes what only speeds up the next start. */
	async close(): Promise<void> {
		await this.#accelerator.close();
	}

	#changed(): void {
		if (this.#matrix?.wantsCompaction) {
			this.#matrix = this.#matrix.compacted();
			this.#accelerator.moved(this.#matrix);
		}
		this.#accelerator.poke();
	}
}

function sampledBackground(matrix: VectorMatrix, query: Float32Array): Background {
	let sum = 0;
	let sumOfSquares = 0;
	const rows = matrix.sample(BACKGROUND_SAMPLE);
	for (const row of rows) {
		const score = matrix.score(row, query);
		sum += score;
		sumOfSquares += score * score;
	}
	return momentsOf(sum, sumOfSquares, rows.length);
}

function momentsOf(sum: number, sumOfSquares: number, count: number): Background {
	if (count === 0) return { mean: 0, std: 0, count: 0 };
	const mean = sum / count;
	return { mean, std: Math.sqrt(Math.max(0, sumOfSquares / count - mean * mean)), count };
}
