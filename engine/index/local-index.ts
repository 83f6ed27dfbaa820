import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { asEngineError, EngineError } from '../errors';
import type { PhotoFilter } from '../service/contract';
import { openDatabase, transaction } from './database';
import { faissClient } from './faiss-client';
import type { IndexLogger } from './index-logger';
import { searchKeywords, type KeywordOptions } from './keyword-search';
import { PhotoCatalogue } from './photo-catalogue';
import { whereOf } from './photo-filter';
import { checkId } from './photo-id';
import { SnapshotTable } from './snapshot-table';
import { VectorChannel, type ScoredPhoto } from './vector-channel';
import type {
	Hit,
	KindStats,
	OwedText,
	PhotoRecord,
	StoredPhoto,
	StoredVector,
	VectorHits,
	VectorIndex,
	VectorIndexStats,
	VectorKind,
} from './vector-index';
import { VECTOR_KINDS, VectorTable } from './vector-table';

export interface LocalIndexOptions {
	/** Vectors of a kind from which on FAISS is used. */
	faissThreshold: number;
	logger: IndexLogger;
	onClose: () => void;
}

/** A change to a channel that waits for its transaction's commit. */
type Change = () => void;

/** SQLite, two vector channels and full text as one {@link VectorIndex}. */
export class LocalIndex implements VectorIndex {
	readonly #db: DatabaseSync;
	readonly #photos: PhotoCatalogue;
	readonly #vectors: VectorTable;
	readonly #channels: Record<VectorKind, VectorChannel>;
	readonly #folder: string;
	readonly #onClose: () => void;
	#closed = false;

	private constructor(
		readonly name: string,
		folder: string,
		options: LocalIndexOptions,
	) {
		this.#folder = folder;
		this.#onClose = options.onClose;
		this.#db = openDatabase(folder, name);
		this.#photos = new PhotoCatalogue(this.#db);
		this.#vectors = new VectorTable(this.#db, name);
		const snapshots = new SnapshotTable(this.#db);
		const channel = (kind: VectorKind) => {
			const label = `index "${name}", ${kind} vectors`;
			const { logger, faissThreshold: threshold } = options;
			const faiss = faissClient();
			return new VectorChannel({ kind, folder, label, threshold, snapshots, faiss, logger });
		};
		this.#channels = { image: channel('image'), text: channel('text') };
	}

	/** Opens (or creates) the index in this folder and reads its vectors into memory. */
	static async open(name: string, folder: string, options: LocalIndexOptions): Promise<LocalIndex> {
		const index = new LocalIndex(name, folder, options);
		for (const kind of VECTOR_KINDS) {
			const dimension = index.#vectors.model(kind)?.dimension;
			await index.#channels[kind].load(index.#vectors.rows(kind), dimension);
		}
		return index;
	}

	async upsert(photos: PhotoRecord[]): Promise<('created' | 'updated' | Error)[]> {
		this.#assertOpen();
		const now = new Date();
		return this.#write((changes) =>
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

	async delete(ids: string[]): Promise<string[]> {
		this.#assertOpen();
		return this.#write((changes) => {
			const gone = this.#photos.delete(ids);
			this.#vectors.freeUnusedModels();
			for (const { photo } of gone) {
				changes.push(() => VECTOR_KINDS.forEach((kind) => this.#channels[kind].remove(photo)));
			}
			return gone.map(({ id }) => id);
		});
	}

	async get(id: string): Promise<StoredPhoto | undefined> {
		return (await this.getMany([id])).get(id);
	}

	async getMany(ids: string[]): Promise<Map<string, StoredPhoto>> {
		this.#assertOpen();
		return this.#photos.getMany(ids);
	}

	async vector(id: string, kind: VectorKind): Promise<StoredVector | undefined> {
		this.#assertOpen();
		const photo = this.#photos.photoOf(id);
		return photo === undefined ? undefined : this.#vectors.get(kind, photo);
	}

	async ids(filter: PhotoFilter, page?: { after?: string; limit?: number }): Promise<string[]> {
		this.#assertOpen();
		return this.#photos.ids(filter, page?.after, page?.limit);
	}

	async count(): Promise<number> {
		this.#assertOpen();
		return this.#photos.count;
	}

	async searchVector(
		kind: VectorKind,
		query: StoredVector,
		k: number,
		filter?: PhotoFilter,
	): Promise<VectorHits> {
		this.#assertOpen();
		const vector = this.#vectors.check(kind, query);
		const where = whereOf(filter);
		const photos = where && this.#photos.photosWhere(where);
		const wanted = Math.max(0, Math.floor(k));
		const { scored, background } = await this.#channels[kind].search(vector, wanted, photos);
		this.#assertOpen();
		return { hits: this.#toHits(scored).slice(0, wanted), background };
	}

	async scoreVector(
		kind: VectorKind,
		query: StoredVector,
		ids: string[],
	): Promise<Map<string, number>> {
		this.#assertOpen();
		const vector = this.#vectors.check(kind, query);
		const scores = new Map<string, number>();
		for (const { photo, id } of this.#photos.photosOf(ids)) {
			const score = this.#channels[kind].score(photo, vector);
			if (score !== undefined) scores.set(id, score);
		}
		return scores;
	}

	async searchKeywords(
		words: string[],
		k: number,
		options: KeywordOptions & { filter?: PhotoFilter } = {},
	): Promise<Hit[]> {
		this.#assertOpen();
		return searchKeywords(this.#db, words, k, options, whereOf(options.filter));
	}

	async owedTexts(limit: number): Promise<OwedText[]> {
		this.#assertOpen();
		return this.#photos.owed(limit);
	}

	async payTexts(
		payments: { id: string; revision: number; text: StoredVector }[],
	): Promise<number> {
		this.#assertOpen();
		return this.#write((changes) => {
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

	async stats(): Promise<VectorIndexStats> {
		this.#assertOpen();
		return {
			photos: this.#photos.count,
			image: this.#kindStats('image'),
			text: this.#kindStats('text'),
			textOwed: this.#photos.countOwed(),
			bytesOnDisk: await folderSize(this.#folder),
			faiss: await faissClient().availability(),
		};
	}

	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		for (const kind of VECTOR_KINDS) await this.#channels[kind].close();
		this.#db.close();
		this.#onClose();
	}

	#upsertOne(record: PhotoRecord, now: Date, changes: Change[]): 'created' | 'updated' {
		checkId(record.id);
		// All that can be wrong with the item is found before anything of it is written.
		const image = record.image && this.#vectors.check('image', record.image);
		const text = record.text && this.#vectors.check('text', record.text);
		const written = this.#photos.write(record, now);
		const { photo, status, wordsChanged, hasWords, owedBefore } = written;
		if (image) this.#putVector('image', photo, record.image!.model, image, changes);
		else if (image === null) this.#dropVector('image', photo, changes);
		if (text) this.#putVector('text', photo, record.text!.model, text, changes);
		// A vector of words that are no longer there would find the photo by them.
		else if (text === null || wordsChanged) this.#dropVector('text', photo, changes);
		const owed = hasWords && (record.textOwed ?? (text ? false : owedBefore));
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

	/** One transaction; searches see its changes once they are durable, all at once. */
	#write<T>(work: (changes: Change[]) => T): T {
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

	#toHits(scored: ScoredPhoto[]): Hit[] {
		const ids = this.#photos.idsOf(scored.map(({ photo }) => photo));
		const hits: Hit[] = [];
		for (const { photo, score } of scored) {
			const id = ids.get(photo);
			if (id !== undefined) hits.push({ id, score });
		}
		return hits.sort((a, b) => b.score - a.score || compareIds(a.id, b.id));
	}

	#kindStats(kind: VectorKind): KindStats {
		const model = this.#vectors.model(kind);
		const channel = this.#channels[kind];
		return {
			count: channel.live,
			model: model?.name ?? null,
			dimension: model?.dimension ?? null,
			method: channel.method,
		};
	}

	#assertOpen(): void {
		if (!this.#closed) return;
		throw new EngineError('ENGINE_STOPPING', `Index "${this.name}" has been closed.`);
	}
}

/** SQLite's order, so that ties fall the same way in every channel. */
function compareIds(a: string, b: string): number {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

async function folderSize(folder: string): Promise<number> {
	let bytes = 0;
	for (const file of await readdir(folder)) {
		// A snapshot may be replaced between the listing and this.
		bytes += await stat(join(folder, file)).then(
			({ size }) => size,
			() => 0,
		);
	}
	return bytes;
}
