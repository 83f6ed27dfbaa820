import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { vectorChecksum } from './checksum';

/** A vector as it is stored. */
export interface VectorRow {
	photo: number;
	seq: number;
	/** Little-endian float32, any alignment. */
	bytes: Uint8Array;
}

/** A vector of a photo in one generation. */
export interface PhotoVector {
	photo: number;
	generation: number;
	vector: Float32Array | undefined;
}

/** Rows read at a time: a read that lasted longer would hold the whole connection to its snapshot. */
const PAGE = 500;

/** The SQL that reads vectors. */
export class VectorReader {
	readonly #statements;

	constructor(db: DatabaseSync) {
		this.#statements = {
			get: db.prepare('SELECT vector, checksum FROM vectors WHERE photo = ? AND generation = ?'),
			many: db.prepare(
				'SELECT seq, vector FROM vectors WHERE seq IN (SELECT value FROM json_each(?))',
			),
			holds: db.prepare('SELECT 1 FROM vectors WHERE photo = ? AND generation = ?'),
			holders: db.prepare(
				`SELECT id FROM photos WHERE id IN (SELECT value FROM json_each(?)) AND EXISTS
				(SELECT 1 FROM vectors v WHERE v.photo = photos.photo AND v.generation = ?)`,
			),
			page: db.prepare(
				`SELECT seq, photo, vector, checksum FROM vectors
				WHERE generation = ? AND seq > ? ORDER BY seq LIMIT ?`,
			),
			ofPhotos: db.prepare(
				`SELECT photo, generation, vector, checksum FROM vectors
				WHERE photo IN (SELECT value FROM json_each(?))`,
			),
		};
		// Hundreds of rows per search: lists are made faster than objects.
		this.#statements.many.setReturnArrays(true);
	}

	get(photo: number, generation: number): Float32Array | 'damaged' | undefined {
		const row = this.#statements.get.get(photo, generation);
		return row && (intactFloatsOf(row) ?? 'damaged');
	}

	/**
	 * Vectors by seq; those that are gone are absent. Checksums are not looked at: for the hundreds of
	 * candidates of a search that would take half as long as reading them.
	 */
	many(seqs: number[]): Map<number, Float32Array> {
		const rows = this.#statements.many.all(JSON.stringify(seqs)) as unknown as [number, unknown][];
		return new Map(rows.map(([seq, vector]) => [seq, floatsOf(vector)]));
	}

	/** Undamaged vectors of these photos in one generation, by photo. */
	ofGeneration(photos: number[], generation: number): Map<number, Float32Array> {
		const vectors = new Map<number, Float32Array>();
		for (const photo of photos) {
			const vector = this.get(photo, generation);
			if (vector && vector !== 'damaged') vectors.set(photo, vector);
		}
		return vectors;
	}

	/** Whether a photo has a vector in the generation, be it damaged. */
	holds(photo: number, generation: number): boolean {
		return this.#statements.holds.get(photo, generation) !== undefined;
	}

	/** Those of these photos that have a vector in the generation, by id. */
	holders(ids: string[], generation: number): Set<string> {
		const rows = this.#statements.holders.all(JSON.stringify(ids), generation);
		return new Set(rows.map((row) => String(row.id)));
	}

	/** All undamaged vectors of the generation, in the order they were written. */
	*all(generation: number): Generator<VectorRow> {
		for (let after = -1; ; ) {
			const rows = this.#statements.page.all(generation, after, PAGE);
			for (const { seq, photo, vector: bytes, checksum } of rows) {
				if (!(bytes instanceof Uint8Array) || vectorChecksum(bytes) !== checksum) continue;
				yield { photo: Number(photo), seq: Number(seq), bytes };
			}
			if (rows.length < PAGE) return;
			after = Number(rows.at(-1)!.seq);
		}
	}

	/** What these photos have, in every generation; `undefined` for damaged bytes. */
	ofPhotos(photos: number[]): PhotoVector[] {
		return this.#statements.ofPhotos.all(JSON.stringify(photos)).map((row) => ({
			photo: Number(row.photo),
			generation: Number(row.generation),
			vector: intactFloatsOf(row),
		}));
	}
}

function intactFloatsOf({
	vector,
	checksum,
}: Record<string, SQLOutputValue>): Float32Array | undefined {
	const isIntact = vector instanceof Uint8Array && vectorChecksum(vector) === checksum;
	return isIntact ? floatsOf(vector) : undefined;
}

/** Damaged bytes make a vector of another length, or of none: whoever compares leaves it out. */
function floatsOf(value: unknown): Float32Array {
	if (!(value instanceof Uint8Array)) return new Float32Array(0);
	const whole = value.byteLength - (value.byteLength % 4);
	if (value.byteOffset % 4 === 0)
		return new Float32Array(value.buffer, value.byteOffset, whole / 4);
	return new Float32Array(value.slice(0, whole).buffer);
}
