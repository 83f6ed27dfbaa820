/** Worker thread: image bytes to the model's square of pixels, beside the inference. */
import { decode } from './decode';
import type { ImageSize } from './encoder';
import { fitImage } from './fit';
import type { PixelRules } from './model-folder';
import { resizePixels } from './pillow-resize';
import { serve, Transfer } from '../worker-rpc';

export interface PixelsRequest {
	bytes: Uint8Array;
	rules: PixelRules;
}

export interface Pixels extends ImageSize {
	/** RGB, 8 bits, `size * size * 3` bytes. */
	pixels: Uint8Array;
}

async function toPixels({ bytes, rules }: PixelsRequest): Promise<Transfer<Pixels>> {
	const image = await decode(bytes);
	release(bytes);
	const pixels = resizePixels(image.pixels, fitImage(image, rules));
	release(image.pixels);
	return new Transfer({ pixels, width: image.width, height: image.height }, [
		pixels.buffer as ArrayBuffer,
	]);
}

/** Gives memory back now: left to the collector, photos pile up to a hundred megabytes. */
function release(bytes: Uint8Array): void {
	const buffer = bytes.buffer as ArrayBuffer;
	if (buffer.byteLength === bytes.byteLength) buffer.transfer(0);
}

const handlers = { toPixels };
export type PixelsHandlers = typeof handlers;
serve(handlers);
