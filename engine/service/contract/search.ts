import { Type, type Static } from 'typebox';
import {
	MAX_LIMIT,
	MAX_PAGE,
	Metadata,
	Nullable,
	OllamaConnection,
	S3Connection,
	Strict,
	Vector,
	VectorKind,
} from './common';
import { PhotoFilter } from './filter';

/** Links to the photos themselves. */
const Links = {
	s3: Type.Optional(S3Connection),
	/** Seconds a presigned `url` stays valid; at most 7 days. Needs `s3`. */
	url_expires_in: Type.Optional(Type.Integer({ minimum: 1, maximum: 604_800 })),
};

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
	...Links,
	ollama: Type.Optional(OllamaConnection),
});
export type SearchRequest = Static<typeof SearchRequest>;

export const Channel = Type.Union([
	Type.Literal('visual'),
	Type.Literal('text'),
	Type.Literal('keyword'),
]);
export type Channel = Static<typeof Channel>;

const Title = Nullable(Type.String());
const Place = {
	s3_path: Nullable(Type.String()),
	/** Presigned GET; null without S3 credentials or an s3_path. */
	url: Nullable(Type.String()),
};
const Facts = {
	description: Nullable(Type.String()),
	tags: Type.Array(Type.String()),
	people: Type.Array(Type.String()),
	taken_at: Nullable(Type.String()),
	width: Nullable(Type.Number()),
	height: Nullable(Type.Number()),
	metadata: Metadata,
};
/** What is stored of a photo, as far as an answer to a search shows it. */
export const ShownPhoto = Type.Object({ title: Title, ...Place, ...Facts });
export type ShownPhoto = Static<typeof ShownPhoto>;

export const SearchResult = Type.Object({
	id: Type.String(),
	title: Title,
	/** 0…1, comparable within one answer. */
	similarity: Type.Number(),
	...Place,
	/** The channels that found it, strongest first. */
	channels: Type.Array(Channel),
	/** Cosines for visual and text, BM25 (higher is better) for keyword. */
	scores: Type.Object({
		visual: Type.Optional(Type.Number()),
		text: Type.Optional(Type.Number()),
		keyword: Type.Optional(Type.Number()),
	}),
	...Facts,
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

/**
 * The photos whose vectors are nearest to one vector, and nothing else: no words, no weighing. Asked
 * by a vector with its model, or by a stored photo.
 */
export const NearestRequest = Strict({
	/** Which of a photo's two vectors. Default `image`. */
	kind: Type.Optional(VectorKind),
	vector: Type.Optional(Vector),
	/** The model that made `vector`, with revision, as the embed routes answer it. */
	model: Type.Optional(Type.String()),
	/** Id of a photo of this index, in place of `vector`: its own vector is asked by. */
	like: Type.Optional(Type.String()),
	filter: Type.Optional(PhotoFilter),
	limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE })),
	/**
	 * Compare with every vector. Slower where there is a graph, which may miss one photo of a hundred;
	 * for whoever wants to page through all of them. Default false.
	 */
	exact: Type.Optional(Type.Boolean()),
	/** `next_cursor` of the page before; photos stored or deleted since repeat and hide no other. */
	cursor: Type.Optional(Type.String()),
	...Links,
});
export type NearestRequest = Static<typeof NearestRequest>;

export const NearestResult = Type.Object({
	id: Type.String(),
	title: Title,
	/** Cosine, exact. */
	score: Type.Number(),
	...Place,
	...Facts,
});
export type NearestResult = Static<typeof NearestResult>;

export const NearestResponse = Type.Object({
	results: Type.Array(NearestResult),
	next_cursor: Nullable(Type.String()),
	/** Of the vectors that were compared. */
	model: Type.String(),
	took_ms: Type.Number(),
});
export type NearestResponse = Static<typeof NearestResponse>;
