import path from 'node:path';
import { towerBytes } from '../../engine/encode/models/tower-files';
import { WorkerClient } from '../../engine/worker-rpc';
import type { RawHandlers, RawWorkerData } from './raw-worker';
import type { Slice } from './slice';

/** As many inferences as the engine runs at a time of a small tower. */
const SIDE_BY_SIDE = 2;
/** Each session has the weights for itself: SigLIP base has 370 MB of them in fp32. */
const MAX_SIDE_BY_SIDE_BYTES = 600e6;

/** An image tower alone, on pixels that are there already: the most that this runtime can do. */
export class RawTower {
	readonly #threads: WorkerClient<RawHandlers>[];

	private constructor(sessions: number, workerData: RawWorkerData) {
		const file = path.join(__dirname, 'raw-worker.js');
		this.#threads = Array.from(
			{ length: sessions },
			() => new WorkerClient<RawHandlers>(file, { workerData, restart: false }),
		);
	}

	/** One session on all threads. */
	static async load(file: string, size: number, threads: number): Promise<RawTower> {
		return await RawTower.#load(1, { file, size, threads });
	}

	/**
	 * Two sessions at work at the same time, each on half of the threads.
	 *
	 * @returns undefined where there is one thread, or twice the weights are too much memory
	 */
	static async loadSideBySide(
		file: string,
		size: number,
		threads: number,
	): Promise<RawTower | undefined> {
		if (threads < SIDE_BY_SIDE || towerBytes(file) > MAX_SIDE_BY_SIDE_BYTES) return undefined;
		const share = Math.floor(threads / SIDE_BY_SIDE);
		return await RawTower.#load(SIDE_BY_SIDE, { file, size, threads: share });
	}

	static async #load(sessions: number, workerData: RawWorkerData): Promise<RawTower> {
		const tower = new RawTower(sessions, workerData);
		await tower.#warmUp();
		return tower;
	}

	/** A tight loop of `session.run` in each session. */
	async run(seconds: number): Promise<Slice> {
		// Other towers ran meanwhile, and had the caches.
		await this.#warmUp();
		const slices = await Promise.all(this.#threads.map((thread) => thread.call('run', seconds)));
		const longest = Math.max(...slices.map((slice) => slice.seconds));
		// Each at its own speed: one that ended an image earlier did not stand idle.
		const images = slices.reduce((sum, slice) => sum + (slice.images / slice.seconds) * longest, 0);
		return { images, seconds: longest };
	}

	async close(): Promise<void> {
		await Promise.all(this.#threads.map((thread) => thread.close()));
	}

	async #warmUp(): Promise<void> {
		await Promise.all(this.#threads.map((thread) => thread.call('warmUp', undefined)));
	}
}
