import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { vectorChecksum } from '../../catalogue/checksum';
import { isIntact } from '../../catalogue/vector-check';

/** The engine's writer never holds a reader of a WAL database up; a recovery after a crash may. */
const BUSY_TIMEOUT_MS = 10_000;

export interface VectorRow {
	seq: number;
	/** `undefined` if its bytes are not those that were stored. */
	vector: Float32Array | undefined;
}

/**
 * The vectors of one generation, read from the index's database. Every call is a transaction of its
 * own: one that stayed open would keep SQLite from shortening its write-ahead log.
 */
export class VectorRows {
	readonly #db: DatabaseSync;
	readonly #statements;
	readonly #generation: number;

	constructor(
		file: string,
		generation: number,
		readonly dimension: number,
	) {
		this.#generation = generation;
		this.#db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
		const of = 'FROM vectors WHERE generation = ?';
		this.#statements = {
			after: this.#db.prepare(
				`SELECT seq, vector, checksum ${of} AND seq > ? ORDER BY seq LIMIT ?`,
			),
			seqsAfter: this.#db.prepare(`SELECT seq ${of} AND seq > ? ORDER BY seq LIMIT ?`),
			one: this.#db.prepare(`SELECT seq, vector, checksum ${of} AND seq = ?`),
			last: this.#db.prepare(`SELECT max(seq) AS last ${of}`),
			countAfter: this.#db.prepare(`SELECT count(*) AS n ${of} AND seq > ?`),
		};
	}

	/** Ascending; what was committed while this is called is seen or not, but never in part. */
	after(seq: number, limit: number): VectorRow[] {
		const rows = this.#statements.after.all(this.#generation, seq, limit);
		return rows.map((row) => ({ seq: Number(row.seq), vector: this.#vectorOf(row) }));
	}

	seqsAfter(seq: number, limit: number): number[] {
		return this.#statements.seqsAfter
			.all(this.#generation, seq, limit)
			.map((row) => Number(row.seq));
	}

	/** `undefined` if it is gone or damaged. */
	vector(seq: number): Float32Array | undefined {
		const row = this.#statements.one.get(this.#generation, seq);
		return row && this.#vectorOf(row);
	}

	/** 0 if there is none. */
	get lastSeq(): number {
		return Number(this.#statements.last.get(this.#generation)?.last ?? 0);
	}

	countAfter(seq: number): number {
		return Number(this.#statements.countAfter.get(this.#generation, seq)?.n);
	}

	close(): void {
		this.#db.close();
	}

	#vectorOf({ vector: bytes, checksum }: Record<string, SQLOutputValue>): Float32Array | undefined {
		if (!(bytes instanceof Uint8Array) || bytes.length !== 4 * this.dimension) return undefined;
		if (vectorChecksum(bytes) !== checksum) return undefined;
		const vector = new Float32Array(bytes.slice().buffer);
		return isIntact(vector) ? vector : undefined;
	}
}
