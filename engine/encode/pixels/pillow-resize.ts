import { align, ColumnPass } from './column-pass';
import { OVERREAD, PixelMemory } from './pixel-memory';
import { computeTaps, mirrorTaps, type ResizeFilter, type Taps } from './resample-taps';
import { RowPass } from './row-pass';
import { orientationOf, upright, type Orientation, type Rectangle } from './stored-pixels';

const CHANNELS = 3;
/** Rows handed over at once: with their few kilobytes each they stay in the second-level cache. */
const STRIP_ROWS = 16;

export interface ResizeJob {
	/** The input's size, upright. */
	width: number;
	height: number;
	outWidth: number;
	outHeight: number;
	filter: ResizeFilter;
	/** The part of the output that is wanted. Default: all of it. Nothing outside is computed. */
	window?: Rectangle;
	/** How the input's rows, as they are stored, become upright. Default: they are. */
	orientation?: Orientation;
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
 *
 * A photo lying on its side is not turned: what is upright horizontally is weighed along the stored
 * columns, first, and mirrored where it is mirrored. The sums are the same, and only the small result
 * is turned.
 */
export class PillowResize {
	/** The part of the stored input that is asked for: its rows go to the strip, its columns only. */
	readonly reach: Rectangle;
	/** Rows that go to the strip before {@link take} at most. */
	readonly stripRows = STRIP_ROWS;
	readonly stripStride: number;
	readonly memory: PixelMemory;

	readonly #window: Rectangle;
	readonly #orientation: Orientation;
	readonly #along: RowPass;
	readonly #across: ColumnPass;
	/** The strip of an upright input; that of a lying one is the column pass' own. */
	readonly #strip: number;

	constructor(job: ResizeJob, memory = PixelMemory.ofThread()) {
		const { along, across } = tapsOf(job);
		this.reach = reachOf(job);
		this.#window = windowOf(job);
		this.#orientation = job.orientation ?? orientationOf(1);
		this.memory = memory;

		memory.reset();
		const { left, width } = this.reach;
		const inBytes = width * CHANNELS;
		const { transposed } = this.#orientation;
		this.#along = new RowPass(memory, along, left);
		const rowBytes = transposed ? inBytes : along.first.length * CHANNELS;
		this.#across = new ColumnPass(memory, across, rowBytes, STRIP_ROWS);
		this.stripStride = transposed ? this.#across.stride : align(inBytes);
		this.#strip = transposed ? 0 : memory.take(STRIP_ROWS * this.stripStride + OVERREAD);
	}

	/** The strip's address in the memory; another one after each {@link take}. */
	get stripAddress(): number {
		return this.#orientation.transposed ? this.#across.input : this.#strip;
	}

	/** The strip's rows; of no use after {@link take}. */
	get strip(): Uint8Array {
		return this.memory.bytes(this.stripAddress, STRIP_ROWS * this.stripStride);
	}

	/** Takes the next `rows` of the input from the strip. */
	take(rows: number): void {
		if (!this.#orientation.transposed) {
			const { input, stride } = this.#across;
			this.#along.run(this.#strip, this.stripStride, input, stride, rows);
		}
		this.#across.take(rows);
	}

	/** @returns `window.width * window.height * 3` bytes, a copy, equal to Pillow's */
	finish(): Uint8Array {
		const { transposed } = this.#orientation;
		const { output, outputStride } = this.#across;
		const { width, height } = this.#window;
		const [columns, rows] = transposed ? [height, width] : [width, height];
		let from = output;
		let stride = outputStride;
		if (transposed) {
			stride = align(columns * CHANNELS + 1);
			from = this.memory.take((rows + 1) * stride + OVERREAD);
			this.#along.run(output, outputStride, from, stride, rows);
		}
		const packed = new Uint8Array(rows * columns * CHANNELS);
		for (let row = 0; row < rows; row++) {
			const line = this.memory.bytes(from + row * stride, columns * CHANNELS);
			packed.set(line, row * columns * CHANNELS);
		}
		return upright({ data: packed, width: columns, height: rows }, this.#orientation);
	}
}

/** The part of the stored input that the window is made of. */
export function reachOf(job: ResizeJob): Rectangle {
	const { along, across } = tapsOf(job);
	const [left, right] = job.wholeRows
		? [0, job.orientation?.transposed ? job.height : job.width]
		: ends(along);
	const [top, bottom] = ends(across);
	return { left, top, width: right - left, height: bottom - top };
}

function windowOf(job: ResizeJob): Rectangle {
	return job.window ?? { left: 0, top: 0, width: job.outWidth, height: job.outHeight };
}

/** What is weighed along the stored rows and across them. */
function tapsOf(job: ResizeJob): { along: Taps; across: Taps } {
	const { width, height, outWidth, outHeight, filter } = job;
	const { transposed, flipX, flipY } = job.orientation ?? orientationOf(1);
	const window = windowOf(job);
	const horizontal = computeTaps(width, outWidth, filter, window.left, window.width);
	const vertical = computeTaps(height, outHeight, filter, window.top, window.height);
	const along = transposed ? vertical : horizontal;
	const across = transposed ? horizontal : vertical;
	return {
		along: flipX ? mirrorTaps(along, transposed ? height : width) : along,
		across: flipY ? mirrorTaps(across, transposed ? width : height) : across,
	};
}

function ends({ first, count }: Taps): [number, number] {
	const last = first.length - 1;
	return [first[0]!, first[last]! + count[last]!];
}
