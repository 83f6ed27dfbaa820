import type { DatabaseSync } from 'node:sqlite';
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

/**
 * Which FAISS file of a kind is the right one. A file counts from the moment its row is committed:
 * one that was written without it, cut off, changed or brought from elsewhere does not match.
 */
export class SnapshotTable {
	readonly #statements;

	constructor(db: DatabaseSync) {
		this.#statements = {
			get: db.prepare('SELECT * FROM snapshots WHERE kind = ?'),
			put: db.prepare(
				`INSERT OR REPLACE INTO snapshots (kind, file, sha256, seqs, ef_search, recall)
				VALUES (?, ?, ?, ?, ?, ?)`,
			),
			setLoading: db.prepare('UPDATE snapshots SET loading = ? WHERE kind = ?'),
			delete: db.prepare('DELETE FROM snapshots WHERE kind = ?'),
		};
	}

	get(kind: VectorKind): (Snapshot & { loading: boolean }) | undefined {
		const row = this.#statements.get.get(kind);
		if (!row || !(row.seqs instanceof Uint8Array)) return undefined;
		return {
			file: String(row.file),
			sha256: String(row.sha256),
			seqs: new Float64Array(row.seqs.slice().buffer),
			efSearch: Number(row.ef_search),
			recall: Number(row.recall),
			loading: row.loading === 1,
		};
	}

	put(kind: VectorKind, { file, sha256, seqs, efSearch, recall }: Snapshot): void {
		const bytes = new Uint8Array(seqs.buffer, seqs.byteOffset, seqs.byteLength);
		this.#statements.put.run(kind, file, sha256, bytes, efSearch, recall);
	}

	/** Set around a load: if it is still set at the next start, the load took the process down. */
	setLoading(kind: VectorKind, loading: boolean): void {
		this.#statements.setLoading.run(loading ? 1 : 0, kind);
	}

	delete(kind: VectorKind): void {
		this.#statements.delete.run(kind);
	}
}
