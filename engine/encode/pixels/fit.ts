import type { PixelRules } from '../models/model-folder';
import type { ResizeJob } from './pillow-resize';
import type { ImageSize } from '../encoder';

export type FitRules = Pick<PixelRules, 'imageSize' | 'filter' | 'fit' | 'cropRounding'>;

/**
 * How an image becomes the square that the model sees.
 *
 * `crop`: the shorter side becomes `imageSize`, the longer one keeps the ratio and loses its
 * fraction, then the centre square is cut (transformers `get_resize_output_image_size` and
 * `center_crop`, torchvision `Resize` and `CenterCrop`).
 */
export function fitImage({ width, height }: ImageSize, rules: FitRules): ResizeJob {
	const { imageSize: size, filter, fit } = rules;
	if (fit === 'squash') return { width, height, outWidth: size, outHeight: size, filter };
	const portrait = width <= height;
	// In this order, as the references: another one rounds another way.
	const long = Math.trunc((size * Math.max(width, height)) / Math.min(width, height));
	const outWidth = portrait ? size : long;
	const outHeight = portrait ? long : size;
	const left = margin(outWidth - size, rules.cropRounding);
	const top = margin(outHeight - size, rules.cropRounding);
	const window = { left, top, width: size, height: size };
	return { width, height, outWidth, outHeight, filter, window };
}

function margin(excess: number, rounding: FitRules['cropRounding']): number {
	const half = Math.trunc(excess / 2);
	// Python's round(): of an odd margin's two halves the even one.
	return rounding === 'even' && excess % 2 === 1 ? half + (half % 2) : half;
}
