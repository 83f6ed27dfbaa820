import type { ImageSize } from '../encoder';

const RGB = 3;

export interface Rectangle extends ImageSize {
	left: number;
	top: number;
}

/** Part of an image as its file stores it, 8 bits, row by row. */
export interface StoredPixels extends ImageSize {
	data: Uint8Array;
	/** 1 grey, 3 RGB, 4 CMYK (0 is white). */
	channels: number;
}

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

/** A small RGB image turned as its orientation says; pixel by pixel, so not for large ones. */
export function upright(
	{ data, width, height }: Omit<StoredPixels, 'channels'>,
	{ transposed, flipX, flipY }: Orientation,
): Uint8Array {
	if (!transposed && !flipX && !flipY) return data;
	const turned = new Uint8Array(data.length);
	const [columns, rows] = transposed ? [height, width] : [width, height];
	let to = 0;
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++, to += RGB) {
			const [x, y] = transposed ? [row, column] : [column, row];
			const from = ((flipY ? height - 1 - y : y) * width + (flipX ? width - 1 - x : x)) * RGB;
			turned[to] = data[from]!;
			turned[to + 1] = data[from + 1]!;
			turned[to + 2] = data[from + 2]!;
		}
	}
	return turned;
}

/** Writes a stored row as RGB, `width * 3` bytes. */
export function rgbRow({ data, channels, width }: StoredPixels, row: number, to: Uint8Array): void {
	const bytes = width * channels;
	const line = row * bytes;
	if (channels === RGB) {
		to.set(data.subarray(line, line + bytes));
		return;
	}
	for (let x = 0, at = 0; x < width; x++, at += RGB) {
		const from = line + x * channels;
		if (channels === 1) to.fill(data[from]!, at, at + RGB);
		else cmykToRgb(data, from, to, at);
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
