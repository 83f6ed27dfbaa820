import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../errors';
import type { GenerationRow } from './catalogue/generations';
import type { IndexLogger } from './index-logger';

/** Rows with their graph, FAISS, and either on its way to its place. */
const SNAPSHOT = /^(?:rows|generation)-(\d+)-.+\.(?:snapshot|faiss)(?:\.tmp)?$/;

export interface GoneFilesOptions {
	indexName: string;
	folder: string;
	/** Those that are in the database now. */
	generations(): GenerationRow[];
	logger: IndexLogger;
}

/** Snapshot files of generations that are gone: nobody else looks for them again. */
export class GoneFiles {
	readonly #options: GoneFilesOptions;
	/** Generations that were there the last time; none at first, when all files are looked at. */
	#known: Set<number> | undefined;

	constructor(options: GoneFilesOptions) {
		this.#options = options;
	}

	/** Looks for such files if one of the generations is no longer there. Never throws. */
	async remove(generations: GenerationRow[]): Promise<void> {
		const known = this.#known;
		this.#known = numbersOf(generations);
		if (known && [...known].every((one) => this.#known!.has(one))) return;
		const { indexName, folder, logger } = this.#options;
		try {
			const files = await readdir(folder);
			// Read after the files: one that has just begun is not taken for one that is gone.
			const there = numbersOf(this.#options.generations());
			for (const file of files) {
				const match = SNAPSHOT.exec(file);
				if (match && !there.has(Number(match[1]))) await rm(join(folder, file), { force: true });
			}
		} catch (error) {
			const reason = messageOf(error);
			logger.warn(`index "${indexName}": files of gone generations were not removed: ${reason}`);
		}
	}
}

function numbersOf(generations: GenerationRow[]): Set<number> {
	return new Set(generations.map(({ generation }) => generation));
}
