/**
 * Pillow's `Image.resize` for 8-bit RGB as one reads it in its source (src/libImaging/Resample.c),
 * without any of the tricks that make the engine's fast: what that one is compared with.
 */

import type { ResizeFilter } from '../../../engine/encode/pixels/resample-taps';

interface Kernel {
	/** Half width in output pixels. */
	support: number;
	weight(x: number): number;
}

const KERNELS: Record<ResizeFilter, Kernel> = {
	bilinear: {
		support: 1,
		weight: (x) => Math.max(0, 1 - Math.abs(x)),
	},
	bicubic: {
		support: 2,
		weight: (signed) => {
			const a = -0.5;
			const x = Math.abs(signed);
			if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
			if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
			return 0;
		},
	},
};

/** 32-bit accumulator, 8-bit pixels, two bits of headroom for kernels with negative lobes. */
const PRECISION_BITS = 32 - 8 - 2;
const HALF = 1 << (PRECISION_BITS - 1);
const CHANNELS = 3;

/** For each output position: the first input position and the fixed-point weights from there. */
interface Taps {
	/** Weights per output position; shorter runs are padded with zeros. */
	size: number;
	first: Int32Array;
	count: Int32Array;
	weights: Int32Array;
}

function computeTaps(inSize: number, outSize: number, kernel: Kernel): Taps {
	const scale = inSize / outSize;
	const filterScale = Math.max(scale, 1);
	const support = kernel.support * filterScale;
	const size = Math.ceil(support) * 2 + 1;
	const first = new Int32Array(outSize);
	const count = new Int32Array(outSize);
	const weights = new Int32Array(outSize * size);
	const run = new Float64Array(size);

	for (let out = 0; out < outSize; out++) {
		const center = (out + 0.5) * scale;
		const start = Math.max(0, Math.trunc(center - support + 0.5));
		const end = Math.min(inSize, Math.trunc(center + support + 0.5));
		let sum = 0;
		for (let i = 0; i < end - start; i++) {
			const weight = kernel.weight((i + start - center + 0.5) * (1 / filterScale));
			run[i] = weight;
			sum += weight;
		}
		first[out] = start;
		count[out] = end - start;
		for (let i = 0; i < end - start; i++) {
			const weight = sum === 0 ? run[i]! : run[i]! / sum;
			weights[out * size + i] = Math.trunc(
				weight * (1 << PRECISION_BITS) + (weight < 0 ? -0.5 : 0.5),
			);
		}
	}
	return { size, first, count, weights };
}

function clip8(fixed: number): number {
	const value = fixed >> PRECISION_BITS;
	return value < 0 ? 0 : value > 255 ? 255 : value;
}

/** Rows `fromRow`…`fromRow + rows` of the input, each resampled to the taps' width. */
function resampleRows(
	input: Uint8Array,
	width: number,
	fromRow: number,
	rows: number,
	taps: Taps,
): Uint8Array {
	const outWidth = taps.first.length;
	const output = new Uint8Array(rows * outWidth * CHANNELS);
	for (let row = 0; row < rows; row++) {
		const line = (fromRow + row) * width * CHANNELS;
		let to = row * outWidth * CHANNELS;
		for (let out = 0; out < outWidth; out++) {
			let from = line + taps.first[out]! * CHANNELS;
			let weight = out * taps.size;
			const end = weight + taps.count[out]!;
			let red = HALF;
			let green = HALF;
			let blue = HALF;
			for (; weight < end; weight++) {
				const w = taps.weights[weight]!;
				red = (red + input[from]! * w) | 0;
				green = (green + input[from + 1]! * w) | 0;
				blue = (blue + input[from + 2]! * w) | 0;
				from += CHANNELS;
			}
			output[to] = clip8(red);
			output[to + 1] = clip8(green);
			output[to + 2] = clip8(blue);
			to += CHANNELS;
		}
	}
	return output;
}

/** Columns resampled to the taps' height; `rowOffset` is the input row that `input` starts with. */
function resampleColumns(
	input: Uint8Array,
	width: number,
	rowOffset: number,
	taps: Taps,
): Uint8Array {
	const stride = width * CHANNELS;
	const outHeight = taps.first.length;
	const output = new Uint8Array(outHeight * stride);
	const sums = new Int32Array(stride);
	for (let out = 0; out < outHeight; out++) {
		// Line by line rather than column by column: memory is read in order.
		sums.fill(HALF);
		for (let i = 0; i < taps.count[out]!; i++) {
			const w = taps.weights[out * taps.size + i]!;
			const from = (taps.first[out]! - rowOffset + i) * stride;
			for (let x = 0; x < stride; x++) sums[x] = (sums[x]! + input[from + x]! * w) | 0;
		}
		const to = out * stride;
		for (let x = 0; x < stride; x++) output[to + x] = clip8(sums[x]!);
	}
	return output;
}

/**
 * @param pixels RGB, 8 bits, row by row: `width * height * 3` bytes
 * @returns `outWidth * outHeight * 3` bytes, equal to Pillow's
 */
export function referenceResize(
	pixels: Uint8Array,
	width: number,
	height: number,
	outWidth: number,
	outHeight: number,
	filter: ResizeFilter,
): Uint8Array {
	const kernel = KERNELS[filter];
	const vertical = height === outHeight ? undefined : computeTaps(height, outHeight, kernel);
	let rowOffset = 0;
	let current = pixels;
	if (width !== outWidth) {
		// Only the rows that the vertical pass will read.
		const last = outHeight - 1;
		rowOffset = vertical ? vertical.first[0]! : 0;
		const rowEnd = vertical ? vertical.first[last]! + vertical.count[last]! : height;
		current = resampleRows(
			pixels,
			width,
			rowOffset,
			rowEnd - rowOffset,
			computeTaps(width, outWidth, kernel),
		);
	}
	return vertical ? resampleColumns(current, outWidth, rowOffset, vertical) : current;
}
