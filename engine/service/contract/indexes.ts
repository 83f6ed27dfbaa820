import { Type, type Static } from 'typebox';
import {
	ErrorItem,
	MAX_BATCH,
	Nullable,
	OllamaConnection,
	PhotoFacts,
	Strict,
	Vector,
} from './common';

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
	/** `flat`, `graph` or the FAISS index type in use. */
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
