import type { PhotoFacts, PhotoFilter } from '../service/contract';

/** Which of a photo's two vectors. */
export type VectorKind = 'image' | 'text';

/** A vector and the model (with revision) it came from; vectors of different models never meet. */
export interface StoredVector {
	/** Unit length. */
	vector: Float32Array;
	model: string;
}

/** One photo to store. Fields left `undefined` keep what is stored; `null` clears them. */
export interface PhotoRecord extends Nullable<PhotoFacts> {
	id: string;
	image?: StoredVector | null;
	text?: StoredVector | null;
}
type Nullable<T> = { [K in keyof T]?: T[K] | null };

/** A photo as it is stored, without its vectors. */
export interface StoredPhoto extends PhotoFacts {
	id: string;
	tags: string[];
	people: string[];
	metadata: Record<string, unknown>;
	indexed_at: string;
	has_image_vector: boolean;
	has_text_vector: boolean;
	text_owed: boolean;
}

/** One candidate of a channel; higher is better. */
export interface Hit {
	id: string;
	score: number;
}

/** Mean and standard deviation of a query's cosine over the whole index (sampled). */
export interface Background {
	mean: number;
	std: number;
	/** Vectors the estimate rests on; below about 20 it says little. */
	count: number;
}

export interface VectorHits {
	hits: Hit[];
	background: Background;
}

/** The words a photo is found by, as the text model is to see them. */
export interface OwedText {
	id: string;
	text: string;
	/** Stored with the vector; if the photo changed meanwhile the vector is dropped. */
	revision: number;
}

export interface KindStats {
	count: number;
	model: string | null;
	dimension: number | null;
	/** `exact`, or the type of the FAISS index in use. */
	method: string;
}

export interface VectorIndexStats {
	photos: number;
	image: KindStats;
	text: KindStats;
	textOwed: number;
	bytesOnDisk: number;
	faiss: { available: boolean; reason?: string };
}

/**
 * A named set of photos with two vectors each, text and metadata. SQLite holds the truth; a call
 * that resolved is durable. Ids are the caller's; writing an id again replaces it.
 */
export interface VectorIndex {
	readonly name: string;

	/**
	 * Stores photos in one transaction. Per item the answer is what happened, or the error that kept
	 * this item (and only this item) out: `VECTOR_LENGTH`, `BAD_VECTOR`, `MODEL_MISMATCH`, or
	 * `BAD_REQUEST` for an id that is not 1 to 1,024 characters. New words without a new text vector
	 * drop the old one; a photo without words owes none.
	 */
	upsert(photos: PhotoRecord[]): Promise<('created' | 'updated' | Error)[]>;
	/** The ids that were there and are gone now. */
	delete(ids: string[]): Promise<string[]>;
	get(id: string): Promise<StoredPhoto | undefined>;
	getMany(ids: string[]): Promise<Map<string, StoredPhoto>>;
	vector(id: string, kind: VectorKind): Promise<StoredVector | undefined>;
	/**
	 * Ids that satisfy the filter, ordered by id. Tags and people compare without case; `taken_after`
	 * is inclusive and `taken_before` exclusive, both by the clock on the photo's wall unless they
	 * name a time zone. Throws `BAD_REQUEST` for a date that is none.
	 */
	ids(filter: PhotoFilter, page?: { after?: string; limit?: number }): Promise<string[]>;
	count(): Promise<number>;
	/** The model that the stored vectors of a kind came from; null while there are none. */
	model(kind: VectorKind): string | null;

	/**
	 * The `k` nearest photos by cosine, best first, ties by id; fewer only if fewer exist. Scores are
	 * exact even where FAISS found the photos. Without a filter and without FAISS the background is
	 * that of all vectors, otherwise of a fixed sample of at most 1,000.
	 * Throws `VECTOR_LENGTH` and `MODEL_MISMATCH`.
	 */
	searchVector(
		kind: VectorKind,
		query: StoredVector,
		k: number,
		filter?: PhotoFilter,
	): Promise<VectorHits>;
	/** Cosines of exactly these photos; those without such a vector are absent. */
	scoreVector(kind: VectorKind, query: StoredVector, ids: string[]): Promise<Map<string, number>>;
	/**
	 * Full-text hits over title, description, tags, people and file name; score is BM25, higher is
	 * better. `words` are plain words, never FTS5 syntax; `match: 'all'` wants every word.
	 */
	searchKeywords(
		words: string[],
		k: number,
		options?: { match?: 'any' | 'all'; prefixLast?: boolean; filter?: PhotoFilter },
	): Promise<Hit[]>;

	/** Photos whose text vector is owed, oldest first. */
	owedTexts(limit: number): Promise<OwedText[]>;
	/** Pays debts; one whose photo changed since is skipped and stays owed. Returns how many were kept. */
	payTexts(payments: { id: string; revision: number; text: StoredVector }[]): Promise<number>;

	stats(): Promise<VectorIndexStats>;
	/** Writes what only speeds up the next start, and closes. */
	close(): Promise<void>;
}

/** All indexes of a data folder. Throws `BAD_INDEX_NAME` for names outside `[a-z0-9_-]{1,64}`. */
export interface IndexStore {
	/** Opens, creating it if `create`; otherwise `INDEX_NOT_FOUND`. */
	open(name: string, options: { create: boolean }): Promise<VectorIndex>;
	list(): Promise<string[]>;
	drop(name: string): Promise<void>;
	close(): Promise<void>;
}
