import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GenerationRow } from './catalogue/generations';

/** Rows with their graph, FAISS, and either on its way to its place. */
const SNAPSHOT = /^(?:rows|generation)-(\d+)-.+\.(?:snapshot|faiss)(?:\.tmp)?$/;

/** Removes the snapshot files of generations that are gone: nobody else looks for them again. */
export async function removeGoneFiles(
	folder: string,
	generations: () => GenerationRow[],
): Promise<void> {
	const files = await readdir(folder);
	// Read after the files: one that has just begun is not taken for one that is gone.
	const there = new Set(generations().map(({ generation }) => generation));
	for (const file of files) {
		const match = SNAPSHOT.exec(file);
		if (match && !there.has(Number(match[1]))) await rm(join(folder, file), { force: true });
	}
}
