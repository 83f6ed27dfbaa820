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

/** Of the examples of one query; each costs an embedding. */
const MAX_EXAMPLES = 8;
/** One, or several of them. */
const OneOrMore = Type.Union([
	Type.String(),
	Type.Array(Type.String(), { minItems: 1, maxItems: MAX_EXAMPLES }),
]);

export const Channel = Type.Union([
	Type.Literal('visual'),
	Type.Literal('text'),
	Type.Literal('keyword'),
]);
export type Channel = Static<typeof Channel>;

export const Sort = Type.Union([
	Type.Literal('relevance'),
	Type.Literal('newest'),
	Type.Literal('oldest'),
]);
export type Sort = Static<typeof Sort>;

const Weight = Type.Optional(Type.Number({ minimum: 0, maximum: 10 }));

/** At least one of text, without, image_path, image, like and filter. */
export const SearchRequest = Strict({
	/** Words, or the query language: `beach -people after:2023 person:Pat`. */
	text: Type.Optional(Type.String()),
	/** Words for what must not be there, each as `-"…"` in the text. */
	without: Type.Optional(Type.Array(Type.String(), { maxItems: MAX_EXAMPLES })),
	/** Example pictures, `s3://…`. */
	image_path: Type.Optional(OneOrMore),
	/** Bytes of example pictures, base64. */
	image: Type.Optional(OneOrMore),
	/** Ids of photos of this index: more like them. */
	like: Type.Optional(OneOrMore),
	filter: Type.Optional(PhotoFilter),
	limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_LIMIT })),
	cursor: Type.Optional(Type.String()),
	/** 0…1; results below it are left out. */
	min_relevance: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
	/** Leave out what is more likely irrelevant than not: `min_relevance` of 0.5. Default false. */
	only_relevant: Type.Optional(Type.Boolean()),
	/** By date: of the relevant ones only. Default `relevance`, or `newest` where only a filter asks. */
	sort: Type.Optional(Sort),
	/** Count people, tags and years of the relevant photos. Default false. */
	facets: Type.Optional(Type.Boolean()),
	/** Show near-duplicates once, with the others' ids in `duplicates`. Default true. */
	fold_duplicates: Type.Optional(Type.Boolean()),
	/** What a channel's evidence counts, against 1. */
	weights: Type.Optional(Strict({ visual: Weight, text: Weight, keyword: Weight })),
	/** Say how the query was understood and how long each stage took. Default false. */
	explain: Type.Optional(Type.Boolean()),
	...Links,
	ollama: Type.Optional(OllamaConnection),
});
export type SearchRequest = Static<typeof SearchRequest>;

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

/** Words of the query, or their forms, in a field of the photo. */
export const MatchedWords = Type.Object({
	field: Type.Union([
		Type.Literal('title'),
		Type.Literal('description'),
		Type.Literal('tags'),
		Type.Literal('people'),
		Type.Literal('s3_path'),
		Type.Literal('id'),
	]),
	/** Which of the tags or people, from 0. */
	item: Type.Optional(Type.Integer()),
	/** As they stand there: in UTF-16 units of the field, or of the tag or name; `to` is exclusive. */
	words: Type.Array(Type.Object({ text: Type.String(), from: Type.Integer(), to: Type.Integer() })),
});
export type MatchedWords = Static<typeof MatchedWords>;

/** What one thing that was asked for adds to a result. */
export const TermScore = Type.Object({
	/** As asked: a word, a phrase, a name, a date; `picture` for examples. */
	term: Type.String(),
	/** 0…1: how likely the photo has it. */
	relevance: Type.Number(),
	/** Evidence by channel, in log-odds: above 0 speaks for the photo. */
	evidence: Type.Object({
		visual: Type.Optional(Type.Number()),
		text: Type.Optional(Type.Number()),
		keyword: Type.Optional(Type.Number()),
	}),
});
export type TermScore = Static<typeof TermScore>;

export const SearchResult = Type.Object({
	id: Type.String(),
	title: Title,
	/** 0…1: how likely the photo is what was asked for. */
	relevance: Type.Number(),
	/** The same as `relevance`. */
	similarity: Type.Number(),
	...Place,
	/** The channels that speak for it, strongest first. */
	channels: Type.Array(Channel),
	/** Of the term that fits best: cosines for visual and text, BM25 (higher is better) for keyword. */
	scores: Type.Object({
		visual: Type.Optional(Type.Number()),
		text: Type.Optional(Type.Number()),
		keyword: Type.Optional(Type.Number()),
	}),
	/** Why it is here. */
	why: Type.Object({
		words: Type.Array(MatchedWords),
		/** People of the photo whom the query names. */
		people: Type.Array(Type.String()),
		terms: Type.Array(TermScore),
	}),
	/** Nearly the same pictures, which stand behind this one. */
	duplicates: Type.Object({ count: Type.Integer(), ids: Type.Array(Type.String()) }),
	...Facts,
});
export type SearchResult = Static<typeof SearchResult>;

const Count = Type.Object({ value: Type.String(), count: Type.Integer() });

/** How often the relevant photos have what, most often first. */
export const Facets = Type.Object({
	people: Type.Array(Count),
	tags: Type.Array(Count),
	years: Type.Array(Count),
});
export type Facets = Static<typeof Facets>;

/** A part of the text that was read as words though it looks like more. */
export const QueryNote = Type.Object({
	message: Type.String(),
	/** Where it stands in `explain.query.typed`. */
	from: Type.Integer(),
	to: Type.Integer(),
});
export type QueryNote = Static<typeof QueryNote>;

/** How a query was understood and what it took. */
export const Explanation = Type.Object({
	/** The text, taken apart. */
	query: Type.Record(Type.String(), Type.Unknown()),
	/** What was done, step by step, in words. */
	plan: Type.Array(Type.String()),
	/** Milliseconds by stage. */
	timings_ms: Type.Record(Type.String(), Type.Number()),
});
export type Explanation = Static<typeof Explanation>;

export const SearchResponse = Type.Object({
	results: Type.Array(SearchResult),
	/** Photos that were ranked and not left out. */
	total: Type.Integer(),
	/** Those of them that are more likely relevant than not. */
	relevant: Type.Integer(),
	/** Whether more may exist than were ranked: `total` is then the least there are. */
	capped: Type.Boolean(),
	next_cursor: Nullable(Type.String()),
	/** What the answer could not take into account, and how to change that. */
	hints: Type.Array(Type.String()),
	/** What of the text was not understood. */
	notes: Type.Array(QueryNote),
	facets: Type.Optional(Facets),
	explain: Type.Optional(Explanation),
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
