import type { DatabaseSync } from 'node:sqlite';
import { readGenerations, type GenerationRow } from './generations';
import { readSnapshot, type Snapshot, type SnapshotType, type StoredSnapshot } from './snapshots';
import type { VectorReader, VectorRow } from './vector-reader';

/** The part of the catalogue's writer that snapshots need. */
export interface SnapshotCalls {
	commitSnapshot(
		generation: number,
		type: SnapshotType,
		snapshot: Snapshot,
		dead: number[],
	): Promise<void>;
	setLoading(generation: number, type: SnapshotType, loading: boolean): Promise<void>;
	forgetSnapshot(generation: number, type: SnapshotType): Promise<void>;
}

/** The vectors of one generation, as the search over them sees the catalogue. Reads are at once. */
export class VectorStore {
	/** The database, for threads that open it themselves, read-only. */
	readonly file: string;
	readonly generation: number;
	readonly dimension: number;
	readonly #db: DatabaseSync;
	readonly #reader: VectorReader;
	readonly #writer: SnapshotCalls;

	constructor(
		file: string,
		{ generation, dimension }: GenerationRow,
		db: DatabaseSync,
		reader: VectorReader,
		writer: SnapshotCalls,
	) {
		this.file = file;
		this.generation = generation;
		this.dimension = dimension;
		this.#db = db;
		this.#reader = reader;
		this.#writer = writer;
	}

	/** Vectors by seq; those that are gone are absent. */
	vectors(seqs: number[]): Map<number, Float32Array> {
		return this.#reader.many(seqs);
	}

	/** The vectors that these photos have now, by photo; damaged ones are left out. */
	vectorsOf(photos: number[]): Map<number, Float32Array> {
		const vectors = new Map<number, Float32Array>();
		for (const { photo, generation, vector } of this.#reader.ofPhotos(photos)) {
			if (vector && generation === this.generation) vectors.set(photo, vector);
		}
		return vectors;
	}

	/** All that are undamaged, in the order they were written. */
	rows(): Iterable<VectorRow> {
		return this.#reader.all(this.generation);
	}

	count(): number {
		const rows = readGenerations(this.#db);
		return rows.find(({ generation }) => generation === this.generation)?.vectors ?? 0;
	}

	snapshot(type: SnapshotType): StoredSnapshot | undefined {
		return readSnapshot(this.#db, this.generation, type);
	}

	/**
	 * From here on this file counts; it is in its place and on the disk.
	 *
	 * @param dead vectors it does not hold, that no longer need to be remembered as gone
	 */
	async commitSnapshot(type: SnapshotType, snapshot: Snapshot, dead: number[]): Promise<void> {
		await this.#writer.commitSnapshot(this.generation, type, snapshot, dead);
	}

	/** Set around a load: if it is still set at the next start, the load took the process down. */
	async setLoading(type: SnapshotType, loading: boolean): Promise<void> {
		await this.#writer.setLoading(this.generation, type, loading);
	}

	async forgetSnapshot(type: SnapshotType): Promise<void> {
		await this.#writer.forgetSnapshot(this.generation, type);
	}
}
