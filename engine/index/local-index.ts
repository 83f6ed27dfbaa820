import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { asEngineError, EngineError } from '../errors';
import type { FileLock } from '../file-lock';
import type { PhotoFilter } from '../service/contract';
import { backUp } from './catalogue/backup';
import { CheckedBatch } from './catalogue/checked-batch';
import { damagedPhoto } from './catalogue/damaged-photo';
import { DATABASE_FILE, openForSearching } from './catalogue/database';
import {
	activeOf,
	generationOf,
	readGenerations,
	VECTOR_KINDS,
	type GenerationRow,
} from './catalogue/generations';
import { asIndexError } from './catalogue/disk-errors';
import { IndexWriter, type VectorOf } from './catalogue/index-writer';
import { searchKeywords, type KeywordOptions } from './catalogue/keyword-search';
import { SCHEMA_VERSION } from './catalogue/migrations';
import { whereOf } from './catalogue/photo-filter';
import { PhotoMatchers } from './catalogue/photo-matcher';
import { PhotoReader } from './catalogue/photo-reader';
import type { Answer } from './catalogue/photo-writer';
import { checkModel, checkQuery, unitVector } from './catalogue/vector-check';
import { VectorReader } from './catalogue/vector-reader';
import { VectorStore } from './catalogue/vector-store';
import { verifyCatalogue } from './catalogue/verification';
import { readWholePhotos } from './catalogue/whole-photos';
import { Channels } from './channels';
import { folderSize } from './folder-size';
import { faissProcess } from './faiss/process';
import { lockIndex } from './index-lock';
import type { IndexLogger } from './index-logger';
import type { IndexTypeOptions } from './vectors/index-type';
import type {
	Finding,
	Generation,
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
	Verification,
	WholePhoto,
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
	readonly #photos: PhotoReader;
	readonly #vectors: VectorReader;
	readonly #matchers: PhotoMatchers;
	readonly #channels: Channels;
	readonly #folder: string;
	readonly #onClose: () => void;
	/** Writes that are not answered yet. */
	readonly #underWay = new Set<Promise<unknown>>();
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
		this.#photos = new PhotoReader(this.#db);
		this.#vectors = new VectorReader(this.#db);
		this.#matchers = new PhotoMatchers(this.#db);
		const file = join(folder, DATABASE_FILE);
		const store = (row: GenerationRow) =>
			new VectorStore(file, row, this.#db, this.#vectors, writer);
		this.#channels = new Channels({ indexName: name, folder, store, type, logger });
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
			return index;
		} catch (error) {
			if (index) index.#db.close();
			await writer?.close();
			lock.release();
			throw asIndexError(error, folder);
		}
	}

	async upsert(photos: PhotoRecord[]): Promise<('created' | 'updated' | Error)[]> {
		this.#assertOpen();
		const batch = new CheckedBatch(photos);
		return batch.answers(await this.#apply(this.#writer.upsert(batch.inputs)));
	}

	async delete(ids: string[]): Promise<string[]> {
		this.#assertOpen();
		return await this.#apply(this.#writer.delete(ids));
	}

	async get(id: string): Promise<StoredPhoto | undefined> {
		return await this.#read(() => {
			const { photos, damaged } = this.#stored([id]);
			if (damaged.length > 0) throw damagedPhoto(id, this.name);
			return photos.get(id);
		});
	}

	async getMany(ids: string[]): Promise<Map<string, StoredPhoto>> {
		return await this.#read(() => this.#stored(ids).photos);
	}

	async vector(id: string, kind: VectorKind): Promise<StoredVector | undefined> {
		return await this.#read(() => {
			const photo = this.#photos.photoOf(id);
			const served = this.#served(kind);
			if (photo === undefined || !served) return undefined;
			const vector = this.#vectors.get(photo, served.generation);
			if (vector === 'damaged') throw damagedPhoto(id, this.name);
			return vector && { vector, model: served.model };
		});
	}

	async holding(kind: VectorKind, model: string, ids: string[]): Promise<Set<string>> {
		return await this.#read(() => {
			const rows = readGenerations(this.#db);
			const row = rows.find((one) => one.kind === kind && one.model === model);
			return row ? this.#vectors.holders(ids, row.generation) : new Set();
		});
	}

	async ids(filter: PhotoFilter, page?: { after?: string; limit?: number }): Promise<string[]> {
		return await this.#read(() => this.#photos.ids(filter, page?.after, page?.limit));
	}

	async count(filter?: PhotoFilter): Promise<number> {
		return await this.#read(() => this.#photos.count(filter));
	}

	async *photos(filter?: PhotoFilter): AsyncGenerator<WholePhoto> {
		const pages = readWholePhotos(this.#db, this.#photos, this.#vectors, filter, this.name);
		for (;;) {
			const page = await this.#read(() => pages.next());
			if (page.done) return;
			yield* page.value;
		}
	}

	model(kind: VectorKind): string | null {
		this.#assertOpen();
		return this.#served(kind)?.model ?? null;
	}

	async searchVector(
		kind: VectorKind,
		query: StoredVector,
		k: number,
		filter?: PhotoFilter,
		{ exact = false }: { exact?: boolean } = {},
	): Promise<VectorHits> {
		return await this.#read(async () => {
			const vector = this.#checkQuery(kind, query);
			const matcher = this.#matchers.of(filter);
			const serving = this.#channels.serving(kind);
			if (!serving) return { hits: [], background: { mean: 0, std: 0, count: 0 } };
			const wanted = Math.max(0, Math.floor(k));
			const { scored, background } = await serving.channel.search(vector, wanted, matcher, exact);
			this.#assertOpen();
			return { hits: this.#photos.hits(scored).slice(0, wanted), background };
		});
	}

	async scoreVector(
		kind: VectorKind,
		query: StoredVector,
		ids: string[],
	): Promise<Map<string, number>> {
		return await this.#read(() => {
			const vector = this.#checkQuery(kind, query);
			const channel = this.#channels.serving(kind)?.channel;
			const photos = this.#photos.photosOf(ids);
			const byPhoto = channel?.scores([...photos.values()], vector);
			const scores = new Map<string, number>();
			for (const [id, photo] of photos) {
				const score = byPhoto?.get(photo);
				if (score !== undefined) scores.set(id, score);
			}
			return scores;
		});
	}

	async searchKeywords(
		words: string[],
		k: number,
		options: KeywordOptions & { filter?: PhotoFilter } = {},
	): Promise<Hit[]> {
		return await this.#read(() =>
			searchKeywords(this.#db, words, k, options, whereOf(options.filter)),
		);
	}

	async owedTexts(limit: number): Promise<OwedText[]> {
		return await this.#read(() => this.#photos.owed(limit));
	}

	async payTexts(
		payments: { id: string; revision: number; text: StoredVector }[],
	): Promise<number> {
		this.#assertOpen();
		const checked = payments.map(({ id, revision, text }) => ({
			...{ id, revision },
			text: { vector: unitVector(text, 'text'), model: text.model },
		}));
		return await this.#apply(this.#writer.payTexts(checked));
	}

	async generations(): Promise<Generation[]> {
		return await this.#read(() => {
			const rows = readGenerations(this.#db);
			return rows.map((row) => generationOf(row, rows));
		});
	}

	async beginGeneration(
		kind: VectorKind,
		generation: { model: string; dimension: number; activateWhenComplete: boolean },
	): Promise<Generation> {
		this.#assertOpen();
		const { model, dimension, activateWhenComplete } = generation;
		checkModel({ model, dimension });
		await this.#apply(this.#writer.beginGeneration(kind, model, dimension, activateWhenComplete));
		return await this.#generation(kind, model);
	}

	async activateGeneration(
		kind: VectorKind,
		model: string,
		{ incomplete = false }: { incomplete?: boolean } = {},
	): Promise<Generation> {
		this.#assertOpen();
		await this.#apply(this.#writer.activateGeneration(kind, model, incomplete));
		await this.#channels.settled(kind);
		return await this.#generation(kind, model);
	}

	async dropGeneration(kind: VectorKind, model: string): Promise<void> {
		this.#assertOpen();
		// It may still answer for one that is being loaded.
		await this.#channels.settled(kind);
		await this.#apply(this.#writer.dropGeneration(kind, model));
	}

	async stats(): Promise<VectorIndexStats> {
		return await this.#read(async () => ({
			photos: this.#photos.count(),
			image: this.#kindStats('image'),
			text: this.#kindStats('text'),
			textOwed: this.#photos.countOwed(),
			generations: await this.generations(),
			bytesOnDisk: await folderSize(this.#folder),
			schema: SCHEMA_VERSION,
			faiss: faissProcess().availability(),
		}));
	}

	async verify(onProgress?: (done: number, of: number) => void): Promise<Verification> {
		this.#assertOpen();
		const stored = await verifyCatalogue(join(this.#folder, DATABASE_FILE), onProgress);
		const findings = await this.#verifyChannels();
		return {
			...stored,
			checked: [...stored.checked, 'memory', 'graph'],
			findings: [...stored.findings, ...findings],
		};
	}

	async optimize(): Promise<void> {
		this.#assertOpen();
		while (await this.#writer.optimizeStep()) this.#assertOpen();
		await this.#writer.finishOptimizing();
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
		await Promise.allSettled(this.#underWay);
		await this.#channels.close();
		this.#db.close();
		await this.#writer.close();
		this.#lock.release();
		this.#onClose();
	}

	/** The answer of the writer, once searches see what it did. */
	async #apply<T>(call: Promise<Answer<T> & { vectorOf?: VectorOf }>): Promise<T> {
		const work = this.#follow(call);
		this.#underWay.add(work);
		try {
			return await work;
		} finally {
			this.#underWay.delete(work);
		}
	}

	async #follow<T>(call: Promise<Answer<T> & { vectorOf?: VectorOf }>): Promise<T> {
		let answer: Awaited<typeof call>;
		try {
			answer = await call;
		} catch (error) {
			// The thread died: only the database knows what it had done by then.
			const { code } = asEngineError(error);
			if (code === 'RUNTIME_UNAVAILABLE') await this.#channels.reload(() => this.#generationRows());
			throw error;
		}
		const { result, changes, vectorOf } = answer;
		this.#channels.apply(changes, vectorOf);
		if (changes.generations) await this.#channels.follow(changes.generations);
		await this.#channels.caughtUp();
		return result;
	}

	/** What the database answers, or why it cannot. */
	async #read<T>(work: () => T | Promise<T>): Promise<T> {
		this.#assertOpen();
		try {
			return await work();
		} catch (error) {
			// Closed meanwhile: that is why.
			this.#assertOpen();
			throw asIndexError(error, this.#folder);
		}
	}

	/** Memory cannot be compared with what cannot be read. */
	async #verifyChannels(): Promise<Finding[]> {
		try {
			return await this.#channels.verify((photos) => this.#photos.idsOf(photos));
		} catch (error) {
			this.#assertOpen();
			const { code, message } = asIndexError(error, this.#folder);
			if (code !== 'INDEX_DAMAGED') throw error;
			return [{ invariant: 'memory', message }];
		}
	}

	#stored(ids: string[]) {
		const [image, text] = VECTOR_KINDS.map((kind) => this.#served(kind)?.generation);
		return this.#photos.getMany(ids, image, text);
	}

	#generationRows(): GenerationRow[] {
		return readGenerations(this.#db);
	}

	#served(kind: VectorKind): GenerationRow | undefined {
		return this.#channels.serving(kind)?.generation;
	}

	#checkQuery(kind: VectorKind, query: StoredVector): Float32Array {
		const vector = unitVector(query, kind);
		checkQuery(this.#served(kind), query, kind, this.name);
		return vector;
	}

	async #generation(kind: VectorKind, model: string): Promise<Generation> {
		const all = await this.generations();
		const found = all.find((one) => one.kind === kind && one.model === model);
		if (!found) throw new EngineError('GENERATION_NOT_FOUND', `"${model}" was dropped meanwhile.`);
		return found;
	}

	#kindStats(kind: VectorKind): KindStats {
		const active = activeOf(readGenerations(this.#db), kind);
		return {
			count: active?.vectors ?? 0,
			model: active?.model ?? null,
			dimension: active?.dimension ?? null,
			...this.#channels.stats(kind),
		};
	}

	#assertOpen(): void {
		if (!this.#closing) return;
		throw new EngineError('ENGINE_STOPPING', `Index "${this.name}" has been closed.`);
	}
}
