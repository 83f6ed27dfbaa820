import { codeBytes, SCALE_BYTES } from './encoder';
import { createMatrixMemory, Kernel } from './kernel';
import {
	HEADER_COUNT,
	HEADER_LINKED,
	layoutOf,
	ROW_LIVE,
	ROW_SCALE,
	SEARCH_DESK,
	type MatrixLayout,
} from './matrix-layout';
import { growTo, type SharedMemory } from './shared-memory';

/** Memory grows by so much at a time; pages that were not touched take none. */
const GROW_BYTES = 16 * 1024 * 1024;

/** Rows as a background thread read or copied them. */
export interface FilledRows {
	memory: SharedMemory;
	dimension: number;
	/** By row. */
	photos: Float64Array<ArrayBuffer>;
	seqs: Float64Array<ArrayBuffer>;
	/** Tombstones among the rows, ascending. */
	dead: Uint32Array<ArrayBuffer>;
	largestScale: number;
}

/**
 * All vectors of one generation as rows of 8-bit codes in shared memory, with the links of a graph.
 * Append-only: a replaced or deleted vector becomes a tombstone, so a thread that scans never sees
 * half a row. `photo` is the photo's integer key, `seq` the vector's: ever rising, so rows are in
 * order of `seq`. Only the main thread appends and deletes; only the background thread links.
 */
export class VectorMatrix {
	readonly layout: MatrixLayout;
	readonly memory: SharedMemory;
	/** The main thread's. */
	readonly kernel: Kernel;
	readonly #header: Int32Array<SharedArrayBuffer>;
	#heads: DataView<SharedArrayBuffer>;
	#bytes: Uint8Array<SharedArrayBuffer>;
	#photos: Float64Array<ArrayBuffer>;
	#seqs: Float64Array<ArrayBuffer>;
	/** One more than the row of a photo; 0 if it has none. */
	#rowOfPhoto = new Uint32Array(1_024);
	#count = 0;
	#live = 0;
	/** Largest step of a code: what rounding can be off by depends on it. */
	#largestScale = 0;

	constructor(
		readonly dimension: number,
		filled?: FilledRows,
	) {
		this.layout = layoutOf(dimension);
		this.memory = filled?.memory ?? createMatrixMemory(this.layout);
		this.kernel = new Kernel(this.memory, dimension, SEARCH_DESK);
		this.#header = new Int32Array(this.memory.buffer, this.layout.header, 16);
		this.#heads = new DataView(this.memory.buffer);
		this.#bytes = new Uint8Array(this.memory.buffer);
		this.#photos = filled?.photos ?? new Float64Array(1_024);
		this.#seqs = filled?.seqs ?? new Float64Array(1_024);
		if (filled) this.#adopt(filled);
	}

	/** Rows ever appended, tombstones included. */
	get rows(): number {
		return this.#count;
	}

	get live(): number {
		return this.#live;
	}

	/** Rows that can still be appended: all that 32-bit addresses reach, 4 million of 768 numbers. */
	get room(): number {
		return this.layout.maxRows - this.#count;
	}

	get dead(): number {
		return this.#count - this.#live;
	}

	/** Rows below this are in the graph. */
	get linked(): number {
		return Atomics.load(this.#header, HEADER_LINKED);
	}

	get bytesInMemory(): number {
		return (
			this.#count * this.layout.stride +
			this.#photos.byteLength +
			this.#seqs.byteLength +
			this.#rowOfPhoto.byteLength
		);
	}

	/**
	 * How far the cosine of a query and a code may be from the vector's own, four standard deviations:
	 * rounding to steps of `scale` is off by scale/√12 in each direction.
	 */
	get scoreError(): number {
		return (4 * this.#largestScale) / Math.sqrt(12);
	}

	/** Last `seq` of all rows; -1 without rows. */
	get lastSeq(): number {
		return this.#count === 0 ? -1 : this.#seqs[this.#count - 1]!;
	}

	/** Appends; a row the photo had before becomes a tombstone. @param code of an Encoder */
	put(photo: number, seq: number, code: Uint8Array): void {
		if (code.length !== codeBytes(this.dimension))
			throw new RangeError('not a code of this matrix');
		const row = this.#appendRow(photo, seq);
		const at = this.#headOf(row);
		this.#bytes.set(code.subarray(0, SCALE_BYTES), at + ROW_SCALE);
		this.#bytes.set(code.subarray(SCALE_BYTES), at + this.layout.code);
		this.#publish(photo, row);
	}

	/** Appends a copy of another matrix's row. */
	putCopy(other: VectorMatrix, row: number): void {
		const { stride, code, padded } = this.layout;
		const photo = other.photoOf(row);
		const copy = this.#appendRow(photo, other.seqOf(row));
		const from = other.layout.rows + row * stride;
		const to = this.layout.rows + copy * stride;
		this.#heads.setFloat32(to + ROW_SCALE, other.#heads.getFloat32(from + ROW_SCALE, true), true);
		const codes = new Uint8Array(other.memory.buffer, from + code, padded);
		this.#bytes.set(codes, to + code);
		this.#publish(photo, copy);
	}

	remove(photo: number): void {
		const row = this.rowOf(photo);
		if (row === undefined) return;
		this.#rowOfPhoto[photo] = 0;
		this.#heads.setUint32(this.#headOf(row) + ROW_LIVE, 0, true);
		this.#live--;
	}

	rowOf(photo: number): number | undefined {
		const row = this.#rowOfPhoto[photo];
		return row ? row - 1 : undefined;
	}

	/** The row of a vector, live or not; `undefined` if there is none. */
	rowOfSeq(seq: number): number | undefined {
		const row = this.rowsUpTo(seq) - 1;
		return row >= 0 && this.#seqs[row] === seq ? row : undefined;
	}

	/** Rows whose vectors were written up to `seq`: they come first. */
	rowsUpTo(seq: number): number {
		let low = 0;
		let high = this.#count;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (this.#seqs[middle]! <= seq) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** The photo a row belongs, or belonged, to. */
	photoOf(row: number): number {
		return this.#photos[row]!;
	}

	seqOf(row: number): number {
		return this.#seqs[row]!;
	}

	/** Of the first `count` rows, for a background thread. */
	seqs(count: number): Float64Array<ArrayBuffer> {
		return this.#seqs.slice(0, count);
	}

	photos(count: number): Float64Array<ArrayBuffer> {
		return this.#photos.slice(0, count);
	}

	isLive(row: number): boolean {
		return this.#heads.getUint32(this.#headOf(row) + ROW_LIVE, true) === 1;
	}

	/** Rows of these photos, ascending. */
	rowsOf(photos: ArrayLike<number>): Uint32Array<ArrayBuffer> {
		const rows = new Uint32Array(photos.length);
		let n = 0;
		for (let i = 0; i < photos.length; i++) {
			const row = this.#rowOfPhoto[photos[i]!];
			if (row) rows[n++] = row - 1;
		}
		// In order of memory.
		return rows.subarray(0, n).sort();
	}

	#appendRow(photo: number, seq: number): number {
		const row = this.#count;
		if (row >= this.layout.maxRows) throw new RangeError('the matrix is full');
		const end = this.layout.rows + (row + 1) * this.layout.stride;
		if (end > this.#heads.byteLength) {
			growTo(this.memory, Math.min(end + GROW_BYTES, 2 ** 32 - 65_536));
			this.#heads = new DataView(this.memory.buffer);
			this.#bytes = new Uint8Array(this.memory.buffer);
		}
		// Nothing can fail from here on.
		this.remove(photo);
		this.#photos = withRoom(this.#photos, row);
		this.#seqs = withRoom(this.#seqs, row);
		this.#photos[row] = photo;
		this.#seqs[row] = seq;
		return row;
	}

	/** The row is complete: from here on others may see it. */
	#publish(photo: number, row: number): void {
		this.#map(photo, row);
		const head = this.#headOf(row);
		this.#largestScale = Math.max(
			this.#largestScale,
			this.#heads.getFloat32(head + ROW_SCALE, true),
		);
		this.#heads.setUint32(head + ROW_LIVE, 1, true);
		this.#count = row + 1;
		this.#live++;
		Atomics.store(this.#header, HEADER_COUNT, this.#count);
	}

	#map(photo: number, row: number): void {
		if (photo >= this.#rowOfPhoto.length) {
			const larger = new Uint32Array(Math.ceil(1.25 * photo) + 1_024);
			larger.set(this.#rowOfPhoto);
			this.#rowOfPhoto = larger;
		}
		this.#rowOfPhoto[photo] = row + 1;
	}

	#adopt({ photos, dead, largestScale }: FilledRows): void {
		this.#count = photos.length;
		this.#live = photos.length - dead.length;
		this.#largestScale = largestScale;
		let next = 0;
		for (let row = 0; row < photos.length; row++) {
			if (dead[next] === row) next++;
			else this.#map(photos[row]!, row);
		}
		Atomics.store(this.#header, HEADER_COUNT, this.#count);
	}

	#headOf(row: number): number {
		return this.layout.rows + row * this.layout.stride;
	}
}

function withRoom(array: Float64Array<ArrayBuffer>, index: number): Float64Array<ArrayBuffer> {
	if (index < array.length) return array;
	const larger = new Float64Array(Math.ceil(1.25 * array.length) + 1_024);
	larger.set(array);
	return larger;
}
