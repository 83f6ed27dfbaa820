/**
 * AssemblyScript, compiled to WebAssembly SIMD: the decoder of ordinary baseline JPEGs, to the same
 * bytes as libjpeg-turbo's default: the accurate integer inverse DCT (`islow`), triangle-filtered
 * chroma ("fancy upsampling") and 16-bit fixed-point YCbCr (jidctint.c, jdsample.c, jdcolor.c there).
 *
 * It works row of blocks by row of blocks, so that pixels go from here to the resampler without ever
 * filling memory with the whole image. Whatever is not plain sailing makes it give up; the caller
 * then asks libvips, which knows how to be tolerant.
 */

/** Bits that one look into a Huffman table takes; see packHuffman in jpeg-plan.ts. */
const LOOK_BITS: u64 = 11;
/** In a table's entry: the value's bits are to be read behind the code. */
const VALUE_FOLLOWS: i32 = 0x40;
/** The code is longer than a look. */
const LONG_CODE: i32 = 0x80;
const MAX_CODE_BITS: u64 = 16;
/** From a Huffman table's start to what long codes need. */
const LONG_LIMITS: usize = 8192;
const LONG_OFFSETS: usize = LONG_LIMITS + 17 * 4;
const SYMBOLS: usize = LONG_OFFSETS + 17 * 4;

/** An end-of-block entry's run: it leads behind every real one. */
const END_OF_BLOCK: i32 = 128;

/**
 * Where the nth coefficient of a block lies (zigzag). An end of block leads up to 128 behind the 64th,
 * to a place that nobody reads.
 */
const ZIGZAG = memory.data<u8>([
	0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
	13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52,
	45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
]);
/** 64 coefficients of 16 bits and the dump; all zero between two blocks. */
const BLOCK = memory.data(144, 16);

/** The next bits of the scan from the top down, and how many of them are there. */
let bits: u64 = 0;
let bitCount: u64 = 0;
let next: usize = 0;

let segment: usize = 0;
let segmentEnd: usize = 0;
let untilRestart: i32 = 0;
let restartInterval: i32 = 0;
let previousDc0: i32 = 0;
let previousDc1: i32 = 0;
let previousDc2: i32 = 0;

/**
 * Takes the stuffed zeros out of a scan's bytes, in place, and cuts it at the restart markers.
 *
 * @param segments gets the end of each segment, 4 bytes each
 * @returns the number of segments, or -1 where no marker ends the scan or too many restarts do
 */
export function unstuff(from: usize, end: usize, segments: usize, maxSegments: i32): i32 {
	let to = from;
	let count = 0;
	while (from + 16 <= end) {
		const some = v128.load(from);
		const marks = i8x16.bitmask(i8x16.eq(some, i8x16.splat(-1)));
		if (marks == 0) {
			v128.store(to, some);
			from += 16;
			to += 16;
			continue;
		}
		for (let before = ctz(marks); before > 0; before--) store<u8>(to++, load<u8>(from++));
		const marker = load<u8>(from, 1);
		if (marker == 0) {
			store<u8>(to++, 0xff);
			from += 2;
		} else if (marker >= 0xd0 && marker <= 0xd7) {
			// A restart out of turn means that something is lost.
			if ((marker & 7) != ((count & 7) as u8) || count == maxSegments) return -1;
			store<u32>(segments + (count++ << 2), to as u32);
			from += 2;
		} else {
			store<u32>(segments + (count << 2), to as u32);
			return marker == 0xd9 ? count + 1 : -1;
		}
	}
	return -1;
}

/** @param segments the ends of the segments, as `unstuff` wrote them */
export function beginScan(from: usize, segments: usize, interval: i32): void {
	next = from;
	segment = segments;
	segmentEnd = load<u32>(segments);
	restartInterval = interval;
	untilRestart = interval;
	bits = 0;
	bitCount = 0;
	previousDc0 = previousDc1 = previousDc2 = 0;
	// A broken scan leaves its last block behind.
	memory.fill(BLOCK, 0, 144);
}

/** Whether no more was read than the segment holds. */
export function withinSegment(): bool {
	return next - ((bitCount >> 3) as usize) <= segmentEnd;
}

function restart(): bool {
	if (!withinSegment()) return false;
	next = segmentEnd;
	segment += 4;
	segmentEnd = load<u32>(segment);
	bits = 0;
	bitCount = 0;
	untilRestart = restartInterval;
	previousDc0 = previousDc1 = previousDc2 = 0;
	return true;
}

const REVERSE = memory.data<u8>(
	[7, 6, 5, 4, 3, 2, 1, 0, 128, 128, 128, 128, 128, 128, 128, 128],
	16,
);

/** Eight bytes, the first one on top. */
function bigEndian(at: usize): u64 {
	const swapped = i8x16.relaxed_swizzle(v128.load64_zero(at), v128.load(REVERSE));
	return i64x2.extract_lane(swapped, 0) as u64;
}

function longCode(table: usize, from: u64): i32 {
	for (let length = LOOK_BITS + 1; length <= MAX_CODE_BITS; length++) {
		const code = (from >> (64 - length)) as i32;
		const at = (length as usize) << 2;
		if (code <= load<i32>(table + at, LONG_LIMITS)) {
			const index = code + load<i32>(table + at, LONG_OFFSETS);
			const symbol = load<u8>(table + index, SYMBOLS) as i32;
			return ((symbol & 15) << 16) | ((symbol >> 4) << 8) | (length as i32);
		}
	}
	return -1;
}

function look(table: usize, buffer: u64): i32 {
	return load<i32>(table + (((buffer >> (64 - LOOK_BITS)) as usize) << 2));
}

function putCoefficient(k: i32, value: i32): void {
	store<i16>(BLOCK + ((load<u8>(ZIGZAG + k) as usize) << 1), value as i16);
}

/** The sign of a value of `size` bits: those of the lower half are negative (ITU T.81, F.2.2.1). */
function extend(value: i32, size: i32): i32 {
	return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
}

/**
 * One block's coefficients to BLOCK.
 *
 * @returns behind which coefficient in zigzag order there are only zeros; -1: the data is broken
 */
function readBlock(dcTable: usize, acTable: usize, previousDc: i32): i32 {
	let buffer = bits;
	let count = bitCount;
	let from = next;

	if (count < 32) {
		buffer |= bigEndian(from) >> count;
		from += ((63 - count) >> 3) as usize;
		count |= 56;
	}
	let entry = look(dcTable, buffer);
	let dc: i32;
	if ((entry & (VALUE_FOLLOWS | LONG_CODE)) == 0) {
		const length = (entry & 31) as u64;
		buffer <<= length;
		count -= length;
		dc = entry >> 16;
	} else {
		if (entry & LONG_CODE) {
			entry = longCode(dcTable, buffer);
			if (entry < 0) return -1;
		}
		const length = (entry & 31) as u64;
		buffer <<= length;
		count -= length;
		const size = (entry >> 16) as u64;
		dc = 0;
		if (size > 0) {
			const value = (buffer >> (64 - size)) as i32;
			buffer <<= size;
			count -= size;
			dc = extend(value, size as i32);
		}
	}
	store<i16>(BLOCK, (previousDc + dc) as i16);

	let k = 1;
	while (k < 64) {
		buffer |= bigEndian(from) >> count;
		from += ((63 - count) >> 3) as usize;
		count |= 56;
		// 56 bits are enough for two short codes with their values and then a long one.
		entry = look(acTable, buffer);
		if ((entry & (VALUE_FOLLOWS | LONG_CODE)) == 0) {
			buffer <<= (entry & 31) as u64;
			count -= (entry & 31) as u64;
			k += (entry >> 8) & 0xff;
			putCoefficient(k++, entry >> 16);
			if (k >= 64) break;
			entry = look(acTable, buffer);
			if ((entry & (VALUE_FOLLOWS | LONG_CODE)) == 0) {
				buffer <<= (entry & 31) as u64;
				count -= (entry & 31) as u64;
				k += (entry >> 8) & 0xff;
				putCoefficient(k++, entry >> 16);
				if (k >= 64) break;
				entry = look(acTable, buffer);
				if ((entry & (VALUE_FOLLOWS | LONG_CODE)) == 0) {
					buffer <<= (entry & 31) as u64;
					count -= (entry & 31) as u64;
					k += (entry >> 8) & 0xff;
					putCoefficient(k++, entry >> 16);
					continue;
				}
			}
		}
		if (entry & LONG_CODE) {
			entry = longCode(acTable, buffer);
			if (entry < 0) return -1;
		}
		const length = (entry & 31) as u64;
		buffer <<= length;
		count -= length;
		const size = (entry >> 16) as u64;
		const run = (entry >> 8) & 0xff;
		if (size == 0) {
			k += run == 15 ? 16 : END_OF_BLOCK + 1;
			continue;
		}
		const value = (buffer >> (64 - size)) as i32;
		buffer <<= size;
		count -= size;
		k += run;
		putCoefficient(k++, extend(value, size as i32));
	}
	bits = buffer;
	bitCount = count;
	next = from;
	if (k > END_OF_BLOCK) return k - END_OF_BLOCK - 1;
	return k == 64 ? 64 : -1;
}

/* The inverse DCT: jidctint.c's multiplications joined to what a pair of inputs adds to an output. */
const CONST_BITS: i32 = 13;
const PASS1_BITS: i32 = 2;
const SHIFT_1: i32 = CONST_BITS - PASS1_BITS;
const SHIFT_2: i32 = CONST_BITS + PASS1_BITS + 3;
/** Eight rows of eight 16-bit lanes. */
const ROWS = memory.data(128, 16);

/** The constants as 16-bit pairs, in the order in which `pass` needs them. */
const CONSTANTS = memory.data<i16>([
	8192, 8192, 8192, -8192, 10703, 4433, 4433, -10704, 11363, 9633, 6437, 2260, 9633, -2259, -11362,
	-6436, 6437, -11362, 2261, 9633, 2260, -6436, 9633, -11363,
]);

function times(inputs: v128, constant: usize): v128 {
	return i32x4.dot_i16x8_s(inputs, v128.load32_splat(CONSTANTS + (constant << 2)));
}
function low(a: v128, b: v128): v128 {
	return i8x16.shuffle(a, b, 0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23);
}
function high(a: v128, b: v128): v128 {
	return i8x16.shuffle(a, b, 8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31);
}

/** Two outputs that mirror each other. */
function butterfly(
	to: usize,
	mirror: usize,
	evenLow: v128,
	evenHigh: v128,
	oddLow: v128,
	oddHigh: v128,
	shift: i32,
): void {
	v128.store(
		to,
		i16x8.narrow_i32x4_s(
			i32x4.shr_s(i32x4.add(evenLow, oddLow), shift),
			i32x4.shr_s(i32x4.add(evenHigh, oddHigh), shift),
		),
	);
	v128.store(
		mirror,
		i16x8.narrow_i32x4_s(
			i32x4.shr_s(i32x4.sub(evenLow, oddLow), shift),
			i32x4.shr_s(i32x4.sub(evenHigh, oddHigh), shift),
		),
	);
}

/** One dimension of the inverse DCT, for all eight lanes of ROWS. */
function pass(shift: i32): void {
	const in0 = v128.load(ROWS);
	const in1 = v128.load(ROWS, 16);
	const in2 = v128.load(ROWS, 32);
	const in3 = v128.load(ROWS, 48);
	const in4 = v128.load(ROWS, 64);
	const in5 = v128.load(ROWS, 80);
	const in6 = v128.load(ROWS, 96);
	const in7 = v128.load(ROWS, 112);
	const half = i32x4.splat(1 << (shift - 1));
	const low04 = low(in0, in4);
	const high04 = high(in0, in4);
	const low26 = low(in2, in6);
	const high26 = high(in2, in6);
	const sumLow = i32x4.add(times(low04, 0), half);
	const sumHigh = i32x4.add(times(high04, 0), half);
	const gapLow = i32x4.add(times(low04, 1), half);
	const gapHigh = i32x4.add(times(high04, 1), half);
	const outerLow = times(low26, 2);
	const outerHigh = times(high26, 2);
	const innerLow = times(low26, 3);
	const innerHigh = times(high26, 3);
	const low13 = low(in1, in3);
	const high13 = high(in1, in3);
	const low57 = low(in5, in7);
	const high57 = high(in5, in7);
	butterfly(
		ROWS,
		ROWS + 112,
		i32x4.add(sumLow, outerLow),
		i32x4.add(sumHigh, outerHigh),
		i32x4.add(times(low13, 4), times(low57, 5)),
		i32x4.add(times(high13, 4), times(high57, 5)),
		shift,
	);
	butterfly(
		ROWS + 16,
		ROWS + 96,
		i32x4.add(gapLow, innerLow),
		i32x4.add(gapHigh, innerHigh),
		i32x4.add(times(low13, 6), times(low57, 7)),
		i32x4.add(times(high13, 6), times(high57, 7)),
		shift,
	);
	butterfly(
		ROWS + 32,
		ROWS + 80,
		i32x4.sub(gapLow, innerLow),
		i32x4.sub(gapHigh, innerHigh),
		i32x4.add(times(low13, 8), times(low57, 9)),
		i32x4.add(times(high13, 8), times(high57, 9)),
		shift,
	);
	butterfly(
		ROWS + 48,
		ROWS + 64,
		i32x4.sub(sumLow, outerLow),
		i32x4.sub(sumHigh, outerHigh),
		i32x4.add(times(low13, 10), times(low57, 11)),
		i32x4.add(times(high13, 10), times(high57, 11)),
		shift,
	);
}

/** ROWS with rows and columns exchanged. */
function transpose(): void {
	const in0 = v128.load(ROWS);
	const in1 = v128.load(ROWS, 16);
	const in2 = v128.load(ROWS, 32);
	const in3 = v128.load(ROWS, 48);
	const in4 = v128.load(ROWS, 64);
	const in5 = v128.load(ROWS, 80);
	const in6 = v128.load(ROWS, 96);
	const in7 = v128.load(ROWS, 112);
	// Three rounds of interleaving row n with row n + 4.
	const a0 = low(in0, in4);
	const a1 = high(in0, in4);
	const a2 = low(in1, in5);
	const a3 = high(in1, in5);
	const a4 = low(in2, in6);
	const a5 = high(in2, in6);
	const a6 = low(in3, in7);
	const a7 = high(in3, in7);
	const b0 = low(a0, a4);
	const b1 = high(a0, a4);
	const b2 = low(a1, a5);
	const b3 = high(a1, a5);
	const b4 = low(a2, a6);
	const b5 = high(a2, a6);
	const b6 = low(a3, a7);
	const b7 = high(a3, a7);
	v128.store(ROWS, low(b0, b4));
	v128.store(ROWS, high(b0, b4), 16);
	v128.store(ROWS, low(b1, b5), 32);
	v128.store(ROWS, high(b1, b5), 48);
	v128.store(ROWS, low(b2, b6), 64);
	v128.store(ROWS, high(b2, b6), 80);
	v128.store(ROWS, low(b3, b7), 96);
	v128.store(ROWS, high(b3, b7), 112);
}

/** BLOCK to an 8 x 8 square of samples; BLOCK is zero again. */
function toSamples(quantities: usize, nonzero: i32, to: usize, stride: usize): void {
	const middle = i8x16.splat(-128);
	if (nonzero <= 1) {
		// Both passes and their roundings come to this where only the mean is left.
		const mean = ((load<i16>(BLOCK) * load<i16>(quantities)) as i16 as i32) + 4;
		store<i16>(BLOCK, 0);
		const words = i16x8.splat((mean >> 3) as i16);
		const level = v128.xor(i8x16.narrow_i16x8_s(words, words), middle);
		for (let row = 0; row < 8; row++) {
			v128.store64_lane(to, level, 0);
			to += stride;
		}
		return;
	}
	const zero = i16x8.splat(0);
	for (let row: usize = 0; row < 128; row += 16) {
		const coefficients = v128.load(BLOCK + row);
		v128.store(BLOCK + row, zero);
		v128.store(ROWS + row, i16x8.mul(coefficients, v128.load(quantities + row)));
	}
	pass(SHIFT_1);
	transpose();
	pass(SHIFT_2);
	transpose();
	for (let row: usize = 0; row < 128; row += 16) {
		const words = v128.load(ROWS + row);
		// Minus 128 to 127 in the file's world; the sign bit turned over is 128 more.
		v128.store64_lane(to, v128.xor(i8x16.narrow_i16x8_s(words, words), middle), 0);
		to += stride;
	}
}

/**
 * One row of minimum coded units: a luma square of 8 `acrossLuma` x 8 `downLuma` samples and one 8 x 8
 * square of each chroma; luma alone where `chromaTables` is 0.
 *
 * Tables are addresses: quantities (64 × i16), DC and AC Huffman table, one after the other.
 *
 * @returns false where the data is broken
 */
export function decodeRow(
	units: i32,
	acrossLuma: i32,
	downLuma: i32,
	lumaTables: usize,
	cbTables: usize,
	crTables: usize,
	luma: usize,
	lumaStride: usize,
	cb: usize,
	cr: usize,
	chromaStride: usize,
): bool {
	for (let unit = 0; unit < units; unit++) {
		if (restartInterval > 0) {
			if (untilRestart == 0 && !restart()) return false;
			untilRestart--;
		}
		for (let y = 0; y < downLuma; y++) {
			for (let x = 0; x < acrossLuma; x++) {
				const nonzero = readBlock(load<u32>(lumaTables, 4), load<u32>(lumaTables, 8), previousDc0);
				if (nonzero < 0) return false;
				previousDc0 = load<i16>(BLOCK);
				const to = luma + (y as usize) * 8 * lumaStride + (x as usize) * 8;
				toSamples(load<u32>(lumaTables), nonzero, to, lumaStride);
			}
		}
		luma += (acrossLuma as usize) * 8;
		if (cbTables == 0) continue;
		let nonzero = readBlock(load<u32>(cbTables, 4), load<u32>(cbTables, 8), previousDc1);
		if (nonzero < 0) return false;
		previousDc1 = load<i16>(BLOCK);
		toSamples(load<u32>(cbTables), nonzero, cb, chromaStride);
		nonzero = readBlock(load<u32>(crTables, 4), load<u32>(crTables, 8), previousDc2);
		if (nonzero < 0) return false;
		previousDc2 = load<i16>(BLOCK);
		toSamples(load<u32>(crTables), nonzero, cr, chromaStride);
		cb += 8;
		cr += 8;
	}
	return true;
}

/* YCbCr to RGB: jdcolor.c's 16-bit factors, halved (the roundings agree for all 2^16 inputs). */
/** Constants in all lanes, in memory: V8 would build each of them anew for every sixteen pixels. */
const LANES = memory.data<i16>(
	[
		3, 3, 3, 3, 3, 3, 3, 3, 7, 7, 7, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8, 128, 128, 128, 128, 128,
		128, 128, 128, 13172, 13172, 13172, 13172, 13172, 13172, 13172, 13172, -7471, -7471, -7471,
		-7471, -7471, -7471, -7471, -7471, -11277, 9367, -11277, 9367, -11277, 9367, -11277, 9367,
		16384, 0, 16384, 0, 16384, 0, 16384, 0,
	],
	16,
);
const THREE: usize = LANES;
const SEVEN: usize = LANES + 16;
const EIGHT: usize = LANES + 32;
const MIDDLE: usize = LANES + 48;
const RED_FROM_CR: usize = LANES + 64;
const BLUE_FROM_CB: usize = LANES + 80;
/** Pairs; the sum has 15 fractional bits. */
const GREEN_FROM_CB_CR: usize = LANES + 96;
const HALF: usize = LANES + 112;

/** What 48 bytes of RGB take from sixteen levels of each: three registers each, one after the other. */
const SPREAD = memory.data<u8>([
	0, 128, 128, 1, 128, 128, 2, 128, 128, 3, 128, 128, 4, 128, 128, 5, 128, 0, 128, 128, 1, 128, 128,
	2, 128, 128, 3, 128, 128, 4, 128, 128, 128, 128, 0, 128, 128, 1, 128, 128, 2, 128, 128, 3, 128,
	128, 4, 128, 128, 128, 6, 128, 128, 7, 128, 128, 8, 128, 128, 9, 128, 128, 10, 128, 5, 128, 128,
	6, 128, 128, 7, 128, 128, 8, 128, 128, 9, 128, 128, 10, 128, 5, 128, 128, 6, 128, 128, 7, 128,
	128, 8, 128, 128, 9, 128, 128, 128, 11, 128, 128, 12, 128, 128, 13, 128, 128, 14, 128, 128, 15,
	128, 128, 128, 128, 11, 128, 128, 12, 128, 128, 13, 128, 128, 14, 128, 128, 15, 128, 10, 128, 128,
	11, 128, 128, 12, 128, 128, 13, 128, 128, 14, 128, 128, 15,
]);

function spread(to: usize, red: v128, green: v128, blue: v128, at: usize): void {
	v128.store(
		to,
		v128.or(
			v128.or(
				i8x16.relaxed_swizzle(red, v128.load(SPREAD + at)),
				i8x16.relaxed_swizzle(green, v128.load(SPREAD + at, 16)),
			),
			i8x16.relaxed_swizzle(blue, v128.load(SPREAD + at, 32)),
		),
	);
}

function redOf(luma: v128, cr: v128): v128 {
	const product = i16x8.relaxed_q15mulr_s(cr, v128.load(RED_FROM_CR));
	return i16x8.add(luma, i16x8.add(cr, product));
}
function blueOf(luma: v128, cb: v128): v128 {
	const product = i16x8.relaxed_q15mulr_s(cb, v128.load(BLUE_FROM_CB));
	return i16x8.add(luma, i16x8.add(i16x8.add(cb, cb), product));
}
function greenOf(luma: v128, cb: v128, cr: v128): v128 {
	const factors = v128.load(GREEN_FROM_CB_CR);
	const half = v128.load(HALF);
	const sum = i16x8.narrow_i32x4_s(
		i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(low(cb, cr), factors), half), 15),
		i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(high(cb, cr), factors), half), 15),
	);
	return i16x8.add(luma, i16x8.sub(sum, cr));
}

/** Sixteen pixels; chroma as 16-bit lanes around zero. */
function storePixels(to: usize, luma: usize, cb0: v128, cb1: v128, cr0: v128, cr1: v128): void {
	const luma0 = v128.load8x8_u(luma);
	const luma1 = v128.load8x8_u(luma, 8);
	const red = i8x16.narrow_i16x8_u(redOf(luma0, cr0), redOf(luma1, cr1));
	const green = i8x16.narrow_i16x8_u(greenOf(luma0, cb0, cr0), greenOf(luma1, cb1, cr1));
	const blue = i8x16.narrow_i16x8_u(blueOf(luma0, cb0), blueOf(luma1, cb1));
	spread(to, red, green, blue, 0);
	spread(to + 16, red, green, blue, 48);
	spread(to + 32, red, green, blue, 96);
}

/** Three quarters of the nearer chroma row and one of the farther, in quarters. */
function weighRows(near: usize, far: usize): v128 {
	return i16x8.add(i16x8.mul(v128.load8x8_u(near), v128.load(THREE)), v128.load8x8_u(far));
}

function centred(levels: v128): v128 {
	return i16x8.sub(levels, v128.load(MIDDLE));
}

/**
 * A row of RGB where two pixels, and two rows, share their chroma (4:2:0). Chroma rows need a copy of
 * their first sample before them and of their last one behind them.
 *
 * @param to up to 48 bytes more than `width * 3` are written
 */
export function emit420(
	luma: usize,
	cbNear: usize,
	cbFar: usize,
	crNear: usize,
	crFar: usize,
	to: usize,
	width: usize,
): void {
	const eight = v128.load(EIGHT);
	const seven = v128.load(SEVEN);
	const three = v128.load(THREE);
	for (let x: usize = 0; x < width; x += 16) {
		const half = x >> 1;
		let here = i16x8.mul(weighRows(cbNear + half, cbFar + half), three);
		let before = weighRows(cbNear + half - 1, cbFar + half - 1);
		let behind = weighRows(cbNear + half + 1, cbFar + half + 1);
		let even = centred(i16x8.shr_u(i16x8.add(i16x8.add(here, before), eight), 4));
		let odd = centred(i16x8.shr_u(i16x8.add(i16x8.add(here, behind), seven), 4));
		const cb0 = low(even, odd);
		const cb1 = high(even, odd);
		here = i16x8.mul(weighRows(crNear + half, crFar + half), three);
		before = weighRows(crNear + half - 1, crFar + half - 1);
		behind = weighRows(crNear + half + 1, crFar + half + 1);
		even = centred(i16x8.shr_u(i16x8.add(i16x8.add(here, before), eight), 4));
		odd = centred(i16x8.shr_u(i16x8.add(i16x8.add(here, behind), seven), 4));
		storePixels(to, luma + x, cb0, cb1, low(even, odd), high(even, odd));
		to += 48;
	}
}

/** A row where two pixels share their chroma (4:2:2); else as {@link emit420}. */
export function emit422(luma: usize, cb: usize, cr: usize, to: usize, width: usize): void {
	const three = i16x8.splat(3);
	const one = i16x8.splat(1);
	const two = i16x8.splat(2);
	for (let x: usize = 0; x < width; x += 16) {
		const half = x >> 1;
		let here = i16x8.mul(v128.load8x8_u(cb + half), three);
		let before = v128.load8x8_u(cb + half - 1);
		let behind = v128.load8x8_u(cb + half + 1);
		let even = centred(i16x8.shr_u(i16x8.add(i16x8.add(here, before), one), 2));
		let odd = centred(i16x8.shr_u(i16x8.add(i16x8.add(here, behind), two), 2));
		const cb0 = low(even, odd);
		const cb1 = high(even, odd);
		here = i16x8.mul(v128.load8x8_u(cr + half), three);
		before = v128.load8x8_u(cr + half - 1);
		behind = v128.load8x8_u(cr + half + 1);
		even = centred(i16x8.shr_u(i16x8.add(i16x8.add(here, before), one), 2));
		odd = centred(i16x8.shr_u(i16x8.add(i16x8.add(here, behind), two), 2));
		storePixels(to, luma + x, cb0, cb1, low(even, odd), high(even, odd));
		to += 48;
	}
}

/** A row where every pixel has chroma of its own (4:4:4). */
export function emit444(luma: usize, cb: usize, cr: usize, to: usize, width: usize): void {
	for (let x: usize = 0; x < width; x += 16) {
		storePixels(
			to,
			luma + x,
			centred(v128.load8x8_u(cb + x)),
			centred(v128.load8x8_u(cb + x, 8)),
			centred(v128.load8x8_u(cr + x)),
			centred(v128.load8x8_u(cr + x, 8)),
		);
		to += 48;
	}
}

/** A row without chroma. */
export function emitGrey(luma: usize, to: usize, width: usize): void {
	for (let x: usize = 0; x < width; x += 16) {
		const level = v128.load(luma + x);
		spread(to, level, level, level, 0);
		spread(to + 16, level, level, level, 48);
		spread(to + 32, level, level, level, 96);
		to += 48;
	}
}
