import type { DatabaseSync } from 'node:sqlite';
import { EngineError } from '../../errors';
import { transaction } from './database';

/** What a file was written for: the rows of a matrix with their graph, or FAISS. */
export type SnapshotType = 'rows' | 'faiss';

/** A file in the index's folder that spares work at the next start, and what it holds. */
export interface Snapshot {
	/** Name inside the folder. */
	file: string;
	checksum: string;
	/** Vectors of the generation up to this seq are in it, the gone ones aside. */
	lastSeq: number;
	rows: number;
	/** `vectors.seq` of label 0, 1, 2, …, ascending, where the file does not say it itself. */
	seqs?: Float64Array;
	/** What else its reader wants to know; JSON. */
	facts: Record<string, unknown>;
}

export interface StoredSnapshot extends Snapshot {
	writtenAt: string;
	/** The last attempt to load it did not end. */
	loading: boolean;
}

export function readSnapshot(
	db: DatabaseSync,
	generation: number,
	type: SnapshotType,
): StoredSnapshot | undefined {
	const row = db
		.prepare('SELECT * FROM snapshots WHERE generation = ? AND type = ?')
		.get(generation, type);
	if (!row) return undefined;
	return {
		file: String(row.file),
		checksum: String(row.checksum),
		lastSeq: Number(row.last_seq),
		rows: Number(row.rows),
		...(row.seqs instanceof Uint8Array && { seqs: new Float64Array(row.seqs.slice().buffer) }),
		facts: JSON.parse(String(row.facts)) as Record<string, unknown>,
		writtenAt: String(row.written_at),
		loading: row.loading === 1,
	};
}

/**
 * Which files count. One counts from the moment its row is committed: a file that was written without
 * it, cut off, changed or brought from elsewhere does not match.
 */
export class SnapshotWriter {
	readonly #db: DatabaseSync;

	constructor(db: DatabaseSync) {
		this.#db = db;
	}

	/**
	 * Throws `GENERATION_NOT_FOUND` if that was dropped meanwhile.
	 *
	 * @param dead vectors the file does not hold, that no longer need to be remembered as gone
	 */
	commit(generation: number, type: SnapshotType, snapshot: Snapshot, dead: number[]): void {
		const { file, checksum, lastSeq, rows, seqs, facts } = snapshot;
		const bytes = seqs && new Uint8Array(seqs.buffer, seqs.byteOffset, seqs.byteLength);
		transaction(this.#db, () => {
			const { changes } = this.#db
				.prepare(
					`INSERT OR REPLACE INTO snapshots
					(generation, type, file, checksum, last_seq, rows, seqs, facts, written_at)
					SELECT generation, ?, ?, ?, ?, ?, ?, ?, ? FROM generations
					WHERE generation = ? AND dropping = 0`,
				)
				.run(
					...[type, file, checksum, lastSeq, rows, bytes ?? null],
					...[JSON.stringify(facts), new Date().toISOString(), generation],
				);
			if (changes === 0) {
				throw new EngineError('GENERATION_NOT_FOUND', 'Its vectors were dropped meanwhile.');
			}
			this.#db
				.prepare(
					'DELETE FROM gone WHERE generation = ? AND seq IN (SELECT value FROM json_each(?))',
				)
				.run(generation, JSON.stringify(dead));
		});
	}

	/** Set around a load: if it is still set at the next start, the load took the process down. */
	setLoading(generation: number, type: SnapshotType, loading: boolean): void {
		this.#db
			.prepare('UPDATE snapshots SET loading = ? WHERE generation = ? AND type = ?')
			.run(loading ? 1 : 0, generation, type);
	}

	forget(generation: number, type: SnapshotType): void {
		this.#db
			.prepare('DELETE FROM snapshots WHERE generation = ? AND type = ?')
			.run(generation, type);
	}
}
