import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	layoutOf,
	MAX_LINKS,
	SAMPLE_ROWS,
	ROTATION_ROUNDS,
	WANTED_LINKS,
	type MatrixLayout,
} from './matrix-layout';
import { writeSample } from './sample';
import {
	compileWasm,
	createSharedMemory,
	instantiateWasm,
	type SharedMemory,
} from './shared-memory';

interface Exports {
	configure(
		dimension: number,
		maxLinks: number,
		header: number,
		rows: number,
		floats: number,
		query: number,
		list: number,
		scores: number,
		poolScores: number,
		poolRows: number,
		seen: number,
		entries: number,
	): void;
	rotate(block: number, rounds: number, signs: number, spread: number): void;
	quantise(row: number): void;
	prepareQuery(): void;
	scoreRange(first: number, count: number): void;
	scoreList(count: number): void;
	search(breadth: number, sampled: number): number;
	link(row: number, breadth: number, wanted: number, sampled: number): void;
}

/** Rows and their scores. */
export interface Sample {
	rows: Uint32Array;
	scores: Float32Array;
}

/** Compiled at the first use; a worker thread compiles its own. */
let compiled: object | undefined;
const CODE_FILE = join(__dirname, 'vectors.wasm');

/** An empty shared memory for vectors of this dimension, with the tables of their rotation. */
export function createMatrixMemory(layout: MatrixLayout): SharedMemory {
	const memory = createSharedMemory(layout.rows);
	writeRotation(memory, layout);
	return memory;
}

/**
 * The compiled code of simd/ at work on the shared memory of one matrix, at one desk: one instance
 * per thread. Rows are numbers below the matrix's count.
 */
export class Kernel {
	readonly layout: MatrixLayout;
	readonly #exports: Exports;
	readonly #block: number;
	readonly #floats: Float32Array;
	readonly #list: Uint32Array;
	/** Scores of the last {@link scoreRange} or {@link scoreList}; overwritten by the next. */
	readonly scores: Float32Array;
	readonly #poolScores: Float32Array;
	readonly #poolRows: Uint32Array;
	readonly #entries: Uint32Array;
	#sampledOf = -1;
	#sampled = 0;

	constructor(memory: SharedMemory, dimension: number, desk: number) {
		this.layout = layoutOf(dimension);
		this.#block = largestPowerOfTwoIn(dimension);
		compiled ??= compileWasm(readFileSync(CODE_FILE));
		this.#exports = instantiateWasm(compiled, memory) as Exports;
		const { floats, query, list, scores, poolScores, poolRows, seen, entries } =
			this.layout.desks[desk]!;
		this.#exports.configure(
			...([dimension, MAX_LINKS, this.layout.header, this.layout.rows] as const),
			...([floats, query, list, scores, poolScores, poolRows, seen, entries] as const),
		);
		const { buffer } = memory;
		this.#floats = new Float32Array(buffer, floats, dimension);
		const listLength = (scores - list) / 4;
		this.#list = new Uint32Array(buffer, list, listLength);
		this.scores = new Float32Array(buffer, scores, listLength);
		const poolLength = (poolRows - poolScores) / 4;
		this.#poolScores = new Float32Array(buffer, poolScores, poolLength);
		this.#poolRows = new Uint32Array(buffer, poolRows, poolLength);
		this.#entries = new Uint32Array(buffer, entries, SAMPLE_ROWS);
	}

	/** Makes a vector the query. @param vector unit length */
	setQuery(vector: Float32Array): void {
		this.#rotate(vector);
		this.#exports.prepareQuery();
	}

	/** Makes a vector the query that is in the codes' own, rotated space. */
	setRotatedQuery(vector: Float32Array): void {
		this.#floats.set(vector);
		this.#exports.prepareQuery();
	}

	/** Writes a vector's code to a row whose memory is there. @param vector unit length */
	quantise(vector: Float32Array, row: number): void {
		this.#rotate(vector);
		this.#exports.quantise(row);
	}

	/** Fills {@link scores} with those of at most LIST_ROWS rows. */
	scoreRange(first: number, count: number): void {
		this.#exports.scoreRange(first, count);
	}

	/** The same for the rows of a list. */
	scoreList(rows: Uint32Array): void {
		this.#list.set(rows);
		this.#exports.scoreList(rows.length);
	}

	/**
	 * The rows a walk through the graph finds, best first, tombstones included, and the sample it began
	 * at. Views that the next call overwrites.
	 *
	 * @param breadth rows kept in view; at most MAX_BREADTH
	 * @param linked rows in the graph
	 */
	search(
		breadth: number,
		linked: number,
	): { rows: Uint32Array; scores: Float32Array; sample: Sample } {
		const sampled = this.#sample(linked, SAMPLE_ROWS);
		const found = this.#exports.search(breadth, sampled);
		const sample = {
			rows: this.#entries.subarray(0, sampled),
			scores: this.scores.subarray(0, sampled),
		};
		return {
			rows: this.#poolRows.subarray(0, found),
			scores: this.#poolScores.subarray(0, found),
			sample,
		};
	}

	/** A sample of the first `count` rows; always the same until many more are added. */
	scoreSample(count: number): Sample {
		const rows = this.#entries.subarray(0, this.#sample(count, SAMPLE_ROWS));
		this.scoreList(rows);
		return { rows, scores: this.scores.subarray(0, rows.length) };
	}

	/** Links a row to rows before it, all of which are linked or dead. */
	link(row: number, breadth: number, sample: number): void {
		const sampled = this.#sample(row, Math.min(sample, SAMPLE_ROWS));
		this.#exports.link(row, breadth, WANTED_LINKS, sampled);
	}

	/** A sample of the first `count` rows; not renewed for every single row that is added. */
	#sample(count: number, size: number): number {
		const from = count < 2 * size ? count : count - (count % 256);
		if (this.#sampledOf === from) return this.#sampled;
		this.#sampledOf = from;
		this.#sampled = Math.min(size, from);
		writeSample(this.#entries.subarray(0, this.#sampled), from);
		return this.#sampled;
	}

	#rotate(vector: Float32Array): void {
		this.#floats.set(vector);
		this.#exports.rotate(this.#block, ROTATION_ROUNDS, this.layout.signs, this.layout.spread);
	}
}

function writeRotation(memory: SharedMemory, layout: MatrixLayout): void {
	const { dimension, padded } = layout;
	const block = largestPowerOfTwoIn(dimension);
	const signs = new Float32Array(memory.buffer, layout.signs, ROTATION_ROUNDS * padded);
	// Numerical Recipes' LCG: codes on disk depend on these numbers, so they are never to change.
	let state = 1;
	for (let i = 0; i < signs.length; i++) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		signs[i] = (state >>> 31 ? -1 : 1) / Math.sqrt(block);
	}
	const blocks = dimension / block;
	const spread = new Uint32Array(memory.buffer, layout.spread, dimension);
	// Neighbours go to different blocks: a transposition.
	for (let i = 0; i < dimension; i++) {
		spread[i] = (i % blocks) * block + Math.floor(i / blocks);
	}
}

function largestPowerOfTwoIn(n: number): number {
	return n & -n;
}
