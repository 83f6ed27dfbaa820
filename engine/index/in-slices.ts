import { setImmediate as nextTurn } from 'node:timers/promises';

/** A search that comes meanwhile waits this long: half of what it takes itself. */
const SLICE_MS = 0.15;

/** Does a piece of work for every item, and lets whoever waits for the event loop go first now and then. */
export async function inSlices<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
	let until = performance.now() + SLICE_MS;
	for (const item of items) {
		if (performance.now() >= until) {
			await nextTurn();
			until = performance.now() + SLICE_MS;
		}
		work(item);
	}
}
