import sharp, { type Sharp } from 'sharp';
import { EngineError, messageOf } from '../../errors';
import { MAX_PIXELS, type ImageHeader } from './image-header';
import type { Rectangle, StoredPixels } from './stored-pixels';

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

/**
 * Decodes a rectangle of an image to the levels that Pillow's `convert('RGB')` starts from or comes
 * to: the colour profile ignored, alpha dropped, 16 bits cut to their upper 8, CMYK kept as it is.
 *
 * Where it differs from Pillow: 16-bit grey, which Pillow makes white above 255 of 65,535 (a known
 * flaw of its mode `I;16`); the transparent pixels of a GIF, whose colour libnsgif does not tell, are
 * black; CIELAB TIFFs are refused.
 *
 * @param seconds limit, after which it is `IMAGE_TOO_LARGE`
 * @throws EngineError `NOT_AN_IMAGE`, `IMAGE_TRUNCATED`, `IMAGE_TOO_LARGE`
 */
export async function decode(
	bytes: Uint8Array,
	header: ImageHeader,
	{ left, top, width, height }: Rectangle,
	seconds: number,
): Promise<StoredPixels> {
	const { stored, colours, plain } = header;
	let image: Sharp = sharp(bytes, {
		ignoreIcc: true,
		limitInputPixels: MAX_PIXELS,
		// 'error' refuses JPEGs that every viewer shows; a torn one must not become a grey vector. Of a
		// torn TIFF, 'truncated' would let the missing strips pass.
		failOn: header.format === 'tiff' ? 'error' : 'truncated',
	}).timeout({ seconds });
	if (width < stored.width || height < stored.height) {
		image = image.extract({ left, top, width, height });
	}
	if (colours === 'cmyk') {
		// Not libvips' own conversion to RGB: it goes through an ink profile.
		image = image.pipelineColourspace('cmyk').toColourspace('cmyk');
	} else if (!plain) {
		image = image.toColourspace('srgb').removeAlpha();
	}
	try {
		const { data, info } = await image
			.raw({ depth: 'uchar' })
			.toBuffer({ resolveWithObject: true });
		return { data, channels: info.channels, width, height };
	} catch (error) {
		throw decodeError(error);
	}
}

/** What a message of libvips means for whoever sent the image. */
export function decodeError(error: unknown): EngineError {
	if (error instanceof EngineError) return error;
	const message = messageOf(error);
	if (/timeout/i.test(message)) return tooSlow();
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

/** Of a machine that has other things to do as much as of the image: the next try may pass. */
export function tooSlow(): EngineError {
	return new EngineError(
		'BUSY',
		'The image could not be decoded within ten seconds. Try again when the machine has less to do; if it stays so, shrink the image or save it again.',
	);
}
