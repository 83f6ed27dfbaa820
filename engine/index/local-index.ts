import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { EngineError } from '../errors';
import type { PhotoFilter } from '../service/contract';
import { openDatabase } from './catalogue/database';
import { faissClient } from './faiss/faiss-client';
import type { IndexLogger } from './index-logger';
import { searchKeywords, type KeywordOptions } from './catalogue/keyword-search';
import { PhotoCatalogue } from './catalogue/photo-catalogue';
import { whereOf } from './catalogue/photo-filter';
import { compareIds } from './catalogue/photo-id';
import { PhotoWriter } from './catalogue/photo-writer';
import { SnapshotFolder } from './faiss/snapshot-folder';
import { SnapshotTable } from './catalogue/snapshot-table';
import { VectorChannel, type ScoredPhoto } from './vectors/vector-channel';
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
import { VECTOR_KINDS, VectorTable } from './catalogue/vector-table';

export interface LocalIndexOptions {
	/** Vectors of a kind from which on FAISS is used. */
	faissThreshold: number;
	logger: IndexLogger;
	onClose: () => void;
}

/** SQLite, two vector channels and full text as one {@link VectorIndex}. */
export class LocalIndex implements VectorIndex {
	readonly #db: DatabaseSync;
	readonly #photos: PhotoCatalogue;
	readonly #vectors: VectorTable;
	readonly #channels: Record<VectorKind, VectorChannel>;
	readonly #writer: PhotoWriter;
	readonly #folder: string;
	readonly #onClose: () => void;
	#closing: Promise<void> | undefined;

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
		const table = new SnapshotTable(this.#db);
		const channel = (kind: VectorKind) => {
			const label = `index "${name}", ${kind} vectors`;
			const { logger, faissThreshold: threshold } = options;
			const faiss = faissClient();
			const snapshots = new SnapshotFolder(folder, kind, table);
			return new VectorChannel({ label, threshold, snapshots, faiss, logger });
		};
		this.#channels = { image: channel('image'), text: channel('text') };
		this.#writer = new PhotoWriter(this.#db, this.#photos, this.#vectors, this.#channels);
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
		return this.#writer.upsert(photos);
	}

	async delete(ids: string[]): Promise<string[]> {
		this.#assertOpen();
		return this.#writer.delete(ids);
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
		return this.#writer.payTexts(payments);
	}

	model(kind: VectorKind): string | null {
		this.#assertOpen();
		return this.#vectors.model(kind)?.name ?? null;
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

	get isClosing(): boolean {
		return this.#closing !== undefined;
	}

	async close(): Promise<void> {
		await (this.#closing ??= this.#close());
	}

	async #close(): Promise<void> {
		for (const kind of VECTOR_KINDS) await this.#channels[kind].close();
		this.#db.close();
		this.#onClose();
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
		if (!this.#closing) return;
		throw new EngineError('ENGINE_STOPPING', `Index "${this.name}" has been closed.`);
	}
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
