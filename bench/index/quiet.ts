import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds } from './processes';

const WINDOW_MS = 250;
/** Of one core. Timers, and this watching, take less. */
const BUSY_SHARE = 0.05;
/** Quiet for that long, an index that is said to have work left is not going to do it. */
const PATIENCE_MS = 15_000;

/**
 * Waits until the process has nothing to do: for a second without a use of the processor, if `left`
 * says that nothing is left to do, else for fifteen.
 *
 * @returns seconds waited
 */
export async function quiet(left: () => Promise<number>, limitMs: number): Promise<number> {
	const started = performance.now();
	let quietMs = 0;
	let used = cpuSeconds();
	while (performance.now() - started < limitMs) {
		const began = performance.now();
		await sleep(WINDOW_MS);
		const now = cpuSeconds();
		const ms = performance.now() - began;
		quietMs = (now - used) * 1_000 < BUSY_SHARE * ms ? quietMs + ms : 0;
		used = now;
		if (quietMs >= PATIENCE_MS || (quietMs >= 1_000 && (await left()) === 0)) break;
	}
	return (performance.now() - started - quietMs) / 1_000;
}
