import path from 'node:path';
import type { PixelRules } from '../../engine/encode/models/model-folder';
import type { PixelsHandlers } from '../../engine/encode/pixels/pixels-worker';
import { WorkerClient } from '../../engine/worker-rpc';
import { ROOT } from '../../test/harness/root';
import { percentile } from './timing';

/** Processor milliseconds from a JPEG's bytes to the model's pixels: median over `runs`. */
export async function preprocessCpuMs(
	photo: Buffer,
	rules: PixelRules,
	runs: number,
): Promise<number> {
	const worker = new WorkerClient<PixelsHandlers>(
		path.join(ROOT, 'dist', 'engine', 'encode', 'pixels', 'pixels-worker.js'),
	);
	const times: number[] = [];
	try {
		// The first ones start the thread and compile its code.
		for (let run = -2; run < runs; run++) {
			const before = process.cpuUsage();
			await worker.call('toPixels', { bytes: Buffer.from(photo), rules });
			const { user, system } = process.cpuUsage(before);
			if (run >= 0) times.push((user + system) / 1_000);
		}
	} finally {
		await worker.close();
	}
	return percentile(times, 0.5);
}
