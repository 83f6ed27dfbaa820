import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { VectorStore } from '../catalogue/vector-store';

/** The FAISS files of one generation in an index's folder. */
export class SnapshotFiles {
	readonly #folder: string;
	readonly #prefix: string;

	constructor(folder: string, generation: number) {
		this.#folder = folder;
		this.#prefix = `generation-${generation}-`;
	}

	/** A name no other snapshot has: the file that counts is never written over. */
	newName(): string {
		return `${this.#prefix}${randomBytes(6).toString('hex')}.faiss`;
	}

	/** A file to pass through; never there for long. */
	scratch(): string {
		return this.path(`${this.newName()}.tmp`);
	}

	path(name: string): string {
		return join(this.#folder, name);
	}

	/** Removes what replacing, or a crash between writing and committing, left behind. */
	async removeAllBut(kept: string | undefined): Promise<void> {
		for (const name of await readdir(this.#folder)) {
			if (name === kept || !name.startsWith(this.#prefix) || !name.includes('.faiss')) continue;
			await rm(this.path(name), { force: true });
		}
	}
}

/** Lets go of the snapshot of a generation that is searched in another way now. */
export async function forgetFaiss(
	folder: string,
	store: Pick<VectorStore, 'generation' | 'snapshot' | 'forgetSnapshot'>,
): Promise<void> {
	if (!store.snapshot('faiss')) return;
	await store.forgetSnapshot('faiss');
	await new SnapshotFiles(folder, store.generation).removeAllBut(undefined);
}
