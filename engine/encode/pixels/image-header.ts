import sharp, { type Metadata } from 'sharp';
import { EngineError } from '../../errors';
import type { ImageSize } from '../encoder';
import { countScans } from './jpeg-scans';

/** A 2.6 MB progressive JPEG can unfold to a gigabyte: say no before decoding. */
export const MAX_PIXELS = 100_000_000;
/** JPEG's and GIF's own limit. A single row of a hundred million pixels is no photo. */
const MAX_SIDE = 65_535;
/**
 * Scans times megapixels of a progressive JPEG: cameras and web sites write up to about 12 scans;
 * each one is a walk over the whole image, at a millisecond and more per megapixel.
 */
const MAX_SCAN_MEGAPIXELS = 1500;

/** What a file says about its image before anything is decoded. */
export interface ImageHeader {
	format: string;
	/** As stored, before the orientation is applied. */
	stored: ImageSize;
	/** EXIF orientation, 1 to 8. */
	orientation: number;
	colours: 'rgb' | 'grey' | 'cmyk';
	/** 8-bit RGB without alpha: nothing for libvips to convert. */
	plain: boolean;
	/** Bytes that the decoder itself holds while it works, beside its result. */
	decoderBytes: number;
}

/** @throws EngineError `NOT_AN_IMAGE`, `IMAGE_TOO_LARGE` */
export async function readHeader(bytes: Uint8Array): Promise<ImageHeader> {
	const metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
	const { format, width, height, space } = metadata;
	if (width * height > MAX_PIXELS) {
		throw imageTooLarge(`more than ${MAX_PIXELS / 1_000_000} megapixels`);
	}
	if (Math.max(width, height) > MAX_SIDE) {
		throw imageTooLarge(`a side of more than ${MAX_SIDE.toLocaleString('en')} pixels`);
	}
	const scans = format === 'jpeg' ? countScans(bytes) : 0;
	if ((scans * width * height) / 1e6 > MAX_SCAN_MEGAPIXELS) {
		throw imageTooLarge(`${scans} progressive scans`);
	}
	const colours = space === 'cmyk' ? 'cmyk' : space === 'b-w' ? 'grey' : 'rgb';
	return {
		format,
		stored: { width, height },
		orientation: metadata.orientation ?? orientationInXmp(metadata) ?? 1,
		colours,
		plain: space === 'srgb' && metadata.depth === 'uchar' && !metadata.hasAlpha,
		decoderBytes: decoderBytes(metadata, scans),
	};
}

export function imageTooLarge(what: string): EngineError {
	return new EngineError('IMAGE_TOO_LARGE', `The image has ${what}. Shrink it first.`);
}

/** Pillow's `exif_transpose` looks there too where EXIF has no orientation. */
function orientationInXmp({ xmp }: Metadata): number | undefined {
	const match = /tiff:Orientation(?:="|>)([1-8])/.exec(xmp?.toString('latin1') ?? '');
	return match ? Number(match[1]) : undefined;
}

/** Chroma samples per pixel beside one of luma. */
const CHROMA: Record<string, number> = { '4:2:0': 0.5, '4:2:2': 1 };

/** Measured as the growth of the process over what the result takes. */
function decoderBytes(metadata: Metadata, scans: number): number {
	const { format, width, height, channels, depth, isProgressive, chromaSubsampling } = metadata;
	const area = width * height;
	switch (format) {
		case 'jpeg': {
			// One scan is decoded as it is read; of several, all 16-bit coefficients are kept.
			const samples =
				channels === 1 ? 1 : channels === 4 ? 4 : 1 + (CHROMA[chromaSubsampling ?? ''] ?? 2);
			return scans > 1 ? area * samples * 2 : 0;
		}
		case 'png':
			// Row by row, except where the rows are interlaced.
			return isProgressive ? area * channels * (depth === 'ushort' ? 2 : 1) : 0;
		default:
			// As a whole with alpha and a part of it once more; a TIFF may be one single strip or tile.
			return area * 4.75 * (depth === 'ushort' ? 2 : 1);
	}
}
