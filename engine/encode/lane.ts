import type { Handlers, WorkerClient } from '../worker-rpc';

/** A thread, and how much it has to do. */
export interface Lane<H extends Handlers> {
	readonly client: WorkerClient<H>;
	/** Calls that it was given and has not answered. */
	busy: number;
}

/** The one with the least to do; of equals the first. */
export function idlest<L extends { busy: number }>(lanes: readonly [L, ...L[]]): L {
	return lanes.reduce((a, b) => (b.busy < a.busy ? b : a));
}

/** Counts `work` as the lane's for as long as it takes. */
export async function using<L extends { busy: number }, T>(
	lane: L,
	work: (lane: L) => Promise<T>,
): Promise<T> {
	lane.busy++;
	try {
		return await work(lane);
	} finally {
		lane.busy--;
	}
}
