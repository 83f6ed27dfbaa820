import type { ImageSize } from './encoder';

const RGB = 3;

/** A rectangle of an image as its file stores it, 8 bits, row by row. */
export interface StoredPixels {
	data: Uint8Array;
	/** 1 grey, 3 RGB, 4 CMYK (0 is white). */
	channels: number;
	left: number;
	top: number;
	width: number;
	height: number;
}

export type Rectangle = Omit<StoredPixels, 'data' | 'channels'>;

/**
 * An EXIF orientation as what leads from an upright place to the stored one: the axes change places,
 * and the stored column or row counts from the far side.
 */
export interface Orientation {
	transposed: boolean;
	flipX: boolean;
	flipY: boolean;
}

/** EXIF 2.32, tag 0x0112. */
const ORIENTATIONS: Record<number, [transposed: boolean, flipX: boolean, flipY: boolean]> = {
	1: [false, false, false],
	2: [false, true, false],
	3: [false, true, true],
	4: [false, false, true],
	5: [true, false, false],
	6: [true, false, true],
	7: [true, true, true],
	8: [true, true, false],
};

export function orientationOf(exif: number): Orientation {
	const [transposed, flipX, flipY] = ORIENTATIONS[exif] ?? ORIENTATIONS[1]!;
	return { transposed, flipX, flipY };
}

export function uprightSize({ width, height }: ImageSize, { transposed }: Orientation): ImageSize {
	return transposed ? { width: height, height: width } : { width, height };
}

/** Where the file stores an upright rectangle. */
export function storedRectangle(
	upright: Rectangle,
	stored: ImageSize,
	{ transposed, flipX, flipY }: Orientation,
): Rectangle {
	const { left, top, width, height } = transposed
		? { left: upright.top, top: upright.left, width: upright.height, height: upright.width }
		: upright;
	return {
		left: flipX ? stored.width - left - width : left,
		top: flipY ? stored.height - top - height : top,
		width,
		height,
	};
}

/**
 * Writes some upright rows as RGB.
 *
 * @param first counted within `pixels`, upright
 * @param to `stride` bytes for each row
 */
export function uprightRows(
	pixels: StoredPixels,
	orientation: Orientation,
	first: number,
	rows: number,
	to: Uint8Array,
	stride: number,
): void {
	if (orientation.transposed) transposedRows(pixels, orientation, first, rows, to, stride);
	else {
		for (let row = 0; row < rows; row++) {
			const line = to.subarray(row * stride, (row + 1) * stride);
			straightRow(pixels, orientation, first + row, line);
		}
	}
}

function straightRow(
	{ data, channels, width, height }: StoredPixels,
	{ flipX, flipY }: Orientation,
	row: number,
	to: Uint8Array,
): void {
	const bytes = width * channels;
	const line = (flipY ? height - 1 - row : row) * bytes;
	if (!flipX && channels === RGB) {
		to.set(data.subarray(line, line + bytes));
		return;
	}
	const step = flipX ? -channels : channels;
	copyPixels(data, flipX ? line + bytes - channels : line, step, channels, to, 0, RGB, width);
}

/** Stored row by stored row: column by column, each pixel would come from a cache line of its own. */
function transposedRows(
	{ data, channels, width, height }: StoredPixels,
	{ flipX, flipY }: Orientation,
	first: number,
	rows: number,
	to: Uint8Array,
	stride: number,
): void {
	const column = (flipX ? width - 1 - first : first) * channels;
	const step = flipX ? -channels : channels;
	for (let x = 0; x < height; x++) {
		const line = (flipY ? height - 1 - x : x) * width * channels;
		copyPixels(data, line + column, step, channels, to, x * RGB, stride, rows);
	}
}

/** `count` pixels, `step` bytes apart, to RGB that is `toStep` bytes apart. */
function copyPixels(
	data: Uint8Array,
	from: number,
	step: number,
	channels: number,
	to: Uint8Array,
	at: number,
	toStep: number,
	count: number,
): void {
	const green = channels === RGB ? 1 : 0;
	const blue = green * 2;
	for (let i = 0; i < count; i++, from += step, at += toStep) {
		if (channels === 4) cmykToRgb(data, from, to, at);
		else {
			to[at] = data[from]!;
			to[at + 1] = data[from + green]!;
			to[at + 2] = data[from + blue]!;
		}
	}
}

/** As Pillow's `convert('RGB')`, which knows no ink profile (src/libImaging/Convert.c). */
function cmykToRgb(from: Uint8Array, at: number, to: Uint8Array, index: number): void {
	const light = 255 - from[at + 3]!;
	for (let ink = 0; ink < RGB; ink++) {
		// from * light / 255, rounded.
		const product = from[at + ink]! * light + 128;
		to[index + ink] = light - ((product + (product >> 8)) >> 8);
	}
}
