/** Worker thread that moves memory: native loops of the standard library, at the machine's speed. */
import { serve } from '../../engine/worker-rpc';

/** Beyond the caches. */
const BYTES = 2 ** 29;

const from = Buffer.alloc(BYTES, 7);
const to = Buffer.alloc(BYTES, 9);

/** Seconds to read all of it once, looking for a byte that is not there. */
function read(): number {
	const started = performance.now();
	if (from.includes(8)) throw new Error('memory holds what was never written');
	return (performance.now() - started) / 1_000;
}

/** Seconds to copy all of it. */
function copy(): number {
	const started = performance.now();
	to.set(from);
	return (performance.now() - started) / 1_000;
}

const handlers = { bytes: () => BYTES, read, copy };
export type BandwidthHandlers = typeof handlers;
serve(handlers);
