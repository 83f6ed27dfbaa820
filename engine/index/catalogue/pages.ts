import { setImmediate } from 'node:timers/promises';

/**
 * All that a statement finds, a page at a time, so that nobody waits for all of it.
 *
 * @param size rows of a page
 * @param read the rows after the last one read, at most `size` of them
 */
export async function allPages<T>(size: number, read: (last: T | undefined) => T[]): Promise<T[]> {
	const all: T[] = [];
	for (;;) {
		const page = read(all.at(-1));
		for (const row of page) all.push(row);
		if (page.length < size) return all;
		await setImmediate();
	}
}
