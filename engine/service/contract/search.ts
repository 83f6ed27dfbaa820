import { Type, type Static } from 'typebox';
import { MAX_LIMIT, Metadata, Nullable, OllamaConnection, S3Connection, Strict } from './common';
import { PhotoFilter } from './indexes';

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
