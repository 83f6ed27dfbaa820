import { totalmem } from 'node:os';
import { cpu } from '../../encode/runtime/cpu';
import { isMusl } from '../../encode/runtime/runtime-choice';
import { cores } from '../../encode/runtime/threads';
import type { App } from '../app';
import { RuntimeReport } from '../contract';
import type { Engine } from '../engine';

export function runtimeRoutes(app: App, { encoder }: Engine): void {
	app.get(
		'/runtime',
		{ schema: { response: { 200: RuntimeReport } } },
		async (): Promise<RuntimeReport> => {
			const { threads, ...onnxruntime } = await encoder.runtime();
			const { model, features } = cpu();
			const { logical, physical, quota } = cores();
			return {
				onnxruntime,
				threads,
				cpu: { model, features: features ?? null },
				cores: { logical, physical: physical ?? null, limit: quota ?? null },
				memory: {
					total_bytes: totalmem(),
					limit_bytes: memoryLimit(),
					rss_bytes: process.memoryUsage.rss(),
				},
				node: process.version,
				platform: `${process.platform} ${process.arch}${isMusl() ? ' musl' : ''}`,
			};
		},
	);
}

function memoryLimit(): number | null {
	// Without a limit: 0, or a number near 2^64 that the kernel means by "none".
	const limit = process.constrainedMemory();
	return limit > 0 && limit < totalmem() ? limit : null;
}
