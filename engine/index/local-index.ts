import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { EngineError } from '../errors';
import type { FileLock } from '../file-lock';
import type { PhotoFilter } from '../service/contract';
import { AppliedWrites } from './applied-writes';
import { backUp } from './catalogue/backup';
import { CheckedBatch } from './catalogue/checked-batch';
import { DATABASE_FILE, openForSearching } from './catalogue/database';
import { asIndexError } from './catalogue/disk-errors';
import { readGenerations, VECTOR_KINDS, type GenerationRow } from './catalogue/generations';
import { IndexWriter } from './catalogue/index-writer';
import { checkModel, unitVector } from './catalogue/vector-check';
import { VectorReader } from './catalogue/vector-reader';
import { VectorStore } from './catalogue/vector-store';
import { Channels } from './channels';
import { GoneVectors } from './gone-vectors';
import { lockIndex } from './index-lock';
import type { IndexLogger } from './index-logger';
import { IndexReader } from './index-reader';
import type { IndexTypeOptions } from './vectors/index-type';
import type {
	Filters,
	Generation,
	KeywordHit,
	OwedText,
	PhotoRecord,
	StoredPhoto,
	StoredVector,
	VectorHits,
	VectorIndex,
	VectorIndexStats,
	VectorKind,
	Verification,
	WholePhoto,
	Wording,
} from './vector-index';

export interface LocalIndexOptions {
	type: IndexTypeOptions;
	logger: IndexLogger;
	onClose: () => void;
}

/** SQLite, two vector channels and full text as one {@link VectorIndex}. */
export class LocalIndex implements VectorIndex {
	readonly #writer: IndexWriter;
	readonly #lock: FileLock;
	readonly #db: DatabaseSync;
	readonly #channels: Channels;
	readonly #reader: IndexReader;
	readonly #writes: AppliedWrites;
	readonly #goneVectors: GoneVectors;
	readonly #folder: string;
	readonly #onClose: () => void;
	#closing: Promise<void> | undefined;

	private constructor(
		readonly name: string,
		folder: string,
		writer: IndexWriter,
		lock: FileLock,
		{ type, logger, onClose }: LocalIndexOptions,
	) {
		this.#folder = folder;
		this.#onClose = onClose;
		this.#writer = writer;
		this.#lock = lock;
		this.#db = openForSearching(folder);
		const db = this.#db;
		const vectors = new VectorReader(db);
		const file = join(folder, DATABASE_FILE);
		const store = (row: GenerationRow) => new VectorStore(file, row, db, vectors, writer);
		const generations = () => readGenerations(db);
		const channels = new Channels({ indexName: name, folder, store, generations, type, logger });
		this.#channels = channels;
		const assertOpen = () => this.#assertOpen();
		this.#reader = new IndexReader({ name, folder, db, vectors, channels, assertOpen });
		this.#goneVectors = new GoneVectors({ indexName: name, step: () => writer.dropStep(), logger });
		this.#writes = new AppliedWrites(channels, () => this.#goneVectors.begin());
	}

	/** Opens (or creates) the index in this folder and reads its vectors into memory. */
	static async open(name: string, folder: string, options: LocalIndexOptions): Promise<LocalIndex> {
		const lock = lockIndex(folder, name);
		let writer: IndexWriter | undefined;
		let index: LocalIndex | undefined;
		try {
			writer = await IndexWriter.open(folder, name, options.logger);
			index = new LocalIndex(name, folder, writer, lock, options);
			await index.#channels.follow(readGenerations(index.#db));
			index.#goneVectors.begin();
			return index;
		} catch (error) {
			if (index) {
				await index.#channels.close();
				index.#db.close();
			}
			await writer?.close();
			lock.release();
			throw asIndexError(error, folder);
		}
	}

	async upsert(photos: PhotoRecord[]): Promise<('created' | 'updated' | Error)[]> {
		this.#assertOpen();
		const batch = new CheckedBatch();
		const stored = await this.#writes.apply(
			() => this.#writer.upsert(batch.packed()),
			async () => {
				await batch.check(photos);
				this.#assertRoom((kind, model) => batch.vectors(kind, model));
			},
		);
		return batch.answers(stored);
	}

	async delete(ids: string[]): Promise<string[]> {
		this.#assertOpen();
		return await this.#writes.apply(() => this.#writer.delete(ids));
	}

	get(id: string): Promise<StoredPhoto | undefined> {
		return this.#reader.get(id);
	}

	getMany(ids: string[]): Promise<Map<string, StoredPhoto>> {
		return this.#reader.getMany(ids);
	}

	vector(id: string, kind: VectorKind): Promise<StoredVector | undefined> {
		return this.#reader.vector(id, kind);
	}

	vectors(ids: string[], kind: VectorKind): Promise<Map<string, Float32Array>> {
		return this.#reader.vectors(ids, kind);
	}

	holding(kind: VectorKind, model: string, ids: string[]): Promise<Set<string>> {
		return this.#reader.holding(kind, model, ids);
	}

	ids(filter: PhotoFilter, page?: { after?: string; limit?: number }): Promise<string[]> {
		return this.#reader.ids(filter, page);
	}

	matching(filter: Filters, ids: string[]): Promise<Set<string>> {
		return this.#reader.matching(filter, ids);
	}

	list(...list: Parameters<VectorIndex['list']>): Promise<string[]> {
		return this.#reader.list(...list);
	}

	inDateOrder(...list: Parameters<VectorIndex['inDateOrder']>): Promise<string[]> {
		return this.#reader.inDateOrder(...list);
	}

	count(filter?: Filters): Promise<number> {
		return this.#reader.count(filter);
	}

	photos(filter?: PhotoFilter): AsyncGenerator<WholePhoto> {
		return this.#reader.photos(filter);
	}

	model(kind: VectorKind): string | null {
		return this.#reader.model(kind);
	}

	searchVector(...search: Parameters<VectorIndex['searchVector']>): Promise<VectorHits> {
		return this.#reader.searchVector(...search);
	}

	scoreVector(...score: Parameters<VectorIndex['scoreVector']>): Promise<Map<string, number>> {
		return this.#reader.scoreVector(...score);
	}

	searchKeywords(...search: Parameters<VectorIndex['searchKeywords']>): Promise<KeywordHit[]> {
		return this.#reader.searchKeywords(...search);
	}

	matchKeywords(words: Wording[], ids: string[]): Promise<Map<string, number>> {
		return this.#reader.matchKeywords(words, ids);
	}

	countWords(words: string[]): Promise<Map<string, number>> {
		return this.#reader.countWords(words);
	}

	similarWords(word: string, limit: number): ReturnType<VectorIndex['similarWords']> {
		return this.#reader.similarWords(word, limit);
	}

	labels(kind: 'tag' | 'person'): ReturnType<VectorIndex['labels']> {
		return this.#reader.labels(kind);
	}

	owedTexts(limit: number): Promise<OwedText[]> {
		return this.#reader.owedTexts(limit);
	}

	async payTexts(
		payments: { id: string; revision: number; text: StoredVector }[],
	): Promise<number> {
		this.#assertOpen();
		const checked = payments.map(({ id, revision, text }) => ({
			...{ id, revision },
			text: { vector: unitVector(text, 'text'), model: text.model },
		}));
		this.#assertRoom(
			(kind, model) =>
				(kind === 'text' && checked.filter(({ text }) => text.model === model).length) || 0,
		);
		return await this.#writes.apply(() => this.#writer.payTexts(checked));
	}

	generations(): Promise<Generation[]> {
		return this.#reader.generations();
	}

	async beginGeneration(
		kind: VectorKind,
		generation: { model: string; dimension: number; activateWhenComplete: boolean },
	): Promise<Generation> {
		this.#assertOpen();
		const { model, dimension, activateWhenComplete } = generation;
		checkModel({ model, dimension });
		await this.#writes.apply(() =>
			this.#writer.beginGeneration(kind, model, dimension, activateWhenComplete),
		);
		return await this.#generation(kind, model);
	}

	async activateGeneration(
		kind: VectorKind,
		model: string,
		{ incomplete = false }: { incomplete?: boolean } = {},
	): Promise<Generation> {
		this.#assertOpen();
		await this.#writes.apply(() => this.#writer.activateGeneration(kind, model, incomplete));
		await this.#channels.settled(kind);
		return await this.#generation(kind, model);
	}

	async dropGeneration(kind: VectorKind, model: string): Promise<void> {
		this.#assertOpen();
		// It may still answer for one that is being loaded.
		await this.#channels.settled(kind);
		this.#assertOpen();
		await this.#writes.apply(() => this.#writer.dropGeneration(kind, model));
	}

	stats(): Promise<VectorIndexStats> {
		return this.#reader.stats();
	}

	verify(onProgress?: (done: number, of: number) => void): Promise<Verification> {
		return this.#reader.verify(onProgress);
	}

	async optimize(): Promise<void> {
		this.#assertOpen();
		while (await this.#writer.optimizeStep()) this.#assertOpen();
		this.#assertOpen();
		await this.#writer.finishOptimizing();
		this.#assertOpen();
		await this.#channels.optimize();
	}

	async backup(file: string, onProgress?: (done: number, of: number) => void): Promise<void> {
		this.#assertOpen();
		await backUp(this.#folder, file, onProgress);
	}

	get isClosing(): boolean {
		return this.#closing !== undefined;
	}

	async close(): Promise<void> {
		await (this.#closing ??= this.#close());
	}

	async #close(): Promise<void> {
		// A write that was accepted is done and answered.
		await this.#writes.settled();
		await this.#goneVectors.end();
		try {
			await this.#channels.close();
			this.#db.close();
			await this.#writer.close();
		} finally {
			// If the writing thread died, its connection is gone as well.
			this.#lock.release();
			this.#onClose();
		}
	}

	async #generation(kind: VectorKind, model: string): Promise<Generation> {
		const all = await this.generations();
		const found = all.find((one) => one.kind === kind && one.model === model);
		if (!found) throw new EngineError('GENERATION_NOT_FOUND', `"${model}" was dropped meanwhile.`);
		return found;
	}

	/** Only what is searched is held in memory. @param vectors how many more of a model there will be */
	#assertRoom(vectors: (kind: VectorKind, model: string | null) => number): void {
		for (const kind of VECTOR_KINDS) {
			// Also of an index that is closing: what it accepted before, it does.
			const model = this.#channels.serving(kind)?.generation.model ?? null;
			this.#channels.assertRoom(kind, vectors(kind, model));
		}
	}

	#assertOpen(): void {
		if (!this.#closing) return;
		throw new EngineError('ENGINE_STOPPING', `Index "${this.name}" has been closed.`);
	}
}
