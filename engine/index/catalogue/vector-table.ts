import type { DatabaseSync } from 'node:sqlite';

/** The SQL that writes vectors. Belongs inside a transaction. */
export class VectorTable {
	readonly #statements;

	constructor(db: DatabaseSync) {
		this.#statements = {
			held: db.prepare('SELECT generation FROM vectors WHERE photo = ?'),
			insert: db.prepare('INSERT INTO vectors (photo, generation, vector) VALUES (?, ?, ?)'),
			same: db.prepare('SELECT 1 FROM vectors WHERE photo = ? AND generation = ? AND vector = ?'),
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

	/** Whether this very vector is stored. */
	has(photo: number, generation: number, vector: Float32Array): boolean {
		return this.#statements.same.get(photo, generation, bytesOf(vector)) !== undefined;
	}

	/** Stores a vector where there is none. Returns its `seq`. */
	insert(photo: number, generation: number, vector: Float32Array): number {
		return Number(this.#statements.insert.run(photo, generation, bytesOf(vector)).lastInsertRowid);
	}

	drop(photo: number, generation: number): void {
		this.#statements.drop.run(photo, generation);
	}

	/** Where there is no snapshot, nobody asks what is gone since it was written. */
	forgetGone(): void {
		this.#statements.forgetGone.run();
	}
}

function bytesOf(vector: Float32Array): Uint8Array {
	return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}
