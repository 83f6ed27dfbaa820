import type { DatabaseSync } from 'node:sqlite';
import { EngineError, type ErrorBody } from '../../errors';
import type { StoredVector, VectorKind } from '../vector-index';
import { damagedPhoto } from './damaged-photo';
import { transaction } from './database';
import { VECTOR_KINDS, Generations, type GenerationRow } from './generations';
import { factsOf, isIntactRow, mergedRow, type Row } from './photo-row';
import type { PhotoInput } from './photo-input';
import { PhotoTable } from './photo-table';
import { clearingOldFacts, isOtherFile, type FileVersion } from './replaced-file';
import { searchableText } from './searchable-text';
import { checkLength } from './vector-check';
import { VectorTable } from './vector-table';

/** What a write did to vectors; in the order of the answers it makes channels follow the database. */
export interface VectorChanges {
	put: { generation: number; photo: number; seq: number; vector: Float32Array }[];
	removed: { generation: number; photo: number }[];
	/** All of them, if one came, went or changed its state. */
	generations?: GenerationRow[];
}

export interface Answer<T> {
	result: T;
	changes: VectorChanges;
}

export interface Payment {
	id: string;
	revision: number;
	text: StoredVector;
}

export type Outcome = 'created' | 'updated' | ErrorBody;

/** Every change to the photos and vectors of an index, each call one durable transaction. */
export class PhotoWriter {
	readonly #db: DatabaseSync;
	readonly #indexName: string;
	readonly #photos: PhotoTable;
	readonly #vectors: VectorTable;
	readonly #generations: Generations;

	constructor(db: DatabaseSync, indexName: string) {
		this.#db = db;
		this.#indexName = indexName;
		this.#photos = new PhotoTable(db);
		this.#vectors = new VectorTable(db);
		this.#generations = new Generations(db, indexName);
		this.#vectors.forgetGone();
	}

	upsert(photos: PhotoInput[]): Answer<Outcome[]> {
		const now = new Date();
		const seen = new Set<string>();
		return this.#commit((changes) =>
			photos.map((photo) => {
				try {
					if (seen.has(photo.id)) throw duplicate();
					seen.add(photo.id);
					return this.#upsertOne(photo, now, changes);
				} catch (error) {
					// Only what speaks of this item; a full disk concerns all of them.
					if (error instanceof EngineError) return error.toJSON();
					throw error;
				}
			}),
		);
	}

	delete(ids: string[]): Answer<string[]> {
		return this.#commit((changes) => {
			const gone = this.#photos.keysOf(ids);
			for (const { photo } of gone) {
				this.#dropAll(photo, this.#vectors.generationsOf(photo), changes);
			}
			this.#photos.delete(gone.map(({ photo }) => photo));
			return gone.map(({ id }) => id);
		});
	}

	/** Text is owed to the active generation. Throws `MODEL_MISMATCH` and `VECTOR_LENGTH`. */
	payTexts(payments: Payment[]): Answer<number> {
		return this.#commit((changes) => {
			let kept = 0;
			for (const { id, revision, text } of payments) {
				const active = this.#generations.active('text');
				if (active && active.model !== text.model) throw this.#unknownModel('text', text.model);
				const target = this.#target('text', text);
				const photo = this.#photos.debtor(id, revision);
				if (photo === undefined) continue;
				const generation = target ?? this.#first('text', text);
				const held = this.#vectors.generationsOf(photo);
				this.#put(generation, photo, text.vector, held, changes);
				this.#photos.setOwed(photo, null);
				kept++;
			}
			return kept;
		});
	}

	/** Throws `GENERATION_EXISTS`. */
	beginGeneration(
		kind: VectorKind,
		model: string,
		dimension: number,
		activateWhenComplete: boolean,
	): Answer<GenerationRow> {
		return this.#commit(() => {
			if (this.#generations.find(kind, model)) {
				throw new EngineError(
					'GENERATION_EXISTS',
					`Index "${this.#indexName}" has a generation of ${kind} vectors of "${model}" already.`,
					{ index: this.#indexName, kind, model },
				);
			}
			return this.#generations.begin(kind, model, dimension, activateWhenComplete);
		});
	}

	/** Throws `GENERATION_NOT_FOUND` and `GENERATION_INCOMPLETE`. */
	activateGeneration(kind: VectorKind, model: string, incomplete: boolean): Answer<GenerationRow> {
		return this.#commit(() => {
			const row = this.#generations.get(kind, model);
			const missing = this.#generations.missing(row);
			if (missing > 0 && !incomplete) {
				throw new EngineError(
					'GENERATION_INCOMPLETE',
					`${missing} photos of index "${this.#indexName}" have no ${kind} vector of "${model}" ` +
						'yet, and would no longer be found by theirs. Embed them first, or allow it to be incomplete.',
					{ index: this.#indexName, kind, model, missing },
				);
			}
			this.#generations.activate(row);
			this.#settleDebts([row]);
			return row;
		});
	}

	/** Throws `GENERATION_NOT_FOUND`, and `GENERATION_IN_USE` for the active one. */
	dropGeneration(kind: VectorKind, model: string): Answer<void> {
		return this.#commit(() => {
			const row = this.#generations.get(kind, model);
			if (row.state === 'active') {
				throw new EngineError(
					'GENERATION_IN_USE',
					`Index "${this.#indexName}" searches the ${kind} vectors of "${model}". Activate another ` +
						'generation first.',
					{ index: this.#indexName, kind, model },
				);
			}
			this.#generations.drop(row);
		});
	}

	#upsertOne(photo: PhotoInput, now: Date, changes: VectorChanges): 'created' | 'updated' {
		// All that can be wrong with the item is found before anything of it is written.
		const old = this.#photos.find(photo.id);
		const isReplaced = !!old && !!photo.isOfAFile && isOtherFile(fileOf(old), photo);
		const input = isReplaced ? clearingOldFacts(photo) : photo;
		if (!old && input.mustExist) throw this.#notFound(input.id);
		if (old && input.mustExist && !isIntactRow(old)) throw damagedPhoto(input.id, this.#indexName);
		const checked = VECTOR_KINDS.map((kind) => input[kind] && this.#target(kind, input[kind]));
		const targets = VECTOR_KINDS.map(
			(kind, i) => input[kind] && (checked[i] ?? this.#first(kind, input[kind])),
		);
		const merged = mergedRow(old, input, now);
		const held = old ? this.#vectors.generationsOf(Number(old.photo)) : new Set<number>();

		const active = this.#generations.active('text');
		const keepsText = input.text !== null && !merged.textChanged;
		const hasText =
			!!active && (targets[1] === active || (keepsText && held.has(active.generation)));
		// Words without a vector are a debt, whoever wrote them; an older one keeps its place in the queue.
		const owed = merged.hasText && !hasText ? Number(old?.text_owed_since ?? now.getTime()) : null;
		const key = this.#photos.save(old, merged, owed);

		const newFile = !!old && !!input.etag && old.etag !== null && old.etag !== input.etag;
		for (const [i, kind] of VECTOR_KINDS.entries()) {
			const target = targets[i];
			// Vectors of another file, or of words that are no longer there, would find the photo by them.
			const outdated = kind === 'image' ? newFile && !!target : merged.textChanged;
			if (input[kind] === null || outdated) this.#dropKind(kind, key, held, target, changes);
			if (target) this.#put(target, key, input[kind]!.vector, held, changes);
		}
		return old ? 'updated' : 'created';
	}

	/** Where a vector belongs; `undefined` if it is the first of its kind. */
	#target(kind: VectorKind, { vector, model }: StoredVector): GenerationRow | undefined {
		const row = this.#generations.find(kind, model);
		if (!row && this.#generations.active(kind)) throw this.#unknownModel(kind, model);
		checkLength(row, vector.length, kind, this.#indexName);
		return row;
	}

	#first(kind: VectorKind, { vector, model }: StoredVector): GenerationRow {
		return this.#generations.begin(kind, model, vector.length, false);
	}

	#put(
		row: GenerationRow,
		photo: number,
		vector: Float32Array,
		held: Set<number>,
		changes: VectorChanges,
	): void {
		const { generation } = row;
		if (held.has(generation)) {
			// A photo that is indexed again as it was leaves no tombstone.
			if (this.#vectors.has(photo, generation, vector)) return;
			this.#vectors.drop(photo, generation);
		} else {
			this.#generations.added(row, held);
			held.add(generation);
		}
		const seq = this.#vectors.insert(photo, generation, vector);
		changes.put.push({ generation, photo, seq, vector });
	}

	/** Drops the photo's vectors of a kind, but for those of the generation that gets a new one. */
	#dropKind(
		kind: VectorKind,
		photo: number,
		held: Set<number>,
		except: GenerationRow | null | undefined,
		changes: VectorChanges,
	): void {
		const generations = this.#generations.all.filter((row) => row.kind === kind && row !== except);
		for (const row of generations) this.#drop(row, photo, held, changes);
	}

	#dropAll(photo: number, held: Set<number>, changes: VectorChanges): void {
		for (const row of this.#generations.all) this.#drop(row, photo, held, changes);
	}

	#drop(row: GenerationRow, photo: number, held: Set<number>, changes: VectorChanges): void {
		const { generation } = row;
		if (!held.has(generation)) return;
		this.#vectors.drop(photo, generation);
		this.#generations.removed(row, held);
		held.delete(generation);
		changes.removed.push({ generation, photo });
	}

	/** Texts are owed to the active generation: to another one than before, once it has changed. */
	#settleDebts(activated: GenerationRow[]): void {
		const now = Date.now();
		for (const { kind, generation } of activated) {
			if (kind !== 'text') continue;
			const debts: [number, number | null][] = [];
			for (const row of this.#photos.wronglyOwing(generation)) {
				if (!isIntactRow(row)) continue;
				const owing = row.text_owed_since !== null;
				if (!owing && searchableText(factsOf(row)) === '') continue;
				debts.push([Number(row.photo), owing ? null : now]);
			}
			for (const [photo, since] of debts) this.#photos.setOwed(photo, since);
		}
	}

	#notFound(id: string): EngineError {
		return new EngineError(
			'IMAGE_NOT_FOUND',
			`There is no photo "${id}" in the index "${this.#indexName}".`,
		);
	}

	#unknownModel(kind: VectorKind, got: string): EngineError {
		const expected = this.#generations.active(kind)!.model;
		return new EngineError(
			'MODEL_MISMATCH',
			`Index "${this.#indexName}" holds ${kind} vectors of model "${expected}"; this one is from ` +
				`"${got}". Embed with "${expected}", begin a generation of "${got}" in this index to build ` +
				'it beside the old one, or use another index.',
			{ index: this.#indexName, kind, expected, got },
		);
	}

	#commit<T>(work: (changes: VectorChanges) => T): Answer<T> {
		const changes: VectorChanges = { put: [], removed: [] };
		try {
			return transaction(this.#db, () => {
				const result = work(changes);
				this.#settleDebts(this.#generations.settle());
				const generations = this.#generations.flush();
				return { result, changes: generations ? { ...changes, generations } : changes };
			});
		} catch (error) {
			this.#generations.reload();
			throw error;
		}
	}
}

function fileOf({ etag, size }: Row): FileVersion {
	return {
		etag: etag === null ? null : String(etag),
		size: size === null ? null : Number(size),
	};
}

function duplicate(): EngineError {
	return new EngineError(
		'BAD_REQUEST',
		'The same id came earlier in this batch; only the first one was stored.',
	);
}
