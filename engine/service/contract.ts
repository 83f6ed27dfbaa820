/**
 * The HTTP API, version 1: one schema per body, and the types that follow from them. The service
 * validates against these, `/openapi.json` is generated from them, and the client and the nodes
 * import only the types. Field names are snake_case on the wire.
 */
import { Type, type Static, type TSchema } from 'typebox';

export const MAX_BATCH = 256;
export const MAX_LIMIT = 200;

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
/** A misspelt condition must not widen a search or a deletion in silence. */
const Strict = <P extends Record<string, TSchema>>(properties: P) =>
	Type.Object(properties, { additionalProperties: false });
const Metadata = Type.Record(Type.String(), Type.Unknown());
/**
 * Plain `number`, not a vector schema: a wrong length or a NaN (null in JSON) is one bad item with
 * its own error, not a refused batch.
 */
const Vector = Type.Array(Type.Unknown());

export const S3Connection = Type.Object({
	/** Absent for AWS itself. */
	endpoint: Type.Optional(Type.String()),
	/** Where browsers reach the store, if not at `endpoint`; used for presigned URLs only. */
	public_endpoint: Type.Optional(Type.String()),
	/** `auto` where the server does not care. */
	region: Type.Optional(Type.String()),
	access_key_id: Type.String(),
	secret_access_key: Type.String(),
	session_token: Type.Optional(Type.String()),
	/** Default true: every S3-compatible server understands path style. */
	force_path_style: Type.Optional(Type.Boolean()),
});
export type S3Connection = Static<typeof S3Connection>;

export const OllamaConnection = Type.Object({
	url: Type.String(),
	/** An embedding model, `nomic-embed-text` unless told otherwise. */
	model: Type.Optional(Type.String()),
	/** Sent as a bearer token, for an Ollama behind a proxy. */
	api_key: Type.Optional(Type.String()),
});
export type OllamaConnection = Static<typeof OllamaConnection>;

/** What an image file or its object says about itself. Dates are ISO 8601, places in degrees. */
export const PhotoFacts = Type.Object({
	s3_path: Type.Optional(Type.String()),
	etag: Type.Optional(Type.String()),
	size: Type.Optional(Type.Number()),
	width: Type.Optional(Type.Number()),
	height: Type.Optional(Type.Number()),
	title: Type.Optional(Type.String()),
	description: Type.Optional(Type.String()),
	tags: Type.Optional(Type.Array(Type.String())),
	people: Type.Optional(Type.Array(Type.String())),
	taken_at: Type.Optional(Type.String()),
	lat: Type.Optional(Type.Number()),
	lon: Type.Optional(Type.Number()),
	metadata: Type.Optional(Metadata),
});
export type PhotoFacts = Static<typeof PhotoFacts>;

const ErrorItem = Type.Object({
	/** Position in the request's list. */
	index: Type.Integer(),
	id: Type.Optional(Type.String()),
	image_path: Type.Optional(Type.String()),
	code: Type.String(),
	message: Type.String(),
});
export type ErrorItem = Static<typeof ErrorItem>;

// ── embed ────────────────────────────────────────────────────────────────────────────────────────

export const EmbedImageQuery = Type.Object({ model: Type.Optional(Type.String()) });
export const EmbedImageRequest = Type.Object({
	/** `s3://bucket/key` */
	image_path: Type.String(),
	model: Type.Optional(Type.String()),
	s3: Type.Optional(S3Connection),
});
export type EmbedImageRequest = Static<typeof EmbedImageRequest>;

export const EmbedImageResponse = Type.Object({
	embedding: Type.Array(Type.Number()),
	model: Type.String(),
	dimension: Type.Integer(),
	image: PhotoFacts,
});
export type EmbedImageResponse = Static<typeof EmbedImageResponse>;

export const EmbedBatchRequest = Strict({
	image_paths: Type.Array(Type.String(), { maxItems: MAX_BATCH }),
	model: Type.Optional(Type.String()),
	s3: Type.Optional(S3Connection),
});
export type EmbedBatchRequest = Static<typeof EmbedBatchRequest>;

export const EmbedBatchResponse = Type.Object({
	/** In the request's order; null where `errors` says why. */
	embeddings: Type.Array(Nullable(Type.Array(Type.Number()))),
	images: Type.Array(Nullable(PhotoFacts)),
	model: Type.String(),
	dimension: Type.Integer(),
	errors: Type.Array(ErrorItem),
});
export type EmbedBatchResponse = Static<typeof EmbedBatchResponse>;

export const EmbedTextRequest = Strict({
	text: Type.String(),
	model: Type.Optional(Type.String()),
});
export type EmbedTextRequest = Static<typeof EmbedTextRequest>;

export const EmbedTextResponse = Type.Object({
	embedding: Type.Array(Type.Number()),
	model: Type.String(),
	dimension: Type.Integer(),
});
export type EmbedTextResponse = Static<typeof EmbedTextResponse>;

// ── index ────────────────────────────────────────────────────────────────────────────────────────

/** A photo to store. `id` defaults to bucket/key of `s3_path`; one of the two is needed. */
export const ImageInput = Type.Object({
	id: Type.Optional(Type.String()),
	...PhotoFacts.properties,
	/** Image vector and the model it came from, as the embed routes answer them. */
	embedding: Type.Optional(Vector),
	model: Type.Optional(Type.String()),
	/** Text vector made elsewhere; without it the service asks Ollama, or owes it. */
	text_embedding: Type.Optional(Vector),
	text_model: Type.Optional(Type.String()),
});
export type ImageInput = Static<typeof ImageInput>;

export const UpsertRequest = Strict({
	images: Type.Array(ImageInput, { maxItems: MAX_BATCH }),
	ollama: Type.Optional(OllamaConnection),
});
export type UpsertRequest = Static<typeof UpsertRequest>;

export const UpsertResponse = Type.Object({
	/** In the request's order, without the items in `errors`. */
	results: Type.Array(
		Type.Object({
			index: Type.Integer(),
			id: Type.String(),
			status: Type.Union([Type.Literal('created'), Type.Literal('updated')]),
			/** `none`: the photo has no words; `owed`: it will be embedded when Ollama answers. */
			text_vector: Type.Union([Type.Literal('stored'), Type.Literal('owed'), Type.Literal('none')]),
		}),
	),
	errors: Type.Array(ErrorItem),
	hints: Type.Array(Type.String()),
});
export type UpsertResponse = Static<typeof UpsertResponse>;

/** All given conditions must hold. Dates compare with `taken_at`. */
export const PhotoFilter = Strict({
	bucket: Type.Optional(Type.String()),
	/** Key prefix inside the bucket. */
	prefix: Type.Optional(Type.String()),
	taken_after: Type.Optional(Type.String()),
	taken_before: Type.Optional(Type.String()),
	tags_all: Type.Optional(Type.Array(Type.String())),
	tags_any: Type.Optional(Type.Array(Type.String())),
	people_all: Type.Optional(Type.Array(Type.String())),
	people_any: Type.Optional(Type.Array(Type.String())),
});
export type PhotoFilter = Static<typeof PhotoFilter>;

export const DeleteRequest = Strict({
	ids: Type.Optional(Type.Array(Type.String(), { maxItems: 10_000 })),
	filter: Type.Optional(PhotoFilter),
});
export type DeleteRequest = Static<typeof DeleteRequest>;

export const DeleteResponse = Type.Object({
	deleted: Type.Array(Type.String()),
	missing: Type.Array(Type.String()),
});
export type DeleteResponse = Static<typeof DeleteResponse>;

export const StoredImage = Type.Object({
	id: Type.String(),
	...PhotoFacts.properties,
	indexed_at: Type.String(),
	has_image_vector: Type.Boolean(),
	has_text_vector: Type.Boolean(),
	text_owed: Type.Boolean(),
});
export type StoredImage = Static<typeof StoredImage>;

export const ListIndexesResponse = Type.Object({ indexes: Type.Array(Type.String()) });
export type ListIndexesResponse = Static<typeof ListIndexesResponse>;

export const DropIndexResponse = Type.Object({ dropped: Type.String() });
export type DropIndexResponse = Static<typeof DropIndexResponse>;

const VectorStats = Type.Object({
	count: Type.Integer(),
	model: Nullable(Type.String()),
	dimension: Nullable(Type.Integer()),
	/** `exact` or the FAISS index type in use. */
	method: Type.String(),
});

export const IndexStats = Type.Object({
	name: Type.String(),
	photos: Type.Integer(),
	image_vectors: VectorStats,
	text_vectors: VectorStats,
	/** Photos whose words still wait for Ollama. */
	text_owed: Type.Integer(),
	bytes_on_disk: Type.Integer(),
	faiss: Type.Object({ available: Type.Boolean(), reason: Type.Optional(Type.String()) }),
});
export type IndexStats = Static<typeof IndexStats>;

// ── search ───────────────────────────────────────────────────────────────────────────────────────

export const SearchRequest = Strict({
	/** At least one of text, image_path, image and like. */
	text: Type.Optional(Type.String()),
	image_path: Type.Optional(Type.String()),
	/** Image bytes, base64. */
	image: Type.Optional(Type.String()),
	/** Id of a photo of this index: more like it. */
	like: Type.Optional(Type.String()),
	filter: Type.Optional(PhotoFilter),
	limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_LIMIT })),
	cursor: Type.Optional(Type.String()),
	/** 0…1; results below it are left out. */
	min_similarity: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
	s3: Type.Optional(S3Connection),
	/** Seconds a presigned `url` stays valid; at most 7 days. Needs `s3`. */
	url_expires_in: Type.Optional(Type.Integer({ minimum: 1, maximum: 604_800 })),
	ollama: Type.Optional(OllamaConnection),
});
export type SearchRequest = Static<typeof SearchRequest>;

export const Channel = Type.Union([
	Type.Literal('visual'),
	Type.Literal('text'),
	Type.Literal('keyword'),
]);
export type Channel = Static<typeof Channel>;

export const SearchResult = Type.Object({
	id: Type.String(),
	title: Nullable(Type.String()),
	/** 0…1, comparable within one answer. */
	similarity: Type.Number(),
	s3_path: Nullable(Type.String()),
	/** Presigned GET; null without S3 credentials or an s3_path. */
	url: Nullable(Type.String()),
	/** The channels that found it, strongest first. */
	channels: Type.Array(Channel),
	/** Cosines for visual and text, BM25 (higher is better) for keyword. */
	scores: Type.Object({
		visual: Type.Optional(Type.Number()),
		text: Type.Optional(Type.Number()),
		keyword: Type.Optional(Type.Number()),
	}),
	description: Nullable(Type.String()),
	tags: Type.Array(Type.String()),
	people: Type.Array(Type.String()),
	taken_at: Nullable(Type.String()),
	width: Nullable(Type.Number()),
	height: Nullable(Type.Number()),
	metadata: Metadata,
});
export type SearchResult = Static<typeof SearchResult>;

export const SearchResponse = Type.Object({
	results: Type.Array(SearchResult),
	/** Photos that were ranked, after the filter. */
	total: Type.Integer(),
	next_cursor: Nullable(Type.String()),
	/** What the answer could not take into account, and how to change that. */
	hints: Type.Array(Type.String()),
	model: Nullable(Type.String()),
	took_ms: Type.Number(),
});
export type SearchResponse = Static<typeof SearchResponse>;

// ── buckets, watches, jobs ───────────────────────────────────────────────────────────────────────

export const BucketObject = Type.Object({
	bucket: Type.String(),
	key: Type.String(),
	s3_path: Type.String(),
	etag: Type.String(),
	size: Type.Number(),
	last_modified: Type.Optional(Type.String()),
});
export type BucketObject = Static<typeof BucketObject>;

export const ListBucketsRequest = Type.Object({ s3: S3Connection });
export type ListBucketsRequest = Static<typeof ListBucketsRequest>;
export const ListBucketsResponse = Type.Object({ buckets: Type.Array(Type.String()) });
export type ListBucketsResponse = Static<typeof ListBucketsResponse>;

export const ListObjectsRequest = Strict({
	s3: S3Connection,
	bucket: Type.String(),
	prefix: Type.Optional(Type.String()),
	start_after: Type.Optional(Type.String()),
	limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
	/** Only keys that look like photos (.jpg, .jpeg, …). Default true. */
	images_only: Type.Optional(Type.Boolean()),
});
export type ListObjectsRequest = Static<typeof ListObjectsRequest>;
export const ListObjectsResponse = Type.Object({
	objects: Type.Array(BucketObject),
	/** Pass as `start_after` to go on; null at the end. */
	next: Nullable(Type.String()),
});
export type ListObjectsResponse = Static<typeof ListObjectsResponse>;

export const HeadObjectsRequest = Type.Object({
	s3: S3Connection,
	paths: Type.Array(Type.String(), { maxItems: MAX_BATCH }),
});
export type HeadObjectsRequest = Static<typeof HeadObjectsRequest>;
export const HeadObjectsResponse = Type.Object({
	/** In the request's order; null where the object does not exist. */
	objects: Type.Array(Nullable(BucketObject)),
	errors: Type.Array(ErrorItem),
});
export type HeadObjectsResponse = Static<typeof HeadObjectsResponse>;

/**
 * What changed in a bucket since the last acknowledged poll. The answer's `token` goes into the
 * next poll's `ack`; until then the same changes are reported again, so a crash loses none.
 */
export const PollWatchRequest = Strict({
	/** Chosen by the caller and the same at every poll: whose acknowledgements these are. */
	watch: Type.String({ pattern: '^[A-Za-z0-9_-]{1,128}$' }),
	s3: S3Connection,
	bucket: Type.String(),
	prefix: Type.Optional(Type.String()),
	ack: Type.Optional(Type.String()),
	limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
	/** Photos that this index holds in this very version are not reported. */
	index: Type.Optional(Type.String()),
	/** On the first poll: report the photos that are there already (default), or only note them. */
	existing: Type.Optional(Type.Union([Type.Literal('report'), Type.Literal('skip')])),
});
export type PollWatchRequest = Static<typeof PollWatchRequest>;
export const WatchChange = Type.Object({
	event: Type.Union([Type.Literal('created'), Type.Literal('updated'), Type.Literal('removed')]),
	...BucketObject.properties,
});
export type WatchChange = Static<typeof WatchChange>;
export const PollWatchResponse = Type.Object({
	changes: Type.Array(WatchChange),
	token: Nullable(Type.String()),
	/** More changes wait: poll again at once. */
	more: Type.Boolean(),
	hints: Type.Array(Type.String()),
});
export type PollWatchResponse = Static<typeof PollWatchResponse>;

export const SyncRequest = Strict({
	s3: S3Connection,
	bucket: Type.String(),
	prefix: Type.Optional(Type.String()),
	model: Type.Optional(Type.String()),
	ollama: Type.Optional(OllamaConnection),
	/** Drop photos from the index that a complete listing no longer shows. Default true. */
	delete_missing: Type.Optional(Type.Boolean()),
	/** Allow a deletion of more than half of the photos. */
	force: Type.Optional(Type.Boolean()),
});
export type SyncRequest = Static<typeof SyncRequest>;

export const JobState = Type.Union([
	Type.Literal('queued'),
	Type.Literal('running'),
	Type.Literal('succeeded'),
	Type.Literal('failed'),
	Type.Literal('cancelled'),
]);
export const Job = Type.Object({
	id: Type.String(),
	kind: Type.Literal('sync'),
	index: Type.String(),
	state: JobState,
	/** Photos listed so far; `total_known` once the listing is complete. */
	total: Type.Integer(),
	total_known: Type.Boolean(),
	done: Type.Integer(),
	unchanged: Type.Integer(),
	deleted: Type.Integer(),
	failed: Type.Integer(),
	/** The first hundred. */
	failures: Type.Array(
		Type.Object({ s3_path: Type.String(), code: Type.String(), message: Type.String() }),
	),
	hints: Type.Array(Type.String()),
	error: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
	started_at: Nullable(Type.String()),
	finished_at: Nullable(Type.String()),
});
export type Job = Static<typeof Job>;

// ── operations ───────────────────────────────────────────────────────────────────────────────────

export const TestOllamaRequest = Type.Object({ ollama: OllamaConnection });
export type TestOllamaRequest = Static<typeof TestOllamaRequest>;
export const TestOllamaResponse = Type.Object({
	version: Type.String(),
	dimension: Type.Integer(),
});
export type TestOllamaResponse = Static<typeof TestOllamaResponse>;

export const Model = Type.Object({
	id: Type.String(),
	title: Type.String(),
	dimension: Type.Integer(),
	image_size: Type.Integer(),
	/** `available` on disk, `remote` needs a download first. */
	state: Type.Union([
		Type.Literal('loaded'),
		Type.Literal('available'),
		Type.Literal('downloading'),
		Type.Literal('remote'),
	]),
	/** Download progress, 0…1. */
	progress: Type.Optional(Type.Number()),
	is_default: Type.Boolean(),
});
export type Model = Static<typeof Model>;
export const ModelsResponse = Type.Object({ models: Type.Array(Model) });
export type ModelsResponse = Static<typeof ModelsResponse>;

export const Health = Type.Object({
	status: Type.Literal('ok'),
	version: Type.String(),
	api_version: Type.Integer(),
	/** Told on the local socket only. */
	pid: Type.Optional(Type.Integer()),
	data_dir: Type.Optional(Type.String()),
	uptime_s: Type.Number(),
	rss_bytes: Type.Number(),
});
export type Health = Static<typeof Health>;
