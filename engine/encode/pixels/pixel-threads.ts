import path from 'node:path';
import { WorkerClient } from '../../worker-rpc';
import type { ModelPixels } from './model-pixels';
import type { PixelsHandlers, PixelsRequest } from './pixels-worker';

interface PixelThread {
	client: WorkerClient<PixelsHandlers>;
	/** Images it was given and has not answered. */
	busy: number;
}

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
		const idlest = this.#threads.reduce((a, b) => (b.busy < a.busy ? b : a));
		if (idlest !== first) {
			const pixels = await using(idlest, ({ client }) => client.call('streamPixels', request));
			if (pixels) return pixels;
		}
		return using(first, ({ client }) => client.call('toPixels', request));
	}

	async close(): Promise<void> {
		await Promise.all(this.#threads.map(({ client }) => client.close()));
	}
}

async function using<T>(
	thread: PixelThread,
	work: (thread: PixelThread) => Promise<T>,
): Promise<T> {
	thread.busy++;
	try {
		return await work(thread);
	} finally {
		thread.busy--;
	}
}
