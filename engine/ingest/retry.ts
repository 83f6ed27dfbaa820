import { setTimeout as sleep } from 'node:timers/promises';

import { asEngineError, EngineError } from '../errors';

/** Milliseconds before the second, third and fourth try; jittered by a quarter. */
const DELAYS = [500, 2_000, 5_000];

/**
 * Repeats `work` while it fails with an error that may pass by itself. Throws the last error, or
 * `CANCELLED` once the signal fires.
 */
export async function withRetry<T>(
	work: () => Promise<T>,
	signal: AbortSignal,
	delays: readonly number[] = DELAYS,
): Promise<T> {
	for (let attempt = 0; ; attempt++) {
		try {
			return await work();
		} catch (error) {
			if (signal.aborted) throw cancelled();
			const delay = delays[attempt];
			if (delay === undefined || !asEngineError(error).retryable) throw error;
			await sleep(delay * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => {
				throw cancelled();
			});
		}
	}
}

export function cancelled(): EngineError {
	return new EngineError('CANCELLED', 'The job was cancelled.');
}
