import type { DatabaseSync } from 'node:sqlite';
import { checkAgainst, type FixedModel } from './vector-check';
import type { StoredVector, VectorKind } from '../vector-index';

export const VECTOR_KINDS = ['image', 'text'] as const satisfies readonly VectorKind[];

/** A vector as a row of the matrix is filled from it. */
export interface VectorRow {
	photo: number;
	seq: number;
	/** Little-endian float32, any alignment. */
	bytes: Uint8Array;
}

interface Model extends FixedModel {
	key: number;
}

/** The SQL over vectors and the models they came from. Writes belong inside a transaction. */
export class VectorTable {
	readonly #statements;
	readonly #indexName: string;
	readonly #models: Record<VectorKind, Model | undefined> = { image: undefined, text: undefined };

	constructor(db: DatabaseSync, indexName: string) {
		this.#indexName = indexName;
		this.#statements = prepareAll(db);
		this.reload();
	}

	/** The model every vector of this kind is of; the first vector fixes it. */
	model(kind: VectorKind): FixedModel | undefined {
		return this.#models[kind];
	}

	/** Reads the models anew, as after a rollback. */
	reload(): void {
		for (const kind of VECTOR_KINDS) {
			const row = this.#statements.findModel.get(kind);
			this.#models[kind] = row && {
				key: Number(row.model),
				name: String(row.name),
				dimension: Number(row.dimension),
			};
		}
	}

	/** A unit-length vector fit to be stored. Throws `BAD_VECTOR`, `VECTOR_LENGTH`, `MODEL_MISMATCH`. */
	check(kind: VectorKind, stored: StoredVector): Float32Array {
		return checkAgainst(this.#models[kind], stored, kind, this.#indexName);
	}

	/** Stores a checked vector in the place of the photo's old one. Returns its `seq`. */
	put(kind: VectorKind, photo: number, model: string, vector: Float32Array): number {
		const key = this.#models[kind]?.key ?? this.#fix(kind, model, vector.length);
		const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
		this.#statements.drop.run(photo, kind);
		return Number(this.#statements.insert.run(photo, kind, key, bytes).lastInsertRowid);
	}

	/** Whether there was one. */
	drop(kind: VectorKind, photo: number): boolean {
		if (this.#statements.drop.run(photo, kind).changes === 0) return false;
		this.freeUnusedModels();
		return true;
	}

	/** A kind without vectors may be of another model next time. */
	freeUnusedModels(): void {
		for (const kind of VECTOR_KINDS) {
			const model = this.#models[kind];
			if (!model || this.#statements.anyOfModel.get(model.key)) continue;
			this.#statements.forgetModel.run(model.key);
			this.#models[kind] = undefined;
		}
	}

	has(kind: VectorKind, photo: number): boolean {
		return this.#statements.get.get(photo, kind) !== undefined;
	}

	get(kind: VectorKind, photo: number): StoredVector | undefined {
		const row = this.#statements.get.get(photo, kind);
		const model = this.#models[kind];
		if (!row || !model || !(row.vector instanceof Uint8Array)) return undefined;
		return { vector: new Float32Array(row.vector.slice().buffer), model: model.name };
	}

	/** All vectors of the kind, in the order they were written. */
	*rows(kind: VectorKind): Generator<VectorRow> {
		const model = this.#models[kind];
		if (!model) return;
		for (const row of this.#statements.load.iterate(model.key)) {
			yield {
				photo: Number(row.photo),
				seq: Number(row.seq),
				bytes: row.vector instanceof Uint8Array ? row.vector : new Uint8Array(0),
			};
		}
	}

	#fix(kind: VectorKind, name: string, dimension: number): number {
		const { lastInsertRowid } = this.#statements.addModel.run(kind, name, dimension);
		const key = Number(lastInsertRowid);
		this.#models[kind] = { key, name, dimension };
		return key;
	}
}

function prepareAll(db: DatabaseSync) {
	return {
		findModel: db.prepare('SELECT model, name, dimension FROM models WHERE kind = ?'),
		addModel: db.prepare('INSERT INTO models (kind, name, dimension) VALUES (?, ?, ?)'),
		forgetModel: db.prepare('DELETE FROM models WHERE model = ?'),
		anyOfModel: db.prepare('SELECT 1 FROM vectors WHERE model = ? LIMIT 1'),
		get: db.prepare('SELECT vector FROM vectors WHERE photo = ? AND kind = ?'),
		insert: db.prepare('INSERT INTO vectors (photo, kind, model, vector) VALUES (?, ?, ?, ?)'),
		drop: db.prepare('DELETE FROM vectors WHERE photo = ? AND kind = ?'),
		load: db.prepare('SELECT seq, photo, vector FROM vectors WHERE model = ? ORDER BY seq'),
	};
}
