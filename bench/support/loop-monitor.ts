/**
 * Preloaded into n8n's process: measures its event loop and memory, and answers over IPC. A message
 * `reset` starts a measurement, `read` answers with a {@link LoopReading} and goes on.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Milliseconds between samples: a stall is seen to within this. */
const RESOLUTION_MS = 2;
const NANOSECONDS = 1e6;

export interface LoopReading {
	/** Longest the event loop was kept from other work since `reset`, in milliseconds. */
	max_stall_ms: number;
	p99_ms: number;
	/** After a garbage collection. */
	rss_mb: number;
	heap_mb: number;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();

process.on('message', (message) => {
	if (message === 'reset') delays.reset();
	if (message === 'read') {
		// Read before collecting: that is a stall of its own, and of our making.
		const max = delays.max;
		const p99 = delays.percentile(99);
		collectGarbage();
		const { rss, heapUsed } = process.memoryUsage();
		const reading: LoopReading = {
			max_stall_ms: round(max / NANOSECONDS - RESOLUTION_MS),
			p99_ms: round(p99 / NANOSECONDS - RESOLUTION_MS),
			rss_mb: round(rss / 2 ** 20),
			heap_mb: round(heapUsed / 2 ** 20),
		};
		process.send?.({ reading });
		delays.reset();
	}
});
// The listener must not keep n8n alive.
process.channel?.unref();

function round(value: number): number {
	return Math.max(0, Math.round(value * 10) / 10);
}
