import { join } from 'node:path';
import { WorkerClient } from '../../engine/worker-rpc';
import type { BandwidthHandlers } from './bandwidth-worker';

/** Gigabytes (10⁹ bytes) per second, the best of several times. */
export interface Bandwidth {
	readGbPerS: number;
	/** Bytes copied, each of which is read once and written once. */
	copyGbPerS: number;
	readTwoThreadsGbPerS: number;
	copyTwoThreadsGbPerS: number;
}

const TIMES = 3;

/** What the machine's memory gives; needs 2 GiB for a few seconds. */
export async function measureBandwidth(): Promise<Bandwidth> {
	const threads = [0, 1].map(
		() => new WorkerClient<BandwidthHandlers>(join(__dirname, 'bandwidth-worker.js')),
	);
	try {
		const [bytes] = await Promise.all(
			threads.map((thread) => thread.call('bytes', undefined as never)),
		);
		const best = async (what: 'read' | 'copy', count: number) => {
			let fastest = 0;
			for (let time = 0; time < TIMES; time++) {
				const seconds = await Promise.all(
					threads.slice(0, count).map((thread) => thread.call(what, undefined as never)),
				);
				fastest = Math.max(fastest, (count * bytes!) / 1e9 / Math.max(...seconds));
			}
			return fastest;
		};
		return {
			readGbPerS: await best('read', 1),
			copyGbPerS: await best('copy', 1),
			readTwoThreadsGbPerS: await best('read', 2),
			copyTwoThreadsGbPerS: await best('copy', 2),
		};
	} finally {
		await Promise.all(threads.map((thread) => thread.close()));
	}
}
