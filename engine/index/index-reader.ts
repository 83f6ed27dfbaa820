import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { PhotoFilter } from '../service/contract';
import { damagedPhoto } from './catalogue/damaged-photo';
import { DATABASE_FILE } from './catalogue/database';
import { asIndexError } from './catalogue/disk-errors';
import {
	activeOf,
	generationOf,
	readGenerations,
	VECTOR_KINDS,
	type GenerationRow,
} from './catalogue/generations';
import type { Match } from './catalogue/keyword-expression';
import { KeywordSearch } from './catalogue/keyword-search';
import { LabelList, type Label, type LabelKind } from './catalogue/label-list';
import { limitOf } from './catalogue/limit';
import { SCHEMA_VERSION } from './catalogue/migrations';
import { PhotoMatchers } from './catalogue/photo-matcher';
import { PhotoKeys } from './catalogue/photo-keys';
import { PhotoReader } from './catalogue/photo-reader';
import { checkQuery, unitVector } from './catalogue/vector-check';
import type { VectorReader } from './catalogue/vector-reader';
import { Vocabulary, type SimilarWord } from './catalogue/vocabulary';
import { verifyCatalogue } from './catalogue/verification';
import { readWholePhotos } from './catalogue/whole-photos';
import type { Channels } from './channels';
import { faissProcess } from './faiss/process';
import { folderSize } from './folder-size';
import { NO_BACKGROUND } from './vectors/background-scores';
import type {
	Filters,
	Finding,
	Generation,
	KeywordHit,
	KindStats,
	OwedText,
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

export interface IndexReaderOptions {
	name: string;
	folder: string;
	/** Open for reading only. */
	db: DatabaseSync;
	vectors: VectorReader;
	channels: Channels;
	/** Throws `ENGINE_STOPPING` once the index is closing. */
	assertOpen: () => void;
}

/** Deletions can outrun a search only so often. */
const MAX_ATTEMPTS = 3;

/** What can be asked of a {@link VectorIndex} without changing it. */
type Reading = Omit<
	VectorIndex,
	| 'name'
	| 'upsert'
	| 'delete'
	| 'payTexts'
	| 'beginGeneration'
	| 'activateGeneration'
	| 'dropGeneration'
	| 'optimize'
	| 'backup'
	| 'close'
>;

/** The reading half of an index: on the main thread, beside whatever the writer does. */
export class IndexReader implements Reading {
	readonly #name: string;
	readonly #folder: string;
	readonly #db: DatabaseSync;
	readonly #photos: PhotoReader;
	readonly #vectors: VectorReader;
	readonly #matchers: PhotoMatchers;
	readonly #keywords: KeywordSearch;
	readonly #vocabulary: Vocabulary;
	readonly #labels: LabelList;
	readonly #channels: Channels;
	readonly #assertOpen: () => void;

	constructor({ name, folder, db, vectors, channels, assertOpen }: IndexReaderOptions) {
		this.#name = name;
		this.#folder = folder;
		this.#db = db;
		const keys = new PhotoKeys(db);
		this.#photos = new PhotoReader(db, keys);
		this.#vectors = vectors;
		this.#matchers = new PhotoMatchers(db);
		this.#keywords = new KeywordSearch(db, keys, this.#matchers);
		this.#vocabulary = new Vocabulary(db, this.#keywords);
		this.#labels = new LabelList(db);
		this.#channels = channels;
		this.#assertOpen = assertOpen;
	}

	async get(id: string): Promise<StoredPhoto | undefined> {
		return await this.#read(() => {
			const { photos, damaged } = this.#stored([id]);
			if (damaged.length > 0) throw damagedPhoto(id, this.#name);
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
			if (vector === 'damaged') throw damagedPhoto(id, this.#name);
			return vector && { vector, model: served.model };
		});
	}

	async vectors(ids: string[], kind: VectorKind): Promise<Map<string, Float32Array>> {
		return await this.#read(() => {
			const served = this.#served(kind);
			if (!served) return new Map<string, Float32Array>();
			const photos = this.#photos.photosOf(ids);
			const byPhoto = this.#vectors.ofGeneration([...photos.values()], served.generation);
			return new Map(
				[...photos].flatMap(([id, photo]) => {
					const vector = byPhoto.get(photo);
					return vector ? [[id, vector] as const] : [];
				}),
			);
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

	async matching(filter: Filters, ids: string[]): Promise<Set<string>> {
		return await this.#read(() => {
			const matcher = this.#matchers.of(filter);
			const photos = this.#photos.photosOf(ids);
			const passing = matcher?.passing([...photos.values()]);
			const matches = [...photos].filter(([, photo]) => passing?.has(photo) ?? true);
			return new Set(matches.map(([id]) => id));
		});
	}

	async list(filter: Filters, order: { oldestFirst?: boolean; limit: number }): Promise<string[]> {
		return await this.#read(() => {
			const few = this.#matchers.of(filter)?.few();
			return few ? this.#photos.listOf([...few], order) : this.#photos.list(filter, order);
		});
	}

	async inDateOrder(ids: string[], order: { oldestFirst?: boolean }): Promise<string[]> {
		return await this.#read(() => this.#photos.inDateOrder(ids, order));
	}

	async count(filter?: Filters): Promise<number> {
		return await this.#read(
			() => this.#matchers.of(filter)?.few()?.length ?? this.#photos.count(filter),
		);
	}

	async *photos(filter?: PhotoFilter): AsyncGenerator<WholePhoto> {
		const pages = readWholePhotos(this.#db, this.#photos, this.#vectors, filter, this.#name);
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
		filter?: Filters,
		{ exact = false }: { exact?: boolean } = {},
	): Promise<VectorHits> {
		return await this.#read(async () => {
			const vector = this.#checkQuery(kind, query);
			const matcher = this.#matchers.of(filter);
			const serving = this.#channels.serving(kind);
			if (!serving) return { hits: [], background: NO_BACKGROUND, vectors: 0 };
			const wanted = limitOf(k);
			for (let attempt = 1; ; attempt++) {
				const { channel } = serving;
				const { scored, background } = await channel.search(vector, wanted, matcher, exact);
				this.#assertOpen();
				const hits = this.#photos.hits(scored).slice(0, wanted);
				// Some may have been deleted between one read and the next: others are in their place.
				const isWhole = hits.length >= Math.min(wanted, scored.length);
				if (isWhole || attempt === MAX_ATTEMPTS) return { hits, background, vectors: channel.live };
			}
		});
	}

	async scoreVector(
		kind: VectorKind,
		query: StoredVector,
		ids: string[],
		{ rough = false }: { rough?: boolean } = {},
	): Promise<Map<string, number>> {
		return await this.#read(() => {
			const vector = this.#checkQuery(kind, query);
			const channel = this.#channels.serving(kind)?.channel;
			const photos = this.#photos.photosOf(ids);
			const keys = [...photos.values()];
			const byPhoto = rough ? channel?.roughScores(keys, vector) : channel?.scores(keys, vector);
			const scores = new Map<string, number>();
			for (const [id, photo] of photos) {
				const score = byPhoto?.get(photo);
				if (score !== undefined) scores.set(id, score);
			}
			return scores;
		});
	}

	async searchKeywords(
		words: Wording[],
		k: number,
		{ match = 'any', filter }: { match?: Match; filter?: Filters } = {},
	): Promise<KeywordHit[]> {
		return await this.#read(() => this.#keywords.search(words, k, match, filter));
	}

	async matchKeywords(words: Wording[], ids: string[]): Promise<Map<string, number>> {
		return await this.#read(() => this.#keywords.matching(words, ids));
	}

	async countWords(words: string[]): Promise<Map<string, number>> {
		return await this.#read(() => this.#vocabulary.count(words));
	}

	async similarWords(word: string, limit: number): Promise<SimilarWord[]> {
		return await this.#read(() => this.#vocabulary.similar(word, limit));
	}

	async labels(kind: LabelKind): Promise<Label[]> {
		return await this.#read(() => this.#labels.all(kind));
	}

	async owedTexts(limit: number): Promise<OwedText[]> {
		return await this.#read(() => this.#photos.owed(limit));
	}

	async generations(): Promise<Generation[]> {
		return await this.#read(() => {
			const rows = readGenerations(this.#db);
			return rows.map((row) => generationOf(row, rows));
		});
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
			const serving = () => VECTOR_KINDS.map((kind) => this.#channels.serving(kind));
			for (;;) {
				const before = serving();
				const findings = await this.#channels.verify((photos) => this.#photos.idsOf(photos));
				// What is no longer served hears of no more writes: that it differs says nothing.
				const isSame = serving().every((one, i) => one === before[i]);
				if (findings.length === 0 || isSame) return findings;
			}
		} catch (error) {
			this.#assertOpen();
			const { code, message } = asIndexError(error, this.#folder);
			if (code !== 'INDEX_DAMAGED') throw error;
			return [{ invariant: 'memory', message }];
		}
	}

	#stored(ids: string[]) {
		return this.#photos.getMany(ids, (kind, photo) => this.#holds(kind, photo));
	}

	/** Memory knows it of nearly all photos, without a look at the disk. */
	#holds(kind: VectorKind, photo: number): boolean {
		const serving = this.#channels.serving(kind);
		if (!serving) return false;
		const { channel, generation } = serving;
		return channel.holds(photo) || this.#vectors.holds(photo, generation.generation);
	}

	#served(kind: VectorKind): GenerationRow | undefined {
		return this.#channels.serving(kind)?.generation;
	}

	#checkQuery(kind: VectorKind, query: StoredVector): Float32Array {
		const vector = unitVector(query, kind);
		checkQuery(this.#served(kind), query, kind, this.#name);
		return vector;
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
}
