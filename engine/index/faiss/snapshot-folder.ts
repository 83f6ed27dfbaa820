import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Snapshot, SnapshotTable } from '../catalogue/snapshot-table';
import type { VectorKind } from '../vector-index';

/** The FAISS files of one kind in an index's folder, and which of them counts. */
export class SnapshotFolder {
	readonly #folder: string;
	readonly #kind: VectorKind;
	readonly #table: SnapshotTable;

	constructor(folder: string, kind: VectorKind, table: SnapshotTable) {
		this.#folder = folder;
		this.#kind = kind;
		this.#table = table;
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
		const snapshot = this.#table.get(this.#kind);
		await this.#removeFilesBut(snapshot?.file);
		return snapshot;
	}

	setLoading(loading: boolean): void {
		this.#table.setLoading(this.#kind, loading);
	}

	/** From here on this snapshot counts; its file is in its place and on the disk. */
	async commit(snapshot: Snapshot): Promise<void> {
		this.#table.put(this.#kind, snapshot);
		await this.#removeFilesBut(snapshot.file);
	}

	/** Whether there was one. */
	async forget(): Promise<boolean> {
		if (!this.#table.get(this.#kind)) return false;
		this.#table.delete(this.#kind);
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
