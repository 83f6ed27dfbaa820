import { PAGE_BYTES } from './shared-memory';

/** What 32-bit addresses reach. */
const ADDRESS_SPACE = 2 ** 32;

/** Links a row gets in the graph, and is cut back to. */
export const WANTED_LINKS = 32;

/** Links there is room for: cutting back costs far more than adding, so it is not done at each. */
export const MAX_LINKS = 44;

/** Rows scored at a time: scores that stay in the CPU's cache. */
export const LIST_ROWS = 16_384;

/** The widest walk through the graph. */
export const MAX_BREADTH = 4_096;

/**
 * Rows that a walk through the graph may begin at, and that the background of a query is estimated
 * from: with 512 the mean is known to a twentieth of the deviation.
 */
export const SAMPLE_ROWS = 512;

/** Rounds of random signs and a Hadamard transform that a vector is rotated by; two mix well. */
export const ROTATION_ROUNDS = 2;

/** Threads that score rows of one matrix, each at a desk of its own. */
export const SEARCH_DESK = 0;
export const MERGE_DESK = 1;
const GRAPH_DESKS = 2;
export const FIRST_SCAN_DESK = 2;
export const MAX_SCAN_DESKS = 8;
const DESKS = GRAPH_DESKS + MAX_SCAN_DESKS;

/** AssemblyScript's own data lie below. */
const FIRST_BYTE = 4_096;
const HEADER_BYTES = 64;

/** Places in the header, as 32-bit integers. */
export const HEADER_COUNT = 0;
export const HEADER_LINKED = 1;

/** From a row's begin. */
export const ROW_SCALE = 0;
export const ROW_LINK_COUNT = 4;
export const ROW_LIVE = 8;
export const ROW_LINKS = 16;

export interface Desk {
	floats: number;
	query: number;
	list: number;
	scores: number;
	poolScores: number;
	poolRows: number;
	/** 0 at desks that only scan. */
	seen: number;
	entries: number;
}

/** Byte offsets in the shared memory of one matrix. */
export interface MatrixLayout {
	dimension: number;
	/** Bytes of a code: the dimension, rounded up to 16. */
	padded: number;
	header: number;
	signs: number;
	spread: number;
	desks: Desk[];
	/** The first row, and from each row to the next. */
	rows: number;
	stride: number;
	/** From a row's begin to its code. */
	code: number;
	/** Rows that fit. */
	maxRows: number;
}

const layouts = new Map<number, MatrixLayout>();

/** The same for everybody who knows the dimension. */
export function layoutOf(dimension: number): MatrixLayout {
	let layout = layouts.get(dimension);
	if (!layout) layouts.set(dimension, (layout = layOut(dimension)));
	return layout;
}

function layOut(dimension: number): MatrixLayout {
	const padded = roundUp(dimension, 16);
	const code = ROW_LINKS + 4 * MAX_LINKS;
	const stride = code + padded;
	let at = FIRST_BYTE;
	const take = (bytes: number) => {
		const taken = at;
		at = roundUp(at + bytes, 64);
		return taken;
	};
	const header = take(HEADER_BYTES);
	const signs = take(4 * ROTATION_ROUNDS * padded);
	const spread = take(4 * dimension);
	const desks = Array.from({ length: DESKS }, () => ({
		floats: take(8 * padded),
		query: take(2 * padded),
		list: take(4 * LIST_ROWS),
		scores: take(4 * LIST_ROWS),
		poolScores: take(4 * (MAX_BREADTH + 1)),
		poolRows: take(4 * (MAX_BREADTH + 1)),
		entries: take(4 * SAMPLE_ROWS),
		seen: 0,
	}));
	// Rows come last, since their number is not known; pages that nobody touches take no memory.
	const room = ADDRESS_SPACE - at - GRAPH_DESKS * 64 - PAGE_BYTES;
	const maxRows = Math.floor(room / (stride + GRAPH_DESKS));
	for (const desk of desks.slice(0, GRAPH_DESKS)) desk.seen = take(maxRows);
	return { dimension, padded, header, signs, spread, desks, rows: at, stride, code, maxRows };
}

function roundUp(value: number, to: number): number {
	return Math.ceil(value / to) * to;
}
