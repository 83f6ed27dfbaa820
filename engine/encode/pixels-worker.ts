/** Worker thread: image bytes to the model's square of pixels, beside the inference. */
import type { PixelRules } from './model-folder';
import { toModelPixels, type ModelPixels } from './model-pixels';
import { serve, Transfer } from '../worker-rpc';

export interface PixelsRequest {
	bytes: Uint8Array;
	rules: PixelRules;
}

async function toPixels({ bytes, rules }: PixelsRequest): Promise<Transfer<ModelPixels>> {
	const image = await toModelPixels(bytes, rules, { owned: true });
	return new Transfer(image, [image.pixels.buffer as ArrayBuffer]);
}

const handlers = { toPixels };
export type PixelsHandlers = typeof handlers;
serve(handlers);
