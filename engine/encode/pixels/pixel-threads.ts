import path from 'node:path';
import { WorkerClient } from '../../worker-rpc';
import { idlest, using, type Lane } from '../lane';
import type { ModelPixels } from './model-pixels';
import type { PixelsHandlers, PixelsRequest } from './pixels-worker';

type PixelThread = Lane<PixelsHandlers>;

/**
 * Threads that turn image files into pixels. The first takes every kind of file and keeps their
 * memory within a budget; the others take baseline JPEGs, which most photos are and which need next
 * to none.
 */
export class PixelThreads {
	readonly #threads: [PixelThread, ...PixelThread[]];

	/** @param count from 1; a thread starts with its first image */
	constructor(count: number) {
		const thread = (): PixelThread => ({
			client: new WorkerClient(path.join(__dirname, 'pixels-worker.js')),
			busy: 0,
		});
		this.#threads = [thread(), ...Array.from({ length: count - 1 }, thread)];
	}

	/** Throws the image errors. */
	async toPixels(request: PixelsRequest): Promise<ModelPixels> {
		const [first] = this.#threads;
		const free = idlest(this.#threads);
		if (free !== first) {
			const pixels = await using(free, ({ client }) => client.call('streamPixels', request));
			if (pixels) return pixels;
		}
		return using(first, ({ client }) => client.call('toPixels', request));
	}

	async close(): Promise<void> {
		await Promise.all(this.#threads.map(({ client }) => client.close()));
	}
}
