import type { DatabaseSync } from 'node:sqlite';
import { vectorChecksum } from './checksum';

/** The SQL that writes vectors. Belongs inside a transaction. */
export class VectorTable {
	readonly #statements;

	constructor(db: DatabaseSync) {
		this.#statements = {
			held: db.prepare('SELECT generation FROM vectors WHERE photo = ?'),
			insert: db.prepare(
				'INSERT INTO vectors (photo, generation, vector, checksum) VALUES (?, ?, ?, ?)',
			),
			same: db.prepare(
				`SELECT 1 FROM vectors
				WHERE photo = ? AND generation = ? AND vector = ? AND checksum = ?`,
			),
			drop: db.prepare('DELETE FROM vectors WHERE photo = ? AND generation = ?'),
			forgetGone: db.prepare(
				`DELETE FROM gone WHERE generation NOT IN (SELECT generation FROM snapshots)`,
			),
		};
	}

	/** The generations that the photo has a vector of. */
	generationsOf(photo: number): Set<number> {
		return new Set(this.#statements.held.all(photo).map((row) => Number(row.generation)));
	}

	/** Whether this very vector is stored, and undamaged. */
	has(photo: number, generation: number, vector: Float32Array): boolean {
		const bytes = bytesOf(vector);
		const { same } = this.#statements;
		return same.get(photo, generation, bytes, vectorChecksum(bytes)) !== undefined;
	}

	/** Stores a vector where there is none. Returns its `seq`. */
	insert(photo: number, generation: number, vector: Float32Array): number {
		const bytes = bytesOf(vector);
		const { insert } = this.#statements;
		return Number(insert.run(photo, generation, bytes, vectorChecksum(bytes)).lastInsertRowid);
	}

	drop(photo: number, generation: number): void {
		this.#statements.drop.run(photo, generation);
	}

	/** Where there is no snapshot, nobody asks what is gone since it was written. */
	forgetGone(): void {
		try {
			this.#statements.forgetGone.run();
		} catch {
			// A full disk must not keep an index from being searched; whoever writes next is told.
		}
	}
}

function bytesOf(vector: Float32Array): Uint8Array {
	return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}
