/**
 * Preloaded into n8n's process: measures its event loop and memory, and answers over IPC. A message
 * `reset` starts a measurement, `read` answers with a {@link LoopReading} and goes on.
 */
import Module from 'node:module';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Milliseconds between samples: a stall is seen to within this. */
const RESOLUTION_MS = 2;
const NANOSECONDS = 1e6;

export interface LoopReading {
	/** Longest the event loop was kept from other work since `reset`, in milliseconds. */
	max_stall_ms: number;
	p99_ms: number;
	/** Longest turn of the event loop from where a node of this package began to work in it. */
	nodes_max_stall_ms: number;
	/** The same in CPU time: what is left on a machine that does nothing else. */
	nodes_max_stall_cpu_ms: number;
	/** After a garbage collection. */
	rss_mb: number;
	heap_mb: number;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();

/** This package's item loop, as far as it is wrapped here. */
interface Router {
	runOperation(context: unknown, operation: { read(itemIndex: number): unknown }): unknown;
}

const MICROSECONDS = 1e3;

let nodesMax = 0;
let nodesMaxCpu = 0;
let turnEnds = false;

/** A node works in this turn of the loop: how long until others get theirs? */
function markTurn(): void {
	if (turnEnds) return;
	turnEnds = true;
	const began = performance.now();
	const cpu = process.threadCpuUsage();
	setImmediate(() => {
		turnEnds = false;
		const { user, system } = process.threadCpuUsage(cpu);
		nodesMaxCpu = Math.max(nodesMaxCpu, (user + system) / MICROSECONDS);
		nodesMax = Math.max(nodesMax, performance.now() - began);
	});
}

const wrapped = new WeakSet<object>();
const internals = Module as unknown as {
	_load(request: string, parent: unknown, isMain: boolean): unknown;
};
const load = internals._load;
internals._load = function (request, parent, isMain) {
	const loaded = load.call(this, request, parent, isMain);
	if (request.endsWith('shared/router') && isRouter(loaded) && !wrapped.has(loaded)) {
		wrapped.add(loaded);
		const { runOperation } = loaded;
		loaded.runOperation = (context, operation) => {
			markTurn();
			const read = function (this: unknown, itemIndex: number): unknown {
				markTurn();
				return operation.read.call(this as never, itemIndex);
			};
			return runOperation(context, { ...operation, read });
		};
	}
	return loaded;
};

function isRouter(loaded: unknown): loaded is Router {
	return typeof loaded === 'object' && loaded !== null && 'runOperation' in loaded;
}

process.on('message', (message) => {
	if (message === 'reset') {
		delays.reset();
		nodesMax = 0;
		nodesMaxCpu = 0;
	}
	if (message === 'read') {
		// Read before collecting: that is a stall of its own, and of our making.
		const max = delays.max;
		const p99 = delays.percentile(99);
		collectGarbage();
		const { rss, heapUsed } = process.memoryUsage();
		const reading: LoopReading = {
			max_stall_ms: round(max / NANOSECONDS - RESOLUTION_MS),
			p99_ms: round(p99 / NANOSECONDS - RESOLUTION_MS),
			nodes_max_stall_ms: round(nodesMax),
			nodes_max_stall_cpu_ms: round(nodesMaxCpu),
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
