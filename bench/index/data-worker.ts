/** Worker thread that makes the vectors of a bench, and finds out by brute force which lie nearest. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { VectorKind } from '../../engine/index/vector-index';
import { serve } from '../../engine/worker-rpc';
import { NearestList, type Nearest } from './nearest-list';
import { FILTERS } from './photo-facts';
import { VectorFile } from './vector-file';
import { BLOCK, DIMENSION, VectorMaker, type Draw } from './vector-maker';

export interface MakeRequest {
	/** Must exist. */
	file: string;
	kind: VectorKind;
	draw: Draw;
	count: number;
	/** Every `step`-th block, from this one on. */
	firstBlock: number;
	step: number;
}

export interface TruthRequest {
	file: string;
	queryFile: string;
	queries: number;
	/** Queries that are answered under every filter, too. */
	filteredQueries: number;
	k: number;
	filteredK: number;
	/** Rows of the file. */
	from: number;
	to: number;
}

export interface TruthAnswer {
	/** By query. */
	all: Nearest[];
	/** By filter, by query. */
	filtered: Nearest[][];
}

function make({ file, kind, draw, count, firstBlock, step }: MakeRequest): void {
	const maker = new VectorMaker(kind);
	const fd = openSync(file, 'r+');
	try {
		for (let block = firstBlock; block * BLOCK < count; block += step) {
			const rows = new Float32Array(Math.min(BLOCK, count - block * BLOCK) * DIMENSION);
			maker.fill(rows, draw, block);
			const bytes = Buffer.from(rows.buffer);
			const position = block * BLOCK * 4 * DIMENSION;
			for (let done = 0; done < bytes.length; ) {
				done += writeSync(fd, bytes, done, bytes.length - done, position + done);
			}
		}
	} finally {
		closeSync(fd);
	}
}

/** Rows whose products with the queries are taken at once: small enough for the nearest cache. */
const TILE = 256;

function truth(request: TruthRequest): TruthAnswer {
	const queryFile = new VectorFile(request.queryFile);
	const padded = Math.ceil(request.queries / 4) * 4;
	const queries = new Float64Array(padded * DIMENSION);
	queries.set(queryFile.read(0, request.queries));
	queryFile.close();
	const lists = (k: number, count: number) =>
		Array.from({ length: count }, () => new NearestList(k));
	const all = lists(request.k, request.queries);
	const filtered = FILTERS.map(() => lists(request.filteredK, request.filteredQueries));
	const products = new Float64Array(padded * TILE);
	const rows = new VectorFile(request.file);
	for (let from = request.from; from < request.to; from += TILE) {
		const count = Math.min(TILE, request.to - from);
		multiply(Float64Array.from(rows.read(from, count)), queries, products);
		all.forEach((list, q) => {
			for (let i = 0; i < count; i++) list.offer(from + i, products[q * TILE + i]!);
		});
		FILTERS.forEach(({ passes }, f) => {
			for (let i = 0; i < count; i++) {
				if (!passes(from + i)) continue;
				filtered[f]!.forEach((list, q) => list.offer(from + i, products[q * TILE + i]!));
			}
		});
	}
	rows.close();
	return {
		all: all.map((list) => list.toNearest()),
		filtered: filtered.map((perQuery) => perQuery.map((list) => list.toNearest())),
	};
}

/** Products of every query with every row, in double precision; two rows and four queries at a time. */
function multiply(rows: Float64Array, queries: Float64Array, products: Float64Array): void {
	const count = rows.length / DIMENSION;
	for (let q = 0; q < queries.length / DIMENSION; q += 4) {
		for (let row = 0; row < count; row += 2) {
			const second = row + 1 < count ? DIMENSION : 0;
			let a = 0;
			let b = 0;
			let c = 0;
			let d = 0;
			let e = 0;
			let f = 0;
			let g = 0;
			let h = 0;
			const end = (q + 1) * DIMENSION;
			for (let i = q * DIMENSION, r = row * DIMENSION; i < end; i++, r++) {
				const x = rows[r]!;
				const y = rows[r + second]!;
				const q0 = queries[i]!;
				const q1 = queries[i + DIMENSION]!;
				const q2 = queries[i + 2 * DIMENSION]!;
				const q3 = queries[i + 3 * DIMENSION]!;
				a += x * q0;
				b += x * q1;
				c += x * q2;
				d += x * q3;
				e += y * q0;
				f += y * q1;
				g += y * q2;
				h += y * q3;
			}
			const at = q * TILE + row;
			products[at] = a;
			products[at + TILE] = b;
			products[at + 2 * TILE] = c;
			products[at + 3 * TILE] = d;
			if (!second) continue;
			products[at + 1] = e;
			products[at + TILE + 1] = f;
			products[at + 2 * TILE + 1] = g;
			products[at + 3 * TILE + 1] = h;
		}
	}
}

const handlers = { make, truth };
export type DataHandlers = typeof handlers;
serve(handlers);
