import { setImmediate } from 'node:timers/promises';

/** Rows read in one go: about a millisecond. */
export const PAGE_ROWS = 1_000;

/**
 * All that a statement finds, a page at a time, so that nobody waits for all of it.
 *
 * @param read the rows after the last one read, at most {@link PAGE_ROWS} of them
 */
export async function allPages<T>(read: (last: T | undefined) => T[]): Promise<T[]> {
	const all: T[] = [];
	for (;;) {
		const page = read(all.at(-1));
		for (const row of page) all.push(row);
		if (page.length < PAGE_ROWS) return all;
		await setImmediate();
	}
}
