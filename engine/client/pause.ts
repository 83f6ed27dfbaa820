import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../errors';

/** Throws `CANCELLED` as soon as the signal says so. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
	await sleep(ms, undefined, { signal }).catch(() => {
		throw new EngineError('CANCELLED', 'The call was cancelled.');
	});
}
