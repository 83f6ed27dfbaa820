import { dot, type MatrixView } from './exact-scan';

/**
 * Target size of a chunk. Shared memory is zeroed lazily by the operating system, so a small index
 * pays only for the pages it touches.
 */
const CHUNK_BYTES = 12 * 1024 * 1024;

/** Tombstones worth the copying of everything else. */
const COMPACT_SHARE = 0.25;
const COMPACT_ROWS = 1_000;

/**
 * All vectors of one kind as rows of float32 in shared memory. Append-only: a replaced or deleted
 * vector becomes a tombstone, so a thread that scans never sees a torn row. `photo` is the photo's
 * integer key, `seq` the vector's (ever rising, never reused), as the catalogue has them.
 */
export class VectorMatrix {
	readonly rowsPerChunk: number;
	readonly #chunks: SharedArrayBuffer[] = [];
	readonly #floats: Float32Array[] = [];
	readonly #live: Uint8Array<SharedArrayBuffer>[] = [];
	readonly #rowOfPhoto = new Map<number, number>();
	#photos = new Float64Array(64);
	#seqs = new Float64Array(64);
	#count = 0;

	constructor(readonly dimension: number) {
		this.rowsPerChunk = Math.max(64, Math.floor(CHUNK_BYTES / (4 * dimension)));
	}

	/** Rows ever appended, tombstones included. */
	get rows(): number {
		return this.#count;
	}

	get live(): number {
		return this.#rowOfPhoto.size;
	}

	/** Appends; a row the photo had before becomes a tombstone. */
	put(photo: number, seq: number, vector: Float32Array): void {
		this.remove(photo);
		const row = this.#count;
		const [chunk, inChunk] = this.#place(row);
		this.#floats[chunk]!.set(vector, inChunk * this.dimension);
		this.#live[chunk]![inChunk] = 1;
		this.#rowOfPhoto.set(photo, row);
		this.#photos = withRoom(this.#photos, row);
		this.#seqs = withRoom(this.#seqs, row);
		this.#photos[row] = photo;
		this.#seqs[row] = seq;
		this.#count = row + 1;
	}

	remove(photo: number): void {
		const row = this.#rowOfPhoto.get(photo);
		if (row === undefined) return;
		this.#rowOfPhoto.delete(photo);
		this.#live[Math.floor(row / this.rowsPerChunk)]![row % this.rowsPerChunk] = 0;
	}

	rowOf(photo: number): number | undefined {
		return this.#rowOfPhoto.get(photo);
	}

	/** The photo a row belongs, or belonged, to. */
	photoOf(row: number): number {
		return this.#photos[row]!;
	}

	seqOf(row: number): number {
		return this.#seqs[row]!;
	}

	isLive(row: number): boolean {
		return this.#live[Math.floor(row / this.rowsPerChunk)]![row % this.rowsPerChunk] === 1;
	}

	score(row: number, query: Float32Array): number {
		const chunk = Math.floor(row / this.rowsPerChunk);
		return dot(this.#floats[chunk]!, (row % this.rowsPerChunk) * this.dimension, query);
	}

	/** Live rows from `from` on, ascending. */
	liveRows(from = 0): Uint32Array {
		const rows = new Uint32Array(this.#count - from);
		let n = 0;
		for (let row = from; row < this.#count; row++) if (this.isLive(row)) rows[n++] = row;
		return rows.slice(0, n);
	}

	/** Live rows of these photos, ascending. */
	rowsOf(photos: Iterable<number>): Uint32Array {
		const rows: number[] = [];
		for (const photo of photos) {
			const row = this.#rowOfPhoto.get(photo);
			if (row !== undefined) rows.push(row);
		}
		return Uint32Array.from(rows).sort();
	}

	/**
	 * At most `size` live rows: the same ones as long as nothing is written, so that estimates made
	 * from them agree from page to page.
	 */
	sample(size: number): Uint32Array {
		if (this.live <= size) return this.liveRows();
		const chosen = new Set<number>();
		// Numerical Recipes' LCG; any fixed, well-mixed sequence does.
		for (let state = 1; chosen.size < size; ) {
			state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
			const row = Math.floor((state / 2 ** 32) * this.#count);
			if (this.isLive(row)) chosen.add(row);
		}
		return Uint32Array.from(chosen).sort();
	}

	/** A view for another thread; rows appended later are not in it. */
	view(): MatrixView {
		return {
			dimension: this.dimension,
			rowsPerChunk: this.rowsPerChunk,
			chunks: this.#chunks.slice(),
			live: this.#live.map((bytes) => bytes.buffer),
			count: this.#count,
		};
	}

	get wantsCompaction(): boolean {
		const dead = this.#count - this.live;
		return dead > COMPACT_ROWS && dead > COMPACT_SHARE * this.#count;
	}

	/** A copy without tombstones, rows in the same order. Views of this one stay valid. */
	compacted(): VectorMatrix {
		const copy = new VectorMatrix(this.dimension);
		for (let row = 0; row < this.#count; row++) {
			if (!this.isLive(row)) continue;
			const chunk = Math.floor(row / this.rowsPerChunk);
			const start = (row % this.rowsPerChunk) * this.dimension;
			const vector = this.#floats[chunk]!.subarray(start, start + this.dimension);
			copy.put(this.#photos[row]!, this.#seqs[row]!, vector);
		}
		return copy;
	}

	#place(row: number): [chunk: number, inChunk: number] {
		const chunk = Math.floor(row / this.rowsPerChunk);
		if (chunk === this.#chunks.length) {
			const shared = new SharedArrayBuffer(this.rowsPerChunk * this.dimension * 4);
			this.#chunks.push(shared);
			this.#floats.push(new Float32Array(shared));
			this.#live.push(new Uint8Array(new SharedArrayBuffer(this.rowsPerChunk)));
		}
		return [chunk, row % this.rowsPerChunk];
	}
}

function withRoom(array: Float64Array<ArrayBuffer>, index: number): Float64Array<ArrayBuffer> {
	if (index < array.length) return array;
	const larger = new Float64Array(array.length * 2);
	larger.set(array);
	return larger;
}
