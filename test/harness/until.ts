import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks `probe` again and again until it answers something truthy, and resolves with that. A probe
 * that throws has not answered yet; its last error explains the time-out.
 */
export async function until<T>(
	what: string,
	probe: () => Promise<T | undefined | null | false> | T | undefined | null | false,
	{ timeoutMs = 30_000, everyMs = 100 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	let last: unknown;
	do {
		try {
			const answer = await probe();
			if (answer) return answer;
			last = undefined;
		} catch (error) {
			last = error;
		}
		await sleep(everyMs);
	} while (Date.now() < deadline);
	const why = last instanceof Error ? `: ${last.message}` : '';
	throw new Error(`${what} did not happen within ${timeoutMs / 1000} s${why}`, { cause: last });
}
