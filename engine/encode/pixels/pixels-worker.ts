/** Worker thread: image bytes to the model's square of pixels, beside the inference. */
import type { PixelRules } from '../models/model-folder';
import { streamModelPixels, toModelPixels, type ModelPixels } from './model-pixels';
import { serve, Transfer } from '../../worker-rpc';

export interface PixelsRequest {
	bytes: Uint8Array;
	rules: PixelRules;
}

async function toPixels({ bytes, rules }: PixelsRequest): Promise<Transfer<ModelPixels>> {
	const image = await toModelPixels(bytes, rules, { owned: true });
	return new Transfer(image, [image.pixels.buffer as ArrayBuffer]);
}

async function streamPixels({
	bytes,
	rules,
}: PixelsRequest): Promise<Transfer<ModelPixels> | undefined> {
	const image = await streamModelPixels(bytes, rules, { owned: true });
	return image && new Transfer(image, [image.pixels.buffer as ArrayBuffer]);
}

const handlers = { toPixels, streamPixels };
export type PixelsHandlers = typeof handlers;
serve(handlers);
