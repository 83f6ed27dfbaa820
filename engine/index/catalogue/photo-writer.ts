import type { DatabaseSync } from 'node:sqlite';
import { asEngineError, EngineError } from '../../errors';
import { transaction } from './database';
import type { PhotoCatalogue } from './photo-catalogue';
import { checkId } from './photo-id';
import type { VectorChannel } from '../vectors/vector-channel';
import type { PhotoRecord, StoredVector, VectorKind } from '../vector-index';
import { VECTOR_KINDS, type VectorTable } from './vector-table';

/** A change to a channel that waits for its transaction's commit. */
type Change = () => void;

/** Every change to an index: first durable in SQLite, then, all at once, visible to searches. */
export class PhotoWriter {
	readonly #db: DatabaseSync;
	readonly #photos: PhotoCatalogue;
	readonly #vectors: VectorTable;
	readonly #channels: Record<VectorKind, VectorChannel>;

	constructor(
		db: DatabaseSync,
		photos: PhotoCatalogue,
		vectors: VectorTable,
		channels: Record<VectorKind, VectorChannel>,
	) {
		this.#db = db;
		this.#photos = photos;
		this.#vectors = vectors;
		this.#channels = channels;
	}

	upsert(photos: PhotoRecord[]): ('created' | 'updated' | Error)[] {
		const now = new Date();
		return this.#commit((changes) =>
			photos.map((photo) => {
				try {
					return this.#upsertOne(photo, now, changes);
				} catch (error) {
					// Only what speaks of this item; a full disk concerns all of them.
					if (error instanceof EngineError) return error;
					throw error;
				}
			}),
		);
	}

	delete(ids: string[]): string[] {
		return this.#commit((changes) => {
			const gone = this.#photos.delete(ids);
			this.#vectors.freeUnusedModels();
			for (const { photo } of gone) {
				changes.push(() => VECTOR_KINDS.forEach((kind) => this.#channels[kind].remove(photo)));
			}
			return gone.map(({ id }) => id);
		});
	}

	payTexts(payments: { id: string; revision: number; text: StoredVector }[]): number {
		return this.#commit((changes) => {
			let kept = 0;
			for (const { id, revision, text } of payments) {
				const photo = this.#photos.debtor(id, revision);
				if (photo === undefined) continue;
				this.#putVector('text', photo, text.model, this.#vectors.check('text', text), changes);
				this.#photos.setOwed(photo, null);
				kept++;
			}
			return kept;
		});
	}

	#upsertOne(record: PhotoRecord, now: Date, changes: Change[]): 'created' | 'updated' {
		checkId(record.id);
		// All that can be wrong with the item is found before anything of it is written.
		const image = record.image && this.#vectors.check('image', record.image);
		const text = record.text && this.#vectors.check('text', record.text);
		const written = this.#photos.write(record, now);
		const { photo, status, wordsChanged, hasWords } = written;
		if (image) this.#putVector('image', photo, record.image!.model, image, changes);
		else if (image === null) this.#dropVector('image', photo, changes);
		if (text) this.#putVector('text', photo, record.text!.model, text, changes);
		// A vector of words that are no longer there would find the photo by them.
		else if (text === null || wordsChanged) this.#dropVector('text', photo, changes);
		// Words without a vector are a debt, whoever wrote them.
		const owed = hasWords && !this.#vectors.has('text', photo);
		this.#photos.setOwed(photo, owed ? now.getTime() : null);
		return status;
	}

	#putVector(
		kind: VectorKind,
		photo: number,
		model: string,
		vector: Float32Array,
		changes: Change[],
	): void {
		const seq = this.#vectors.put(kind, photo, model, vector);
		changes.push(() => this.#channels[kind].put(photo, seq, vector));
	}

	#dropVector(kind: VectorKind, photo: number, changes: Change[]): void {
		if (!this.#vectors.drop(kind, photo)) return;
		changes.push(() => this.#channels[kind].remove(photo));
	}

	#commit<T>(work: (changes: Change[]) => T): T {
		const changes: Change[] = [];
		let result: T;
		try {
			result = transaction(this.#db, () => work(changes));
		} catch (error) {
			this.#photos.reload();
			this.#vectors.reload();
			throw asEngineError(error);
		}
		for (const apply of changes) apply();
		return result;
	}
}
