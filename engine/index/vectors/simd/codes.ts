/**
 * Vectors as 8-bit codes. A vector is rotated (so that no few dimensions hold most of its length and
 * coarsen all others), scaled so that its largest number becomes 127, and rounded. Queries keep up to
 * 16 bits, so that the only error is the stored code's: about 0.0003 of cosine at 768 dimensions.
 */
import { code, dimension, floats, list, padded, query, rowAt, scores, stride } from './layout';

/** The sum of all products of 127 and the query's largest number must not overflow 32 bits. */
const MAX_SUM: f64 = 2147483647.0 / 127.0;
const MAX_QUERY: f64 = 32767.0;

/** What one step of the query is worth. */
let queryScale: f32 = 1;

/**
 * Rotates the vector at `floats` in place, by a fixed orthogonal map: in each round signs are flipped,
 * blocks of the largest power of two that divides the dimension pass a Hadamard transform, and the
 * numbers are spread over other blocks. What follows the vector up to its padded length becomes zero.
 *
 * @param signs of each round and dimension: the sign, times what makes the transform orthogonal (f32)
 * @param spread of a dimension: where its number goes (u32)
 */
export function rotate(block: u32, rounds: u32, signs: usize, spread: usize): void {
	const n = <u32>dimension;
	const other = floats + 4 * padded;
	memory.fill(floats + 4 * dimension, 0, 4 * (padded - dimension));
	for (let round: u32 = 0; round < rounds; round++) {
		// Rounds of signs are as long as a code, so that whole registers are read.
		const flips = signs + 4 * padded * round;
		for (let i: usize = 0; i < 4 * padded; i += 16) {
			v128.store(floats + i, f32x4.mul(v128.load(floats + i), v128.load(flips + i)));
		}
		for (let start: u32 = 0; start < n; start += block) hadamard(floats + 4 * start, block);
		for (let i: u32 = 0; i < n; i++) {
			store<f32>(other + 4 * load<u32>(spread + 4 * i), load<f32>(floats + 4 * i));
		}
		memory.copy(floats, other, 4 * n);
	}
}

function hadamard(at: usize, n: u32): void {
	if (n < 4) {
		if (n === 2) butterfly(at, at + 4);
		return;
	}
	const end = at + 4 * n;
	const alternate = f32x4(1, -1, 1, -1);
	const halves = f32x4(1, 1, -1, -1);
	for (let i = at; i < end; i += 16) {
		let x = v128.load(i);
		x = f32x4.add(
			v128.shuffle<f32>(x, x, 0, 0, 2, 2),
			f32x4.mul(v128.shuffle<f32>(x, x, 1, 1, 3, 3), alternate),
		);
		x = f32x4.add(
			v128.shuffle<f32>(x, x, 0, 1, 0, 1),
			f32x4.mul(v128.shuffle<f32>(x, x, 2, 3, 2, 3), halves),
		);
		v128.store(i, x);
	}
	for (let half: usize = 16; half < 4 * <usize>n; half <<= 1) {
		for (let start = at; start < end; start += 2 * half) {
			for (let a = start; a < start + half; a += 16) {
				const x = v128.load(a);
				const y = v128.load(a + half);
				v128.store(a, f32x4.add(x, y));
				v128.store(a + half, f32x4.sub(x, y));
			}
		}
	}
}

function butterfly(a: usize, b: usize): void {
	const x = load<f32>(a);
	const y = load<f32>(b);
	store<f32>(a, x + y);
	store<f32>(b, x - y);
}

/** Largest of |x|. */
function reach(): f32 {
	let most = f32x4.splat(0);
	for (let i: usize = 0; i < 4 * padded; i += 16) {
		most = f32x4.max(most, f32x4.abs(v128.load(floats + i)));
	}
	return max(
		max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
		max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
	);
}

/** Eight numbers at `at`, multiplied and rounded, as i16. */
function rounded(at: usize, steps: v128): v128 {
	return i16x8.narrow_i32x4_s(
		i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(at), steps))),
		i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(at, 16), steps))),
	);
}

/** Writes the code of the vector at `floats`, which has unit length, to a row. */
export function quantise(row: u32): void {
	const at = rowAt(row);
	const most = reach();
	const steps = f32x4.splat(most > 0 ? 127.0 / most : 0);
	store<f32>(at, most / 127.0);
	for (let i: usize = 0; i < padded; i += 16) {
		const from = floats + 4 * i;
		const codes = i8x16.narrow_i16x8_s(rounded(from, steps), rounded(from + 32, steps));
		v128.store(at + code + i, codes);
	}
}

/** Makes the vector at `floats` the query. */
export function prepareQuery(): void {
	const most = reach();
	// Whole, so that nothing is rounded to more.
	const limit = <f32>Math.floor(min(MAX_QUERY, MAX_SUM / <f64>padded));
	const steps = f32x4.splat(most > 0 ? limit / most : 0);
	queryScale = most / limit;
	for (let i: usize = 0; i < padded; i += 8) {
		v128.store(query + 2 * i, rounded(floats + 4 * i, steps));
	}
}

/** Makes a row the query. */
export function prepareRow(row: u32): void {
	const at = rowAt(row);
	queryScale = load<f32>(at);
	for (let i: usize = 0; i < padded; i += 8) {
		v128.store(query + 2 * i, v128.load8x8_s(at + code + i));
	}
}

function sumLanes(sum: v128): i32 {
	return (
		i32x4.extract_lane(sum, 0) +
		i32x4.extract_lane(sum, 1) +
		i32x4.extract_lane(sum, 2) +
		i32x4.extract_lane(sum, 3)
	);
}

/** Cosine of the query and a row, as far as its code knows it. */
export function scoreRow(row: u32): f32 {
	const at = rowAt(row);
	let c = at + code;
	const end = c + padded;
	let q = query;
	let even = i32x4.splat(0);
	let odd = i32x4.splat(0);
	for (; c < end; c += 16, q += 32) {
		even = i32x4.add(even, i32x4.dot_i16x8_s(v128.load8x8_s(c), v128.load(q)));
		odd = i32x4.add(odd, i32x4.dot_i16x8_s(v128.load8x8_s(c, 8), v128.load(q, 16)));
	}
	return load<f32>(at) * queryScale * <f32>sumLanes(i32x4.add(even, odd));
}

/** Cosine of two rows, as far as their codes know it. */
export function scorePair(a: u32, b: u32): f32 {
	const left = rowAt(a);
	const right = rowAt(b);
	let sum = i32x4.splat(0);
	for (let i: usize = code; i < code + padded; i += 8) {
		sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load8x8_s(left + i), v128.load8x8_s(right + i)));
	}
	return load<f32>(left) * load<f32>(right) * <f32>sumLanes(sum);
}

/** Whether two rows hold the same vector, as far as their codes know it. */
export function haveSameCode(a: u32, b: u32): bool {
	const left = rowAt(a);
	const right = rowAt(b);
	if (load<f32>(left) !== load<f32>(right)) return false;
	for (let i: usize = code; i < code + padded; i += 16) {
		if (v128.any_true(v128.xor(v128.load(left + i), v128.load(right + i)))) return false;
	}
	return true;
}

/** Scores of `count` rows from `first` on, to `scores`. */
export function scoreRange(first: u32, count: u32): void {
	for (let i: u32 = 0; i < count; i++) store<f32>(scores + 4 * i, scoreRow(first + i));
}

/** Bytes that CPUs fetch from memory at once, or more. */
const LINE: usize = 64;

/** Rows fetched together: as much as stays in the fastest cache until it is scored. */
const FETCHED: u32 = 16;

/** What was read last, so that no compiler leaves the reading out. */
export let fetched: v128 = i32x4.splat(0);

/**
 * Reads the `count` rows at `at` (u32 each) without waiting for any of them: rows far apart in memory
 * come several at a time then, instead of one after the other, in a third of the time.
 */
function fetch(at: usize, count: u32): void {
	let all = i32x4.splat(0);
	for (let i: u32 = 0; i < count; i++) {
		const row = rowAt(load<u32>(at + 4 * i));
		all = v128.or(all, v128.load(row));
		for (let line = row + code; line < row + stride; line += LINE) {
			all = v128.or(all, v128.load(line));
		}
	}
	fetched = all;
}

/** Scores of the `count` rows at `rows` (u32 each), to `to` (f32 each). */
export function scoreAll(rows: usize, to: usize, count: u32): void {
	for (let first: u32 = 0; first < count; first += FETCHED) {
		const end = min(count, first + FETCHED);
		fetch(rows + 4 * first, end - first);
		for (let i = first; i < end; i++) {
			store<f32>(to + 4 * i, scoreRow(load<u32>(rows + 4 * i)));
		}
	}
}

/** Scores of the `count` rows at `list`, to `scores`. */
export function scoreList(count: u32): void {
	scoreAll(list, scores, count);
}
