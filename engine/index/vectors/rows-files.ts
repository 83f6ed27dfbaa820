import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measured } from './measure-breadth';

/** What the record of a snapshot of rows tells besides rows. */
export interface RowsFacts {
	/** Undefined before it was measured; older snapshots have other facts in its place. */
	walks: Measured | undefined;
	measuredRows: number;
	lastMerge: string | null;
	/** Tombstones in it. */
	dead: number;
	/** `seq`s of stored vectors that it lacks. */
	damaged: number[];
}

/** A name no older snapshot has: the file that counts is never written over. */
export function newRowsFile(generation: number): string {
	return `${prefixOf(generation)}${randomBytes(8).toString('hex')}.snapshot`;
}

/** Removes what a crash left between writing and committing, and what was replaced. */
export async function removeRowsFilesBut(
	folder: string,
	generation: number,
	kept: string | undefined,
): Promise<void> {
	for (const file of await readdir(folder)) {
		if (file === kept || !file.startsWith(prefixOf(generation))) continue;
		await rm(join(folder, file), { force: true });
	}
}

const prefixOf = (generation: number) => `rows-${generation}-`;
