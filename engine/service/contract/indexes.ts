import { Type, type Static, type TSchema } from 'typebox';
import {
	ErrorItem,
	FactsInput,
	MAX_BATCH,
	MAX_PAGE,
	Nullable,
	OllamaConnection,
	PhotoFacts,
	Strict,
	Vector,
} from './common';
import { PhotoFilter } from './filter';
import { Generation } from './generations';

/** A photo to store. `id` defaults to bucket/key of `s3_path`; one of the two is needed. */
export const ImageInput = Type.Object({
	id: Type.Optional(Type.String()),
	...FactsInput.properties,
	/** Image vector and the model it came from, as the embed routes answer them. */
	embedding: Type.Optional(Nullable(Vector)),
	model: Type.Optional(Nullable(Type.String())),
	/** Text vector made elsewhere; without it the service asks Ollama, or owes it. */
	text_embedding: Type.Optional(Nullable(Vector)),
	text_model: Type.Optional(Nullable(Type.String())),
});
export type ImageInput = Static<typeof ImageInput>;

/**
 * Told to whoever reads the schema, but not enforced by it: an item with a wrong field is that item's
 * error, not its batch's.
 */
const Loosely = <T extends TSchema>(schema: T) =>
	Type.Unsafe<Static<T>>({ anyOf: [schema, { description: 'answered with an error item' }] });

export const UpsertRequest = Strict({
	images: Type.Array(Loosely(ImageInput), { maxItems: MAX_BATCH }),
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

/** `ids`, or a filter with at least one condition: by prefix, say. */
export const DeleteRequest = Strict({
	ids: Type.Optional(Type.Array(Type.String(), { maxItems: 10_000 })),
	filter: Type.Optional(PhotoFilter),
});
export type DeleteRequest = Static<typeof DeleteRequest>;

export const DeleteResponse = Type.Object({
	deleted_count: Type.Integer(),
	/** The first 10,000 of them. */
	deleted: Type.Array(Type.String()),
	/** Of the ids that were asked for. */
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

/** Photos in the order of their ids. */
export const ListImagesRequest = Strict({
	filter: Type.Optional(PhotoFilter),
	limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE })),
	/** `next_cursor` of the page before. */
	cursor: Type.Optional(Type.String()),
	/** Answer `total`, too. */
	count: Type.Optional(Type.Boolean()),
});
export type ListImagesRequest = Static<typeof ListImagesRequest>;

/** The same in a query string, whose values are texts; `filter` is JSON. */
export const ListImagesQuery = Strict({
	filter: Type.Optional(Type.String()),
	limit: Type.Optional(Type.String()),
	cursor: Type.Optional(Type.String()),
	count: Type.Optional(Type.String()),
});
export type ListImagesQuery = Static<typeof ListImagesQuery>;

export const ListImagesResponse = Type.Object({
	images: Type.Array(StoredImage),
	next_cursor: Nullable(Type.String()),
	/** Photos that satisfy the filter; only if it was asked for. */
	total: Type.Optional(Type.Integer()),
});
export type ListImagesResponse = Static<typeof ListImagesResponse>;

export const CountImagesRequest = Strict({ filter: Type.Optional(PhotoFilter) });
export type CountImagesRequest = Static<typeof CountImagesRequest>;
export const CountImagesResponse = Type.Object({ count: Type.Integer() });
export type CountImagesResponse = Static<typeof CountImagesResponse>;

export const ListIndexesResponse = Type.Object({ indexes: Type.Array(Type.String()) });
export type ListIndexesResponse = Static<typeof ListIndexesResponse>;

export const DropIndexResponse = Type.Object({ dropped: Type.String() });
export type DropIndexResponse = Static<typeof DropIndexResponse>;

const VectorStats = Type.Object({
	/** Vectors of the model that is searched. */
	count: Type.Integer(),
	model: Nullable(Type.String()),
	dimension: Nullable(Type.Integer()),
	/** `flat`, `graph`, or the type of the FAISS index in use. */
	method: Type.String(),
	/** Vectors searched one by one because the graph does not hold them yet. */
	unmerged: Type.Integer(),
	/** Rows of deleted or replaced vectors that memory still holds. */
	tombstones: Type.Integer(),
	bytes_in_memory: Type.Integer(),
	/** Share of the true ten nearest that the graph found when it was last measured; null if flat. */
	recall: Nullable(Type.Number()),
	/** When vectors were last merged into the graph; null if never. */
	last_merge: Nullable(Type.String()),
});

export const IndexStats = Type.Object({
	name: Type.String(),
	photos: Type.Integer(),
	image_vectors: VectorStats,
	text_vectors: VectorStats,
	/** Photos whose words still wait for Ollama. */
	text_owed: Type.Integer(),
	generations: Type.Array(Generation),
	bytes_on_disk: Type.Integer(),
	/** Schema of the database. */
	schema: Type.Integer(),
	faiss: Type.Object({ available: Type.Boolean(), reason: Type.Optional(Type.String()) }),
});
export type IndexStats = Static<typeof IndexStats>;
