import sharp from 'sharp';
import { EngineError } from '../errors';
import type { ImageSize } from './encoder';

/** A 2.6 MB progressive JPEG can unfold to a gigabyte: say no before decoding. */
export const MAX_PIXELS = 100_000_000;

// Only formats that photos come in: each further decoder is attack surface on strangers' files.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
	operation: [
		'VipsForeignLoadJpegBuffer',
		'VipsForeignLoadPngBuffer',
		'VipsForeignLoadWebpBuffer',
		'VipsForeignLoadTiffBuffer',
		'VipsForeignLoadNsgifBuffer',
	],
});
// Every photo is seen once: a cache of decoded images would only hold memory.
sharp.cache(false);
sharp.concurrency(1);

export interface DecodedImage extends ImageSize {
	/** RGB, 8 bits, row by row. */
	pixels: Uint8Array;
}

/**
 * Decodes as the reference image processors do: EXIF orientation applied, colour profile ignored,
 * alpha dropped, grey and CMYK turned into RGB.
 *
 * @throws EngineError `IMAGE_EMPTY`, `NOT_AN_IMAGE`, `IMAGE_TRUNCATED`, `IMAGE_TOO_LARGE`
 */
export async function decode(bytes: Uint8Array): Promise<DecodedImage> {
	if (bytes.byteLength === 0) {
		throw new EngineError('IMAGE_EMPTY', 'The image is empty (0 bytes). Upload the file again.');
	}
	try {
		const { data, info } = await sharp(bytes, {
			ignoreIcc: true,
			limitInputPixels: MAX_PIXELS,
			// 'warning' refuses JPEGs that every viewer shows; a torn one must not become a grey vector.
			failOn: 'truncated',
		})
			.autoOrient()
			.toColourspace('srgb')
			.removeAlpha()
			.raw({ depth: 'uchar' })
			.toBuffer({ resolveWithObject: true });
		return {
			pixels: info.channels === 1 ? greyToRgb(data) : data,
			width: info.width,
			height: info.height,
		};
	} catch (error) {
		throw decodeError(error);
	}
}

function greyToRgb(grey: Uint8Array): Uint8Array {
	const rgb = new Uint8Array(grey.length * 3);
	for (let i = 0; i < grey.length; i++) rgb.fill(grey[i]!, i * 3, i * 3 + 3);
	return rgb;
}

function decodeError(error: unknown): EngineError {
	const message = error instanceof Error ? error.message : String(error);
	if (/pixel limit|exceeds/i.test(message)) {
		return new EngineError(
			'IMAGE_TOO_LARGE',
			`The image has more than ${MAX_PIXELS / 1_000_000} megapixels. Shrink it first.`,
		);
	}
	if (/unsupported image format|blocked|bad seek|not a known file format/i.test(message)) {
		return new EngineError(
			'NOT_AN_IMAGE',
			'The file is not a JPEG, PNG, WebP, TIFF or GIF image. Check the file or filter by file type.',
		);
	}
	if (/premature end|truncated|unexpected end|read error|not enough/i.test(message)) {
		return new EngineError('IMAGE_TRUNCATED', 'The image is cut off. Upload the file again.');
	}
	// libvips messages may span lines and repeat; the first says enough.
	const reason = message.split('\n')[0]!.slice(0, 200);
	return new EngineError(
		'NOT_AN_IMAGE',
		`The image cannot be decoded (${reason}). Check the file.`,
	);
}
