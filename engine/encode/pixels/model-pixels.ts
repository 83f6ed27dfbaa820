import { EngineError } from '../../errors';
import { giveBack } from '../give-back';
import { decode, decodeError, tooSlow } from './decode';
import { DecodeBudget } from './decode-budget';
import type { ImageSize } from '../encoder';
import { fitImage, type FitRules } from './fit';
import { readHeader, imageTooLarge, type ImageHeader } from './image-header';
import { decodeInto } from './jpeg-decoder';
import { planJpeg } from './jpeg-plan';
import { PillowResize, reachOf, type ResizeJob } from './pillow-resize';
import { orientationOf, rgbRow, uprightSize, type Rectangle } from './stored-pixels';

export interface ModelPixels extends ImageSize {
	/** RGB, 8 bits, `imageSize * imageSize * 3` bytes. */
	pixels: Uint8Array;
}

/** Bytes per pixel as decoded. */
const CHANNELS = { rgb: 3, grey: 3, cmyk: 4 };
/** Decoded pixels and decoder together. With the resampler and the file it stays below 400 MB. */
const BUDGET = 350e6;
/** A band is decoded from the top of the file again: more of them would take too long. */
const MAX_BANDS = 4;
const DECODE_SECONDS = 6;
/** With the wait for the image before. */
const ANSWER_MS = 9500;

const budget = new DecodeBudget(BUDGET);

export interface ModelPixelsOptions {
	/** The bytes are nobody else's: their memory is given back as soon as they are decoded. */
	owned?: boolean;
}

/**
 * An image file as the square of pixels that the model's reference would see: EXIF orientation
 * applied, resized as Pillow does, always from the full resolution. A large image is decoded in
 * bands, so that it takes less than 400 MB.
 *
 * @returns `width` and `height` are those of the upright image
 * @throws EngineError `IMAGE_EMPTY`, `NOT_AN_IMAGE`, `IMAGE_TRUNCATED`, `IMAGE_TOO_LARGE`
 */
export async function toModelPixels(
	bytes: Uint8Array,
	rules: FitRules,
	{ owned = false }: ModelPixelsOptions = {},
): Promise<ModelPixels> {
	if (bytes.byteLength === 0) {
		throw new EngineError('IMAGE_EMPTY', 'The image is empty (0 bytes). Upload the file again.');
	}
	const { header, size, job } = await jobOf(bytes, rules).catch((error: unknown) => {
		throw decodeError(error);
	});
	const deadline = performance.now() + ANSWER_MS;
	// Ends when libvips does, whoever still waits: its memory is in use until then.
	const work = async (): Promise<Uint8Array> => {
		try {
			const streamed = await budget.run(bytes.byteLength, () => stream(bytes, header, job));
			if (streamed) return streamed;
			const plan = planBands(header, reachOf(job));
			return await budget.run(plan.bytes, () => {
				if (performance.now() > deadline) throw tooSlow();
				return decodeBands(bytes, header, job, plan.bands);
			});
		} finally {
			if (owned) giveBack(bytes);
		}
	};
	return { pixels: await within(ANSWER_MS, work()), ...size };
}

/**
 * A baseline JPEG as {@link toModelPixels} answers it, in memory for some rows of it only: any number
 * of threads may do this at once.
 *
 * @returns undefined where the file is of another kind, or broken: {@link toModelPixels} shall say how
 */
export async function streamModelPixels(
	bytes: Uint8Array,
	rules: FitRules,
	{ owned = false }: ModelPixelsOptions = {},
): Promise<ModelPixels | undefined> {
	try {
		const { header, size, job } = await jobOf(bytes, rules);
		const pixels = stream(bytes, header, job);
		return pixels && { pixels, ...size };
	} catch {
		return undefined;
	} finally {
		if (owned) giveBack(bytes);
	}
}

/** What is to be done with an image, by its header. `size` is that of the upright image. */
async function jobOf(
	bytes: Uint8Array,
	rules: FitRules,
): Promise<{ header: ImageHeader; size: ImageSize; job: ResizeJob }> {
	const header = await readHeader(bytes);
	const orientation = orientationOf(header.orientation);
	const size = uprightSize(header.stored, orientation);
	return { header, size, job: { ...fitImage(size, rules), orientation } };
}

/**
 * The short way: a baseline JPEG, which most photos are, never lies in memory as a whole.
 *
 * @returns undefined where the file is of another kind, or broken: libvips shall say how
 */
function stream(bytes: Uint8Array, header: ImageHeader, job: ResizeJob): Uint8Array | undefined {
	if (header.format !== 'jpeg') return undefined;
	const plan = planJpeg(bytes);
	const { width, height } = header.stored;
	if (plan?.width !== width || plan.height !== height) return undefined;
	const resize = new PillowResize({ ...job, wholeRows: true });
	try {
		return decodeInto(bytes, plan, resize) ? resize.finish() : undefined;
	} catch (error) {
		// A forged file can lead the decoder out of its memory, which ends there and harms nothing.
		if ((error as Error).name === 'RuntimeError') return undefined;
		throw error;
	}
}

interface Plan {
	bands: Rectangle[];
	bytes: number;
}

/** @throws EngineError `IMAGE_TOO_LARGE` */
function planBands(header: ImageHeader, reach: Rectangle): Plan {
	const { decoderBytes, format, stored } = header;
	const rowBytes = reach.width * CHANNELS[header.colours];
	const all = rowBytes * reach.height;
	if (decoderBytes + all <= BUDGET) return { bands: [reach], bytes: decoderBytes + all };
	const bandRows = Math.floor((BUDGET - decoderBytes) / rowBytes);
	// What WebP, GIF and TIFF hold grows with a band: they come whole or not at all.
	const banded = format === 'jpeg' || format === 'png';
	if (!banded || bandRows * MAX_BANDS < reach.height) {
		const megapixels = Math.round((stored.width * stored.height) / 1e6);
		const kind = format === 'jpeg' ? 'JPEG of several scans' : `${format.toUpperCase()} file`;
		throw imageTooLarge(`${megapixels} megapixels, too many for a ${kind}`);
	}
	const bands: Rectangle[] = [];
	for (let row = 0; row < reach.height; row += bandRows) {
		const height = Math.min(bandRows, reach.height - row);
		bands.push({ ...reach, top: reach.top + row, height });
	}
	// All of the budget: the resampler's memory is the thread's, and between two bands no other image
	// may use it.
	return { bands, bytes: BUDGET };
}

async function decodeBands(
	bytes: Uint8Array,
	header: ImageHeader,
	job: ResizeJob,
	bands: Rectangle[],
): Promise<Uint8Array> {
	const end = performance.now() + DECODE_SECONDS * 1000;
	let resize: PillowResize | undefined;
	for (const band of bands) {
		const seconds = Math.ceil((end - performance.now()) / 1000);
		if (seconds <= 0) throw tooSlow();
		const stored = await decode(bytes, header, band, seconds);
		resize ??= new PillowResize(job);
		const { stripRows, stripStride } = resize;
		for (let row = 0; row < band.height; row += stripRows) {
			const rows = Math.min(stripRows, band.height - row);
			const { strip } = resize;
			for (let i = 0; i < rows; i++) {
				rgbRow(stored, row + i, strip.subarray(i * stripStride, (i + 1) * stripStride));
			}
			resize.take(rows);
		}
		giveBack(stored.data);
	}
	return resize!.finish();
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(tooSlow()), ms);
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
