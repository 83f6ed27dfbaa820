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
	/** ISO 8601; now unless an import knows better. */
	indexed_at?: string;
	image?: StoredVector | null;
	text?: StoredVector | null;
	/** A photo that is not there is `IMAGE_NOT_FOUND` instead of a new one. */
	mustExist?: boolean;
	/**
	 * All that it says is of a file: where another one is stored, by etag, fields left `undefined` are
	 * cleared instead. Part of the write, since between a look and a write others write.
	 */
	isOfAFile?: boolean;
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

/** A photo with everything that is stored of it: a line of an export. */
export interface WholePhoto extends StoredPhoto {
	/** One per generation that has one, the active one first. */
	image_vectors: StoredVector[];
	text_vectors: StoredVector[];
}

/** One filter, or several that must all be satisfied. */
export type Filters = PhotoFilter | readonly PhotoFilter[];

/** One candidate of a channel; higher is better. */
export interface Hit {
	id: string;
	score: number;
}

/** One word of a query, in every form that counts as it. */
export interface Wording {
	/** As typed. */
	word: string;
	/**
	 * Alternatives; each one or more words that follow one another. `closeness`: 1 as typed or
	 * inflected, 0.8 synonym, 0.7 wider word, 0.6 beginning of a word, 0.5 misspelt, and 0.4 or 0.35
	 * where both a synonym or wider word and misspelt.
	 */
	forms: WordForm[];
}

export interface WordForm {
	text: string;
	/** The last word may go on. */
	prefix?: boolean;
	/** Not found as the name of a person: whoever looks for a bird does not mean Robin. */
	notNames?: boolean;
	closeness: number;
}

export interface KeywordHit extends Hit {
	/** The least closeness that had to be allowed for it to have every word (`all`), or one (`any`). */
	closeness: number;
}

/** Mean and standard deviation of a query's cosine over the whole index (sampled). */
export interface Background {
	mean: number;
	std: number;
	/** Vectors the estimate rests on; below about 20 it says little. */
	count: number;
	/** The cosines themselves. */
	sample: Float32Array;
}

export interface VectorHits {
	hits: Hit[];
	background: Background;
	/** All that are searched, whatever the filter leaves of them. */
	vectors: number;
}

/** The words a photo is found by, as the text model is to see them. */
export interface OwedText {
	id: string;
	text: string;
	/** Stored with the vector; if the photo changed meanwhile the vector is dropped. */
	revision: number;
}

/**
 * All vectors of a kind that one model made. Exactly one generation of a kind, at most, is `active`:
 * the only one that is searched. One that is `building` is filled beside it until every photo with an
 * active vector has one in it; one that is `retired` was active before and can be again.
 */
export interface Generation {
	kind: VectorKind;
	/** With revision: `id@revision`. */
	model: string;
	dimension: number;
	state: 'building' | 'active' | 'retired';
	vectors: number;
	/** Photos that have a vector in the active generation, but none in this one. */
	missing: number;
	created_at: string;
}

/** The search structure of a kind's active vectors. */
export interface KindStats {
	/** Vectors of the active generation. */
	count: number;
	model: string | null;
	dimension: number | null;
	/** `flat`, `graph`, or the type of the FAISS index in use. */
	method: string;
	/** Vectors searched one by one because the graph does not hold them yet. */
	unmerged: number;
	/** Rows of deleted or replaced vectors that memory still holds. */
	tombstones: number;
	bytesInMemory: number;
	/** Share of the true ten nearest that the graph found when it was last measured; null if flat. */
	recall: number | null;
	/** When vectors were last merged into the graph, ISO 8601; null if never. */
	lastMerge: string | null;
}

export interface VectorIndexStats {
	photos: number;
	image: KindStats;
	text: KindStats;
	textOwed: number;
	generations: Generation[];
	bytesOnDisk: number;
	/** Schema of the database. */
	schema: number;
	faiss: { available: boolean; reason?: string };
}

/** A broken promise of the index. */
export interface Finding {
	/** Stable name of the invariant: `sqlite`, `words`, `labels`, `vector-bytes`, `memory`, … */
	invariant: string;
	/** What is wrong and what to do about it. */
	message: string;
	/** Photos concerned, the first hundred of them. */
	ids?: string[];
}

export interface Verification {
	photos: number;
	vectors: number;
	/** Names of the invariants that were looked at. */
	checked: string[];
	/** Empty if all is well. */
	findings: Finding[];
}

/**
 * A named set of photos with two vectors each, text and metadata. SQLite holds the truth; a call
 * that resolved is durable. Ids are the caller's; writing an id again replaces it.
 *
 * Any call may throw `ENGINE_STOPPING` once the index is closing, `INDEX_DAMAGED` where the database
 * is not what was stored, and `DISK_ERROR`; any that writes also `DISK_FULL` and `INDEX_READ_ONLY`
 * (nothing of the call was stored), `BUSY` while another program holds the database, and
 * `RUNTIME_UNAVAILABLE` when the writing thread died (nobody knows what was stored).
 */
export interface VectorIndex {
	readonly name: string;

	/**
	 * Stores photos in one transaction. Per item the answer is what happened, or the error that kept
	 * this item (and only this item) out: `VECTOR_LENGTH`, `BAD_VECTOR`, `MODEL_MISMATCH`, or
	 * `BAD_REQUEST` for an id that is not 1 to 1,024 characters, for one that came earlier in the same
	 * batch, for values of a wrong type, for metadata above 1 MiB. A vector goes to the generation of
	 * its model; the first vector of a kind makes the active one. New words without a new text vector
	 * drop the old ones; so does a new `etag` with the image vectors of other generations. A photo
	 * without words owes none. Of a damaged photo nothing is kept, so that it is whole again; with
	 * `mustExist` it is `INDEX_DAMAGED`. Throws `INDEX_FULL`, before anything is stored, where memory
	 * has no room for so many vectors more. The photos are not to be changed before it has answered.
	 */
	upsert(photos: PhotoRecord[]): Promise<('created' | 'updated' | Error)[]>;
	/** The ids that were there and are gone now. */
	delete(ids: string[]): Promise<string[]>;
	/** Throws `INDEX_DAMAGED` for a photo that is not what was stored. */
	get(id: string): Promise<StoredPhoto | undefined>;
	/** Unknown ids are left out, and so are damaged photos: whoever stores them again heals them. */
	getMany(ids: string[]): Promise<Map<string, StoredPhoto>>;
	/** Of the active generation. Throws `INDEX_DAMAGED` where its bytes are not those stored. */
	vector(id: string, kind: VectorKind): Promise<StoredVector | undefined>;
	/** Of the active generation, by id; photos without one, or with a damaged one, are absent. */
	vectors(ids: string[], kind: VectorKind): Promise<Map<string, Float32Array>>;
	/** Those of these photos that have a vector of this model, active or not. */
	holding(kind: VectorKind, model: string, ids: string[]): Promise<Set<string>>;
	/**
	 * Ids that satisfy the filter, ordered by id. Tags and people compare without case; `taken_after`
	 * is inclusive and `taken_before` exclusive, both by the clock on the photo's wall unless they
	 * name a time zone. Throws `BAD_REQUEST` for a date that is none.
	 */
	ids(filter: PhotoFilter, page?: { after?: string; limit?: number }): Promise<string[]>;
	/** Photos that satisfy the filter; all of them without one. */
	count(filter?: Filters): Promise<number>;
	/** Those among these photos that satisfy the filter. */
	matching(filter: Filters, ids: string[]): Promise<Set<string>>;
	/** Ids that satisfy the filter, by when the photos were taken, those without a date last. */
	list(filter: Filters, order: { oldestFirst?: boolean; limit: number }): Promise<string[]>;
	/** These photos, by when they were taken, those without a date last. */
	inDateOrder(ids: string[], order: { oldestFirst?: boolean }): Promise<string[]>;
	/** Every photo that satisfies the filter, ordered by id, with all its vectors. */
	photos(filter?: PhotoFilter): AsyncIterable<WholePhoto>;
	/** The model of the active generation of a kind; null while there is none. */
	model(kind: VectorKind): string | null;

	/**
	 * The `k` nearest photos by cosine, best first, ties by id; fewer only if fewer exist. Scores are
	 * exact, whatever found the photos; with `exact` none is missed, as a graph may miss one of a
	 * hundred. The background is that of a fixed sample of at most 512. Throws `BAD_VECTOR`,
	 * `VECTOR_LENGTH`, `MODEL_MISMATCH`, and `BAD_REQUEST` for a filter that is none.
	 */
	searchVector(
		kind: VectorKind,
		query: StoredVector,
		k: number,
		filter?: Filters,
		options?: { exact?: boolean },
	): Promise<VectorHits>;
	/**
	 * Cosines of exactly these photos; those without such a vector are absent. `rough` ones come from
	 * the 8-bit codes in memory, off by 0.0005 or so at 768 numbers, and take a tenth of the time.
	 * Throws `BAD_VECTOR`, `VECTOR_LENGTH` and `MODEL_MISMATCH`.
	 */
	scoreVector(
		kind: VectorKind,
		query: StoredVector,
		ids: string[],
		options?: { rough?: boolean },
	): Promise<Map<string, number>>;
	/**
	 * Full-text hits over title, description, tags, people and file name: the closest wording first,
	 * then by BM25 (higher is better), ties by id. Words are plain words, never FTS5 syntax; one
	 * without a letter or digit is left out. `match: 'all'` wants every word, `any`, the default, one.
	 */
	searchKeywords(
		words: Wording[],
		k: number,
		options?: { match?: 'any' | 'all'; filter?: Filters },
	): Promise<KeywordHit[]>;
	/** Those among these photos that have every word, with the closeness it takes. */
	matchKeywords(words: Wording[], ids: string[]): Promise<Map<string, number>>;
	/** How many photos have each of these words (folded exactly, no forms). */
	countWords(words: string[]): Promise<Map<string, number>>;
	/**
	 * Stored words that differ by few letters (Damerau–Levenshtein 1 from 4 letters, 2 from 8), the
	 * commonest first.
	 */
	similarWords(
		word: string,
		limit: number,
	): Promise<{ word: string; photos: number; edits: number }[]>;
	/**
	 * Every tag, or every name of a person, as filters compare it (without case), with its number of
	 * photos, by name; cached until the next write.
	 */
	labels(kind: 'tag' | 'person'): Promise<{ name: string; photos: number }[]>;

	/** Photos whose text vector is owed, oldest first. */
	owedTexts(limit: number): Promise<OwedText[]>;
	/**
	 * Pays debts; one whose photo changed since is skipped and stays owed. Returns how many were kept.
	 * Throws `BAD_VECTOR`, `VECTOR_LENGTH`, `MODEL_MISMATCH`, and `INDEX_FULL` like {@link upsert}.
	 */
	payTexts(payments: { id: string; revision: number; text: StoredVector }[]): Promise<number>;

	generations(): Promise<Generation[]>;
	/**
	 * Starts a generation beside the active one: vectors of `model` are taken from now on. With
	 * `activateWhenComplete` the write that completes it also makes it the active one. Throws
	 * `GENERATION_EXISTS`, and `BAD_REQUEST` for a model or dimension that cannot be.
	 */
	beginGeneration(
		kind: VectorKind,
		generation: { model: string; dimension: number; activateWhenComplete: boolean },
	): Promise<Generation>;
	/**
	 * Searches use this generation from now on; the one that was active is retired. Throws
	 * `GENERATION_NOT_FOUND`, and `GENERATION_INCOMPLETE` unless `incomplete` is allowed; and
	 * `RUNTIME_UNAVAILABLE` where it is active but could not be loaded, which is tried again.
	 */
	activateGeneration(
		kind: VectorKind,
		model: string,
		options?: { incomplete?: boolean },
	): Promise<Generation>;
	/**
	 * Deletes a generation that is not active. Its vectors are gone at once, too, and are deleted from
	 * the disk in the background; the name of its model is free for a new generation. Waits first until the active one is
	 * loaded, since another may answer for it till then, and only then takes its place among the writes:
	 * those asked for meanwhile come before it. Throws `GENERATION_NOT_FOUND`, `GENERATION_IN_USE` for
	 * the active one, and `RUNTIME_UNAVAILABLE` where the active one could not be loaded.
	 */
	dropGeneration(kind: VectorKind, model: string): Promise<void>;

	stats(): Promise<VectorIndexStats>;
	/**
	 * Looks at every invariant: slow, reads everything, changes nothing. What `onProgress` throws ends
	 * it.
	 */
	verify(onProgress?: (done: number, of: number) => void): Promise<Verification>;
	/**
	 * Merges what is unmerged, rebuilds without tombstones, gives free pages back to the disk and
	 * writes snapshots. Searches and writes go on meanwhile.
	 */
	optimize(): Promise<void>;
	/**
	 * A complete copy of the database in a new file, consistent while writes go on. What `onProgress`
	 * throws ends it, and leaves no file. Throws `FILE_EXISTS`.
	 */
	backup(file: string, onProgress?: (done: number, of: number) => void): Promise<void>;
	/** Writes what only speeds up the next start, and closes. */
	close(): Promise<void>;
}

/** All indexes of a data folder. Throws `BAD_INDEX_NAME` for names outside `[a-z0-9_-]{1,64}`. */
export interface IndexStore {
	/**
	 * Opens, creating it if `create`; otherwise `INDEX_NOT_FOUND`. Throws `INDEX_IN_USE` if another
	 * process has it open, `NETWORK_FILE_SYSTEM` where SQLite's locks cannot be trusted,
	 * `INDEX_DAMAGED`, `INDEX_READ_ONLY`, `DISK_FULL`, and `RUNTIME_UNAVAILABLE` where the process may
	 * not reserve address space.
	 */
	open(name: string, options: { create: boolean }): Promise<VectorIndex>;
	list(): Promise<string[]>;
	/** Those that are open now. */
	loaded(): Promise<VectorIndex[]>;
	/** Closes an index and deletes its folder. Throws `INDEX_NOT_FOUND`. */
	drop(name: string): Promise<void>;
	/**
	 * Opens an index whose database `fill` has put as `photos.db` into the folder it is given. If
	 * `replace` is set, an index of that name makes way at the last moment, and is back should the new
	 * one not open; without it, throws `INDEX_EXISTS`.
	 */
	install(
		name: string,
		fill: (folder: string) => Promise<void>,
		options: { replace: boolean },
	): Promise<VectorIndex>;
	close(): Promise<void>;
}
