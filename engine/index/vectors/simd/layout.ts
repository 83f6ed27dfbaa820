/**
 * Where things are in the shared memory of one matrix. Each thread has an instance of its own, so
 * these are the thread's: the rows are shared, the desk is not. The host lays out both
 * (matrix-layout.ts).
 */

/*
 * A row: scale (f32), number of links (u32), whether it is live (u32), a row that only this one leads
 * to or 0 (u32), the links (u32 each), and the code (i8 each, padded with zeros to 16).
 */
export const LINK_COUNT: usize = 4;
export const FOLLOWER: usize = 12;
export const LINKS: usize = 16;

/** Numbers of a vector, and of its code with the padding. */
export let dimension: usize = 0;
export let padded: usize = 0;
/** Most links of a row. */
export let maxLinks: u32 = 0;
export let rows: usize = 0;
export let stride: usize = 0;
/** Begins with the number of rows (u32). */
export let header: usize = 0;
/** From a row to its code. */
export let code: usize = 0;
/** Two float32 vectors: what comes in, and room to rotate it. */
export let floats: usize = 0;
/** The query as i16. */
export let query: usize = 0;
/** Rows to score (u32) and their scores (f32). */
export let list: usize = 0;
export let scores: usize = 0;
/** The best rows of a search so far: scores (f32), and rows (u32) with a bit for those expanded. */
export let poolScores: usize = 0;
export let poolRows: usize = 0;
/** A byte per row: the number of the search that saw it last. */
export let seen: usize = 0;
/** Where a search may begin (u32 each). */
export let entries: usize = 0;

export function configure(
	dimension_: u32,
	maxLinks_: u32,
	header_: usize,
	rows_: usize,
	floats_: usize,
	query_: usize,
	list_: usize,
	scores_: usize,
	poolScores_: usize,
	poolRows_: usize,
	seen_: usize,
	entries_: usize,
): void {
	dimension = dimension_;
	padded = (dimension_ + 15) & ~15;
	maxLinks = maxLinks_;
	header = header_;
	code = LINKS + 4 * maxLinks_;
	stride = code + padded;
	rows = rows_;
	floats = floats_;
	query = query_;
	list = list_;
	scores = scores_;
	poolScores = poolScores_;
	poolRows = poolRows_;
	seen = seen_;
	entries = entries_;
}

export function rowAt(row: u32): usize {
	return rows + <usize>row * stride;
}
