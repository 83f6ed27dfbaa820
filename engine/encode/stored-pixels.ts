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
 * Writes one upright row as RGB.
 *
 * @param row counted within `pixels`, upright
 * @param to `width` (upright) `* 3` bytes
 */
export function uprightRow(
	pixels: StoredPixels,
	{ transposed, flipX, flipY }: Orientation,
	row: number,
	to: Uint8Array,
): void {
	const { data, channels, width, height } = pixels;
	const stride = width * channels;
	if (!transposed && !flipX && channels === RGB) {
		const line = (flipY ? height - 1 - row : row) * stride;
		to.set(data.subarray(line, line + stride));
		return;
	}
	const column = flipX ? width - 1 : 0;
	const line = flipY ? height - 1 : 0;
	let from: number;
	let step: number;
	let count: number;
	if (transposed) {
		from = line * stride + (flipX ? column - row : row) * channels;
		step = flipY ? -stride : stride;
		count = height;
	} else {
		from = (flipY ? line - row : row) * stride + column * channels;
		step = flipX ? -channels : channels;
		count = width;
	}
	const end = count * RGB;
	if (channels === 4) {
		for (let at = 0; at < end; at += RGB, from += step) cmykToRgb(data, from, to, at);
		return;
	}
	const green = channels === 1 ? 0 : 1;
	const blue = channels === 1 ? 0 : 2;
	for (let at = 0; at < end; at += RGB, from += step) {
		to[at] = data[from]!;
		to[at + 1] = data[from + green]!;
		to[at + 2] = data[from + blue]!;
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
