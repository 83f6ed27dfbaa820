import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { VectorStore } from '../catalogue/vector-store';
import type { VectorKind } from '../vector-index';

/** A FAISS file that is worth loading, and what its labels stand for. */
export interface Snapshot {
	/** Name inside the index's folder. */
	file: string;
	sha256: string;
	/** `vectors.seq` of label 0, 1, 2, …, ascending. */
	seqs: Float64Array;
	efSearch: number;
	recall: number;
}

/** The FAISS files of one kind in an index's folder, and which of them counts. */
export class SnapshotFolder {
	readonly #folder: string;
	readonly #kind: VectorKind;
	readonly #store: VectorStore;

	constructor(folder: string, kind: VectorKind, store: VectorStore) {
		this.#folder = folder;
		this.#kind = kind;
		this.#store = store;
	}

	/** A file to pass through; never there for long. */
	get scratch(): string {
		return this.path(`${this.#kind}-empty.faiss.tmp`);
	}

	/** A name no older snapshot has: the file that counts is never written over. */
	newFile(): string {
		return `${this.#kind}-${Date.now()}.faiss`;
	}

	path(file: string): string {
		return join(this.#folder, file);
	}

	/** The snapshot that counts. What a crash left between writing and committing is removed. */
	async current(): Promise<(Snapshot & { loading: boolean }) | undefined> {
		const stored = this.#store.snapshot('faiss');
		await this.#removeFilesBut(stored?.file);
		if (!stored?.seqs) return undefined;
		const { file, checksum: sha256, seqs, facts, loading } = stored;
		const { efSearch, recall } = facts as { efSearch: number; recall: number };
		return { file, sha256, seqs, efSearch, recall, loading };
	}

	async setLoading(loading: boolean): Promise<void> {
		await this.#store.setLoading('faiss', loading);
	}

	/** From here on this snapshot counts; its file is in its place and on the disk. */
	async commit({ file, sha256, seqs, efSearch, recall }: Snapshot): Promise<void> {
		const [lastSeq, rows] = [seqs.at(-1) ?? -1, seqs.length];
		const facts = { efSearch, recall };
		await this.#store.commitSnapshot(
			'faiss',
			{ file, checksum: sha256, lastSeq, rows, seqs, facts },
			[],
		);
		await this.#removeFilesBut(file);
	}

	/** Whether there was one. */
	async forget(): Promise<boolean> {
		if (!this.#store.snapshot('faiss')) return false;
		await this.#store.forgetSnapshot('faiss');
		await this.#removeFilesBut(undefined);
		return true;
	}

	async #removeFilesBut(kept: string | undefined): Promise<void> {
		for (const file of await readdir(this.#folder)) {
			if (file === kept || !file.startsWith(`${this.#kind}-`) || !file.includes('.faiss')) continue;
			await rm(this.path(file), { force: true });
		}
	}
}
