/**
 * AssemblyScript, compiled to WebAssembly SIMD: the two passes of Pillow's resampler.
 *
 * A weight of 22 fixed-point bits does not fit the 16-bit lanes of the one multiplication that adds
 * as well (`i32x4.dot_i16x8_s`). So each weight is split into `high * 2^shift + low`. All sums wrap
 * modulo 2^32, as Pillow's own 32-bit sum does: joined, they are the same bit for bit.
 */

/** 32-bit accumulator, 8-bit pixels, two bits of headroom for kernels with negative lobes. */
const PRECISION_BITS: i32 = 22;
const CHANNELS: usize = 3;
/** Taps of the row pass that one step takes, as bytes of RGB and as bytes of weights. */
const STEP_PIXELS: usize = 8 * CHANNELS;
const STEP_WEIGHTS: usize = 48;
/** An output pixel of the row pass: offset of its first tap, steps, least and greatest low sum. */
const POSITION_BYTES: usize = 16;
/** Two rows' high halves, then their low halves. */
const PAIR_BYTES: usize = 8;
const PAIR_LOW_BITS: i32 = 8;

/*
 * Eight RGB pixels as twelve 16-bit pairs of one channel each, in three registers:
 * R01 G01 B01 R23 | G23 B23 R45 G45 | B45 R67 G67 B67. Each register is picked from a load of its
 * own, which begins at pixel 0, 2 or 4; 0x80 picks a zero. In memory, because V8 builds a constant
 * anew at each use, and `relaxed_swizzle`, because it is one instruction where the mask is no
 * constant; for the indices 0 to 15 and 0x80 it is the same as `swizzle` by definition.
 */
const PAIRS = memory.data<u8>([
	0, 0x80, 3, 0x80, 1, 0x80, 4, 0x80, 2, 0x80, 5, 0x80, 6, 0x80, 9, 0x80, 1, 0x80, 4, 0x80, 2, 0x80,
	5, 0x80, 6, 0x80, 9, 0x80, 7, 0x80, 10, 0x80, 2, 0x80, 5, 0x80, 6, 0x80, 9, 0x80, 7, 0x80, 10,
	0x80, 8, 0x80, 11, 0x80,
]);
const SECOND: usize = 2 * CHANNELS;
const THIRD: usize = 4 * CHANNELS;

function dot(pixels: v128, mask: v128, weights: v128): v128 {
	return i32x4.dot_i16x8_s(i8x16.relaxed_swizzle(pixels, mask), weights);
}

/** The sums of the three registers' lanes as R G B; the fourth lane means nothing. */
function joinChannels(sum0: v128, sum1: v128, sum2: v128): v128 {
	const fourth = v128.shuffle<i32>(v128.shuffle<i32>(sum0, sum1, 3, 7, 3, 7), sum2, 0, 1, 7, 7);
	return i32x4.add(
		i32x4.add(sum0, v128.shuffle<i32>(sum1, sum1, 2, 0, 1, 3)),
		i32x4.add(v128.shuffle<i32>(sum2, sum2, 1, 2, 0, 3), fourth),
	);
}

/** One pixel's sums with one half of the weights. */
function sumTaps(from: usize, end: usize, weights: usize): v128 {
	const mask0 = v128.load(PAIRS);
	const mask1 = v128.load(PAIRS, 16);
	const mask2 = v128.load(PAIRS, 32);
	let sum0 = i32x4.splat(0);
	let sum1 = sum0;
	let sum2 = sum0;
	for (; from < end; from += STEP_PIXELS) {
		sum0 = i32x4.add(sum0, dot(v128.load(from), mask0, v128.load(weights)));
		sum1 = i32x4.add(sum1, dot(v128.load(from, SECOND), mask1, v128.load(weights, 16)));
		sum2 = i32x4.add(sum2, dot(v128.load(from, THIRD), mask2, v128.load(weights, 32)));
		weights += STEP_WEIGHTS;
	}
	return joinChannels(sum0, sum1, sum2);
}

/** @returns the pixel's four bytes for `sum + a`, and above them those for `sum + b` */
function toBytes(sum: v128, a: v128, b: v128): u64 {
	const words = i16x8.narrow_i32x4_s(
		i32x4.shr_s(i32x4.add(sum, a), PRECISION_BITS),
		i32x4.shr_s(i32x4.add(sum, b), PRECISION_BITS),
	);
	return i64x2.extract_lane(i8x16.narrow_i16x8_u(words, words), 0) as u64;
}

function differ(bytes: u64): bool {
	return ((bytes ^ (bytes >> 32)) & 0xffffff) != 0;
}

/**
 * The row pass over two rows at once, which share their weights.
 *
 * The high halves alone nearly always settle a pixel: it is the same whether the low halves' sum is
 * the least or the greatest it can be. Only where these two differ is the low sum computed.
 *
 * @param from RGB rows; up to 28 bytes past a row's end are read and weighed with zero
 * @param to RGB rows of `outWidth`; one byte past a row's end is written
 * @param positions of each output pixel; its low sums include the half that rounds
 * @param weights the high halves, per output pixel step by step
 * @param lowOffset from a high half to its low half
 */
export function resampleTwoRows(
	from: usize,
	fromStride: usize,
	to: usize,
	toStride: usize,
	positions: usize,
	weights: usize,
	lowOffset: usize,
	shift: i32,
	outWidth: usize,
): void {
	const mask0 = v128.load(PAIRS);
	const mask1 = v128.load(PAIRS, 16);
	const mask2 = v128.load(PAIRS, 32);
	const toEnd = to + outWidth * CHANNELS;
	for (; to < toEnd; to += CHANNELS) {
		const start = from + (load<u32>(positions) as usize);
		const end = start + (load<u32>(positions, 4) as usize) * STEP_PIXELS;
		const least = v128.load32_splat(positions, 8);
		const greatest = v128.load32_splat(positions, 12);
		positions += POSITION_BYTES;
		const lowWeights = weights + lowOffset;
		let above0 = i32x4.splat(0);
		let above1 = above0;
		let above2 = above0;
		let below0 = above0;
		let below1 = above0;
		let below2 = above0;
		for (let at = start; at < end; at += STEP_PIXELS) {
			const under = at + fromStride;
			const weights0 = v128.load(weights);
			const weights1 = v128.load(weights, 16);
			const weights2 = v128.load(weights, 32);
			weights += STEP_WEIGHTS;
			above0 = i32x4.add(above0, dot(v128.load(at), mask0, weights0));
			below0 = i32x4.add(below0, dot(v128.load(under), mask0, weights0));
			above1 = i32x4.add(above1, dot(v128.load(at, SECOND), mask1, weights1));
			below1 = i32x4.add(below1, dot(v128.load(under, SECOND), mask1, weights1));
			above2 = i32x4.add(above2, dot(v128.load(at, THIRD), mask2, weights2));
			below2 = i32x4.add(below2, dot(v128.load(under, THIRD), mask2, weights2));
		}
		const above = i32x4.shl(joinChannels(above0, above1, above2), shift);
		let pixel = toBytes(above, least, greatest);
		if (differ(pixel)) pixel = exactly(above, start, end, lowWeights);
		store<u32>(to, pixel as u32);
		const below = i32x4.shl(joinChannels(below0, below1, below2), shift);
		pixel = toBytes(below, least, greatest);
		if (differ(pixel)) pixel = exactly(below, start + fromStride, end + fromStride, lowWeights);
		store<u32>(to + toStride, pixel as u32);
	}
}

function exactly(high: v128, start: usize, end: usize, lowWeights: usize): u64 {
	const half = i32x4.splat(1 << (PRECISION_BITS - 1));
	return toBytes(high, i32x4.add(sumTaps(start, end, lowWeights), half), half);
}

function toLevels(high: v128, low: v128): v128 {
	const half = i32x4.splat(1 << (PRECISION_BITS - 1));
	const sum = i32x4.add(i32x4.shl(high, PAIR_LOW_BITS), low);
	return i32x4.shr_s(i32x4.add(sum, half), PRECISION_BITS);
}

/**
 * One output row of the column pass.
 *
 * @param from the first of `2 * pairs` rows; up to 8 bytes past a row's end are read
 * @param to `length` bytes; up to 7 more are written
 * @param weights per pair of rows
 */
export function resampleColumns(
	from: usize,
	stride: usize,
	to: usize,
	weights: usize,
	pairs: usize,
	length: usize,
): void {
	const weightsEnd = weights + pairs * PAIR_BYTES;
	for (let column: usize = 0; column < length; column += 8) {
		let row = from + column;
		let highA = i32x4.splat(0);
		let highB = highA;
		let lowA = highA;
		let lowB = highA;
		for (let weight = weights; weight < weightsEnd; weight += PAIR_BYTES) {
			const above = v128.load64_zero(row);
			const below = v128.load64_zero(row + stride);
			const both = i8x16.shuffle(
				above,
				below,
				0,
				16,
				1,
				17,
				2,
				18,
				3,
				19,
				4,
				20,
				5,
				21,
				6,
				22,
				7,
				23,
			);
			const pairA = i16x8.extend_low_i8x16_u(both);
			const pairB = i16x8.extend_high_i8x16_u(both);
			const high = v128.load32_splat(weight);
			const low = v128.load32_splat(weight, 4);
			highA = i32x4.add(highA, i32x4.dot_i16x8_s(pairA, high));
			highB = i32x4.add(highB, i32x4.dot_i16x8_s(pairB, high));
			lowA = i32x4.add(lowA, i32x4.dot_i16x8_s(pairA, low));
			lowB = i32x4.add(lowB, i32x4.dot_i16x8_s(pairB, low));
			row += stride << 1;
		}
		const words = i16x8.narrow_i32x4_s(toLevels(highA, lowA), toLevels(highB, lowB));
		v128.store64_lane(to + column, i8x16.narrow_i16x8_u(words, words), 0);
	}
}
