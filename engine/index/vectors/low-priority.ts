import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** The lowest: what searches and writes leave of two cores is enough to link what they write. */
const NICENESS = 19;

/**
 * Lets other threads go before this one, where the operating system has a priority for each thread
 * and tells a thread its number: Linux.
 */
export function lowerPriority(): void {
	try {
		// PID/task/TID of the thread that reads it.
		const thread = readlinkSync('/proc/thread-self').split('/').at(-1);
		setPriority(Number(thread), NICENESS);
	} catch {
		// It only makes searches a little slower while rows are linked.
	}
}
