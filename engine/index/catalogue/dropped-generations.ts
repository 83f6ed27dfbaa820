import type { DatabaseSync } from 'node:sqlite';
import { transaction } from './database';

/**
 * Rows are deleted for so long, and made durable in about as long again: a write that comes meanwhile
 * waited 6 ms, and 25 ms where the log was brought into the file (20,000 vectors of 768 numbers).
 */
const SLICE_MS = 4;

/** Rows between two looks at the clock: fractions of a millisecond, where pages are in a cache. */
const ROWS = 32;

/**
 * What dropped generations leave: a million vectors take ten seconds, in which nobody else could write
 * if they went in one transaction. After a kill the rest goes at the next start.
 */
export class DroppedGenerations {
	readonly #db: DatabaseSync;
	readonly #next;
	/** Each deletes some rows of a generation. */
	readonly #deletions;
	readonly #forget;

	constructor(db: DatabaseSync) {
		this.#db = db;
		this.#next = db.prepare('SELECT generation FROM generations WHERE dropping = 1 LIMIT 1');
		this.#deletions = ['vectors', 'gone'].map((table) =>
			db.prepare(
				`DELETE FROM ${table} WHERE generation = :generation AND seq IN
				(SELECT seq FROM ${table} WHERE generation = :generation LIMIT ${ROWS})`,
			),
		);
		this.#forget = db.prepare('DELETE FROM generations WHERE generation = ?');
	}

	/** Deletes a piece, in a transaction of its own; whether there may be more. */
	step(): boolean {
		const row = this.#next.get();
		if (!row) return false;
		const generation = Number(row.generation);
		const until = performance.now() + SLICE_MS;
		transaction(this.#db, () => {
			for (const some of this.#deletions) {
				while (Number(some.run({ generation }).changes) > 0) {
					if (performance.now() >= until) return;
				}
			}
			this.#forget.run(generation);
		});
		return true;
	}
}
