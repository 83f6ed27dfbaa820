import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { loadRuntime, type RuntimeName } from '../../engine/encode/runtime/runtime';

/** An image tower alone, on pixels that are there already: the most that this runtime can do. */
export class RawSession {
	readonly #session: InferenceSession;
	readonly #feeds: Record<string, Tensor>;

	private constructor(session: InferenceSession, feeds: Record<string, Tensor>) {
		this.#session = session;
		this.#feeds = feeds;
	}

	/** With the session settings that the engine uses. */
	static async load(
		file: string,
		size: number,
		runtime: RuntimeName,
		threads: number,
	): Promise<RawSession> {
		const { createSession, Tensor: TensorClass } = await loadRuntime(runtime, threads);
		const session = await createSession(file);
		const pixels = Float32Array.from({ length: 3 * size * size }, (_, i) => Math.sin(i * 0.37));
		return new RawSession(session, {
			[session.inputNames[0]!]: new TensorClass('float32', pixels, [1, 3, size, size]),
		});
	}

	/** One image after the other. */
	async run(seconds: number): Promise<Slice> {
		await this.#session.run(this.#feeds);
		const started = performance.now();
		let images = 0;
		while (performance.now() - started < seconds * 1_000) {
			await this.#session.run(this.#feeds);
			images++;
		}
		return { images, seconds: (performance.now() - started) / 1_000 };
	}

	async close(): Promise<void> {
		await this.#session.release();
	}
}

/** What was done in how long. */
export interface Slice {
	images: number;
	seconds: number;
}
