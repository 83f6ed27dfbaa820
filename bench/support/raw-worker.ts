/** Worker thread with an image tower alone: `session.run()` blocks its thread. */
import { workerData } from 'node:worker_threads';
import { loadRuntime } from '../../engine/encode/runtime/runtime';
import { serve } from '../../engine/worker-rpc';
import type { Slice } from './slice';

export interface RawWorkerData {
	/** ONNX image tower. */
	file: string;
	/** Pixels of a side. */
	size: number;
	/** Of one inference. */
	threads: number;
}

const { file, size, threads } = workerData as RawWorkerData;
const step = open();

/** With the session settings that the engine uses. */
async function open(): Promise<() => Promise<unknown>> {
	const { createSession, Tensor } = await loadRuntime('native', threads);
	const session = await createSession(file);
	const pixels = Float32Array.from({ length: 3 * size * size }, (_, i) => Math.sin(i * 0.37));
	const feeds = { [session.inputNames[0]!]: new Tensor('float32', pixels, [1, 3, size, size]) };
	return () => session.run(feeds);
}

/** Loads the session, and runs it once: the first run is slower. */
async function warmUp(): Promise<void> {
	await (
		await step
	)();
}

/** One image after the other. */
async function run(seconds: number): Promise<Slice> {
	const infer = await step;
	const started = performance.now();
	let images = 0;
	while (performance.now() - started < seconds * 1_000) {
		await infer();
		images++;
	}
	return { images, seconds: (performance.now() - started) / 1_000 };
}

const handlers = { warmUp, run };
export type RawHandlers = typeof handlers;
serve(handlers);
