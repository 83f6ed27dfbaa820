import { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../../errors';
import { vectorChecksum } from '../catalogue/checksum';
import { isIntact } from '../catalogue/vector-check';
import { createMatrixMemory, Kernel } from './kernel';
import type { FilledRows } from './matrix';
import {
	HEADER_LINKED,
	layoutOf,
	MERGE_DESK,
	ROW_LIVE,
	ROW_SCALE,
	type MatrixLayout,
} from './matrix-layout';
import { growTo, type SharedMemory } from './shared-memory';
import { ROWS_FORMAT, RowsReader } from './snapshot-file';

export interface FillRequest {
	/** photos.db */
	database: string;
	generation: number;
	dimension: number;
	/** The file that counts, if there is one. */
	snapshot: RowsSnapshot | undefined;
}

export interface RowsSnapshot {
	file: string;
	checksum: string;
	lastSeq: number;
	rows: number;
	/** `seq`s of stored vectors that it lacks because they were damaged. */
	damaged: number[];
}

export interface Filled extends FilledRows {
	/** Rows that came from the snapshot. */
	restored: number;
	/** `seq`s of stored vectors that are damaged and were left out. */
	damaged: number[];
	/** Why there was a snapshot that could not be used. */
	problem: string | undefined;
}

/** Rows between two turns of the event loop. */
const SLICE_ROWS = 2_000;

/**
 * The rows of a generation: from its snapshot, less what was deleted and with what was written since;
 * all of them from SQLite where the snapshot is missing or not right.
 */
export async function fillRows(request: FillRequest): Promise<Filled> {
	const db = new DatabaseSync(request.database, { readOnly: true, timeout: 10_000 });
	try {
		// One moment of the database for all that is read.
		db.exec('BEGIN');
		const { snapshot } = request;
		if (!snapshot) return await new Filler(request, db).all();
		try {
			return await new Filler(request, db).restore(snapshot);
		} catch (error) {
			const filled = await new Filler(request, db).all();
			return { ...filled, problem: messageOf(error) };
		}
	} finally {
		db.close();
	}
}

class Filler {
	readonly #db: DatabaseSync;
	readonly #generation: number;
	readonly #dimension: number;
	readonly #layout: MatrixLayout;
	readonly #memory: SharedMemory;
	readonly #kernel: Kernel;
	#photos = new Float64Array(0);
	#seqs = new Float64Array(0);
	#count = 0;
	#live = 0;
	#damaged: number[] = [];

	constructor({ generation, dimension }: FillRequest, db: DatabaseSync) {
		this.#db = db;
		this.#generation = generation;
		this.#dimension = dimension;
		this.#layout = layoutOf(dimension);
		this.#memory = createMatrixMemory(this.#layout);
		this.#kernel = new Kernel(this.#memory, dimension, MERGE_DESK);
	}

	async all(): Promise<Filled> {
		await this.#append(-1);
		return this.#filled(0);
	}

	/** @throws Error if the file is not what the database says, or does not lead to what it holds */
	async restore(snapshot: RowsSnapshot): Promise<Filled> {
		this.#readFile(snapshot);
		const restored = this.#count;
		this.#bury();
		await this.#append(snapshot.lastSeq);
		const stored = this.#storedVectors();
		this.#damaged.push(...this.#stillStored(snapshot.damaged));
		if (this.#live + this.#damaged.length !== stored) {
			throw new Error(`it leads to ${this.#live} vectors, but ${stored} are stored`);
		}
		return this.#filled(restored);
	}

	#readFile({ file, checksum, rows }: RowsSnapshot): void {
		const reader = new RowsReader(file);
		try {
			const { head } = reader;
			if (head.format !== ROWS_FORMAT) throw new Error('it is of another version');
			if (head.dimension !== this.#dimension || head.count !== rows) {
				throw new Error(
					`it holds ${head.count} × ${head.dimension}, not ${rows} × ${this.#dimension}`,
				);
			}
			this.#makeRoom(rows);
			reader.read(bytesOf(this.#photos, rows));
			reader.read(bytesOf(this.#seqs, rows));
			const { rows: first, stride, header } = this.#layout;
			reader.read(new Uint8Array(this.#memory.buffer, first, rows * stride));
			if (reader.checksum !== checksum) throw new Error('its checksum is wrong');
			new Int32Array(this.#memory.buffer, header, 16)[HEADER_LINKED] = head.linked;
			this.#count = rows;
			const heads = new DataView(this.#memory.buffer);
			for (let row = 0; row < rows; row++) {
				if (heads.getUint32(first + row * stride + ROW_LIVE, true) === 1) this.#live++;
			}
		} finally {
			reader.close();
		}
	}

	/** Marks what was deleted since the snapshot. */
	#bury(): void {
		const heads = new DataView(this.#memory.buffer);
		const { rows, stride } = this.#layout;
		const gone = this.#db.prepare('SELECT seq FROM gone WHERE generation = ?');
		for (const { seq } of gone.iterate(this.#generation)) {
			const row = indexOf(this.#seqs, this.#count, Number(seq));
			if (row < 0) continue;
			const at = rows + row * stride + ROW_LIVE;
			if (heads.getUint32(at, true) === 1) this.#live--;
			heads.setUint32(at, 0, true);
		}
	}

	/** Adds the vectors that were written after `seq`. */
	async #append(seq: number): Promise<void> {
		const statement = this.#db.prepare(
			`SELECT seq, photo, vector, checksum FROM vectors
			WHERE generation = ? AND seq > ? ORDER BY seq`,
		);
		statement.setReturnArrays(true);
		const vector = new Float32Array(this.#dimension);
		const bytes = new Uint8Array(vector.buffer);
		let seen = 0;
		for (const row of statement.iterate(this.#generation, seq) as Iterable<unknown[]>) {
			if (++seen % SLICE_ROWS === 0) await new Promise((resolve) => setImmediate(resolve));
			const stored = row[2];
			if (!(stored instanceof Uint8Array) || stored.length !== bytes.length) {
				this.#damaged.push(Number(row[0]));
				continue;
			}
			bytes.set(stored);
			// Rows of an older schema got their checksum late: bytes that were damaged before have a right one.
			if (vectorChecksum(stored) !== row[3] || !isIntact(vector)) {
				this.#damaged.push(Number(row[0]));
				continue;
			}
			this.#put(Number(row[0]), Number(row[1]), vector);
		}
	}

	#put(seq: number, photo: number, vector: Float32Array): void {
		this.#makeRoom(this.#count + 1);
		const row = this.#count++;
		this.#photos[row] = photo;
		this.#seqs[row] = seq;
		this.#kernel.quantise(vector, row);
		const { rows, stride } = this.#layout;
		new DataView(this.#memory.buffer).setUint32(rows + row * stride + ROW_LIVE, 1, true);
		this.#live++;
	}

	#makeRoom(count: number): void {
		const { rows, stride } = this.#layout;
		growTo(this.#memory, rows + count * stride);
		if (count <= this.#photos.length) return;
		const length = Math.max(count, Math.ceil(1.5 * this.#photos.length), 1_024);
		this.#photos = resized(this.#photos, length);
		this.#seqs = resized(this.#seqs, length);
	}

	#stillStored(seqs: number[]): number[] {
		const statement = this.#db.prepare(
			`SELECT seq FROM vectors
			WHERE generation = ? AND seq IN (SELECT value FROM json_each(?))`,
		);
		const rows = statement.all(this.#generation, JSON.stringify(seqs));
		return rows.map(({ seq }) => Number(seq));
	}

	#storedVectors(): number {
		const statement = this.#db.prepare('SELECT count(*) AS n FROM vectors WHERE generation = ?');
		return Number(statement.get(this.#generation)?.n);
	}

	#filled(restored: number): Filled {
		const { rows, stride } = this.#layout;
		const heads = new DataView(this.#memory.buffer);
		const dead: number[] = [];
		let largestScale = 0;
		for (let row = 0; row < this.#count; row++) {
			const at = rows + row * stride;
			if (heads.getUint32(at + ROW_LIVE, true) !== 1) dead.push(row);
			largestScale = Math.max(largestScale, heads.getFloat32(at + ROW_SCALE, true));
		}
		return {
			dead: Uint32Array.from(dead),
			largestScale,
			memory: this.#memory,
			dimension: this.#dimension,
			photos: this.#photos.slice(0, this.#count),
			seqs: this.#seqs.slice(0, this.#count),
			restored,
			damaged: this.#damaged,
			problem: undefined,
		};
	}
}

function bytesOf(array: Float64Array, length: number): Uint8Array {
	return new Uint8Array(array.buffer, array.byteOffset, 8 * length);
}

function resized(array: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
	const copy = new Float64Array(length);
	copy.set(array);
	return copy;
}

/** Of a value among the first `count` of an ascending array; -1 if it is not there. */
function indexOf(array: Float64Array, count: number, value: number): number {
	let low = 0;
	let high = count;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (array[middle]! < value) low = middle + 1;
		else high = middle;
	}
	return low < count && array[low] === value ? low : -1;
}
