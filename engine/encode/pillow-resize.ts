import { PixelMemory } from './pixel-memory';
import { computeTaps, PRECISION_BITS, type ResizeFilter, type Taps } from './resample-taps';

export type { ResizeFilter } from './resample-taps';

const CHANNELS = 3;
/** Rows handed over at once: with their few kilobytes each they stay in the second-level cache. */
const STRIP_ROWS = 16;
/** What simd/ reads or writes past a row's end at most. */
const OVERREAD = 64;
const ROWS_AT_ONCE = 2;

/** The part of the resized image that is wanted, in its pixels. */
export interface ResizeWindow {
	left: number;
	top: number;
	width: number;
	height: number;
}

export interface ResizeJob {
	width: number;
	height: number;
	outWidth: number;
	outHeight: number;
	filter: ResizeFilter;
	/** Default: all of it. Nothing outside is computed. */
	window?: ResizeWindow;
	/** The strip holds rows from the first column to the last, whatever the window needs of them. */
	wholeRows?: boolean;
}

/**
 * Pillow's `Image.resize` for 8-bit RGB, bit for bit. The reference image processors of SigLIP,
 * SigLIP 2 and CLIP resize with Pillow, and an embedding is only as faithful as its pixels: libvips'
 * own kernels differ by up to five grey levels.
 *
 * The method (Pillow, src/libImaging/Resample.c): two separable passes, horizontal first, 8-bit
 * pixels between them. It runs as WebAssembly SIMD on strips of rows, so that a photo of any size
 * needs a few megabytes here: put rows at `strip`, say {@link take}, and {@link finish} at the end.
 */
export class PillowResize {
	/** Rows and columns of the input that are asked for; the strip holds these columns only. */
	readonly rows: { from: number; end: number };
	readonly columns: { from: number; end: number };
	/** Where rows go before {@link take}: at most `stripRows` of them, `stripStride` bytes apart. */
	readonly stripRows = STRIP_ROWS;
	readonly stripStride: number;
	readonly stripAddress: number;

	readonly memory: PixelMemory;
	readonly #window: ResizeWindow;
	readonly #positions: number;
	readonly #columnWeights: number;
	readonly #lowOffset: number;
	readonly #shift: number;
	readonly #vertical: Taps;
	/** Address of each output row's weights. */
	readonly #rowWeights: number[];
	/** Rows after the horizontal pass that the vertical one still needs. */
	readonly #waiting: number;
	readonly #waitingStride: number;
	readonly #waitingCapacity: number;
	#waitingFrom: number;
	#waitingRows = 0;
	readonly #output: number;
	#outputRows = 0;

	constructor(job: ResizeJob, memory = PixelMemory.ofThread()) {
		const window = windowOf(job);
		const { horizontal, vertical } = tapsOf(job);
		this.columns = job.wholeRows ? { from: 0, end: job.width } : reach(horizontal);
		this.rows = reach(vertical);
		this.#window = window;
		this.#vertical = vertical;
		this.memory = memory;

		memory.reset();
		this.stripStride = align((this.columns.end - this.columns.from) * CHANNELS);
		this.stripAddress = memory.take(STRIP_ROWS * this.stripStride + OVERREAD);
		const { positions, high, low, shift } = packColumns(horizontal, this.columns.from);
		this.#positions = memory.put(positions);
		this.#columnWeights = memory.put(high);
		this.#lowOffset = memory.put(low) - this.#columnWeights;
		this.#shift = shift;
		const rowWeights = packRows(vertical);
		const rowWeightsAt = memory.put(rowWeights.weights);
		this.#rowWeights = rowWeights.offsets.map((offset) => rowWeightsAt + offset);

		// Compacted once it is full, so at most every other row is moved once.
		const longest = Math.max(...vertical.count);
		this.#waitingCapacity = 2 * longest + STRIP_ROWS;
		this.#waitingStride = align(window.width * CHANNELS + 1);
		// One row more: an odd run of rows is weighed in pairs, the last with zero.
		this.#waiting = memory.take((this.#waitingCapacity + 1) * this.#waitingStride + OVERREAD);
		this.#waitingFrom = this.rows.from;
		this.#output = memory.take(window.width * window.height * CHANNELS + OVERREAD);
	}

	/** The strip's rows, as bytes of the memory that the resampler sees. */
	get strip(): Uint8Array {
		return this.memory.bytes(this.stripAddress, STRIP_ROWS * this.stripStride);
	}

	/** Takes the next `rows` of the input from the strip. */
	take(rows: number): void {
		const { resampleTwoRows } = this.memory.code;
		this.#makeRoom();
		for (let row = 0; row < rows; row += ROWS_AT_ONCE) {
			resampleTwoRows(
				this.stripAddress + row * this.stripStride,
				this.stripStride,
				this.#waiting + (this.#waitingRows + row) * this.#waitingStride,
				this.#waitingStride,
				this.#positions,
				this.#columnWeights,
				this.#lowOffset,
				this.#shift,
				this.#window.width,
			);
		}
		this.#waitingRows += rows;
		this.#emit();
	}

	/** @returns `window.width * window.height * 3` bytes, a copy, equal to Pillow's */
	finish(): Uint8Array {
		const { width, height } = this.#window;
		return this.memory.bytes(this.#output, width * height * CHANNELS).slice();
	}

	/** Output rows whose last input row has come. */
	#emit(): void {
		const { resampleColumns } = this.memory.code;
		const { first, count } = this.#vertical;
		const rowBytes = this.#window.width * CHANNELS;
		const end = this.#waitingFrom + this.#waitingRows;
		for (; this.#outputRows < this.#window.height; this.#outputRows++) {
			const row = this.#outputRows;
			if (first[row]! + count[row]! > end) return;
			resampleColumns(
				this.#waiting + (first[row]! - this.#waitingFrom) * this.#waitingStride,
				this.#waitingStride,
				this.#output + row * rowBytes,
				this.#rowWeights[row]!,
				Math.ceil(count[row]! / 2),
				rowBytes,
			);
		}
	}

	#makeRoom(): void {
		if (this.#waitingRows + STRIP_ROWS <= this.#waitingCapacity) return;
		const needed = this.#vertical.first[this.#outputRows] ?? this.rows.end;
		const bytes = this.memory.bytes(this.#waiting, this.#waitingRows * this.#waitingStride);
		bytes.copyWithin(0, (needed - this.#waitingFrom) * this.#waitingStride);
		this.#waitingRows -= needed - this.#waitingFrom;
		this.#waitingFrom = needed;
	}
}

/**
 * @param pixels RGB, 8 bits, row by row: `width * height * 3` bytes
 * @returns the window's `width * height * 3` bytes, equal to Pillow's
 */
export function resizePixels(pixels: Uint8Array, job: ResizeJob): Uint8Array {
	const resize = new PillowResize(job);
	const { rows, columns, strip, stripRows, stripStride } = resize;
	const stride = job.width * CHANNELS;
	for (let row = rows.from; row < rows.end; row += stripRows) {
		const some = Math.min(stripRows, rows.end - row);
		for (let i = 0; i < some; i++) {
			const line = (row + i) * stride;
			strip.set(
				pixels.subarray(line + columns.from * CHANNELS, line + columns.end * CHANNELS),
				i * stripStride,
			);
		}
		resize.take(some);
	}
	return resize.finish();
}

/** {@link resizePixels} without a window. */
export function resize(
	pixels: Uint8Array,
	width: number,
	height: number,
	outWidth: number,
	outHeight: number,
	filter: ResizeFilter,
): Uint8Array {
	return resizePixels(pixels, { width, height, outWidth, outHeight, filter });
}

/** The part of the input that the window is made of. */
export function reachOf(job: ResizeJob): ResizeWindow {
	const { horizontal, vertical } = tapsOf(job);
	const columns = reach(horizontal);
	const rows = reach(vertical);
	return {
		left: columns.from,
		top: rows.from,
		width: columns.end - columns.from,
		height: rows.end - rows.from,
	};
}

function windowOf(job: ResizeJob): ResizeWindow {
	return job.window ?? { left: 0, top: 0, width: job.outWidth, height: job.outHeight };
}

function tapsOf(job: ResizeJob): { horizontal: Taps; vertical: Taps } {
	const { width, height, outWidth, outHeight, filter } = job;
	const window = windowOf(job);
	return {
		horizontal: computeTaps(width, outWidth, filter, window.left, window.width),
		vertical: computeTaps(height, outHeight, filter, window.top, window.height),
	};
}

function reach({ first, count }: Taps): { from: number; end: number } {
	const last = first.length - 1;
	return { from: first[0]!, end: first[last]! + count[last]! };
}

/** The next multiple of 16, the width of a SIMD register. */
function align(bytes: number): number {
	return (bytes + 15) & ~15;
}

/** Which of a step's eight taps each 16-bit lane of its three registers weighs: see simd/resample.ts. */
const LANE_TAPS = [
	[0, 1, 0, 1, 0, 1, 2, 3],
	[2, 3, 2, 3, 4, 5, 4, 5],
	[4, 5, 6, 7, 6, 7, 6, 7],
].flat();
const STEP_TAPS = 8;
const MAX_LEVEL = 255;

interface PackedColumns {
	/** Four numbers per output pixel. */
	positions: Int32Array;
	high: Int16Array;
	low: Int16Array;
	shift: number;
}

/** As simd/resample.ts reads them: `weight = high * 2^shift + low`, each laid out step by step. */
function packColumns(taps: Taps, fromColumn: number): PackedColumns {
	const { first, count, weights, size } = taps;
	const shift = shiftOf(weights);
	const round = shift === 0 ? 0 : 1 << (shift - 1);
	const positions = new Int32Array(first.length * 4);
	const capacity = first.length * Math.ceil(size / STEP_TAPS) * LANE_TAPS.length;
	const high = new Int16Array(capacity);
	const low = new Int16Array(capacity);
	let at = 0;
	first.forEach((from, out) => {
		const steps = Math.ceil(count[out]! / STEP_TAPS);
		// What the low halves can add at least and at most, with the half that rounds.
		let least = 1 << (PRECISION_BITS - 1);
		let greatest = least;
		for (let tap = 0; tap < count[out]!; tap++) {
			const weight = weights[out * size + tap]!;
			const rest = weight - (((weight + round) >> shift) << shift);
			if (rest < 0) least += rest * MAX_LEVEL;
			else greatest += rest * MAX_LEVEL;
		}
		positions.set([(from - fromColumn) * CHANNELS, steps, least, greatest], out * 4);
		for (let step = 0; step < steps; step++) {
			for (const lane of LANE_TAPS) {
				const tap = step * STEP_TAPS + lane;
				const weight = tap < count[out]! ? weights[out * size + tap]! : 0;
				high[at] = (weight + round) >> shift;
				low[at++] = weight - (high[at - 1]! << shift);
			}
		}
	});
	return { positions, high: high.subarray(0, at), low: low.subarray(0, at), shift };
}

/** The least shift with which the high halves fit 16 bits. */
function shiftOf(weights: Int32Array): number {
	let greatest = 0;
	for (const weight of weights) greatest = Math.max(greatest, Math.abs(weight));
	let shift = 0;
	while (greatest / 2 ** shift > 32_766) shift++;
	return shift;
}

/** Per output row its weights in pairs, as `high * 256 + low`: two high halves, two low ones. */
function packRows(taps: Taps): { offsets: number[]; weights: Int16Array } {
	const offsets: number[] = [];
	const packed: number[] = [];
	for (let out = 0; out < taps.first.length; out++) {
		offsets.push(packed.length * Int16Array.BYTES_PER_ELEMENT);
		const from = out * taps.size;
		const count = taps.count[out]!;
		for (let tap = 0; tap < count; tap += 2) {
			const first = taps.weights[from + tap]!;
			const second = tap + 1 < count ? taps.weights[from + tap + 1]! : 0;
			packed.push(first >> 8, second >> 8, first & 0xff, second & 0xff);
		}
	}
	return { offsets, weights: Int16Array.from(packed) };
}
