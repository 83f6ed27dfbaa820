import { Type, type Static } from 'typebox';
import { ErrorItem, MAX_BATCH, Nullable, PhotoFacts, S3Connection, Strict } from './common';

export const EmbedImageQuery = Type.Object({ model: Type.Optional(Type.String()) });
export const EmbedImageRequest = Type.Object({
	/** `s3://bucket/key` */
	image_path: Type.String(),
	model: Type.Optional(Type.String()),
	s3: Type.Optional(S3Connection),
});
export type EmbedImageRequest = Static<typeof EmbedImageRequest>;

/** Why embedding is slower here than it could be, and the cure; absent where it is not. */
const Hints = Type.Optional(Type.Array(Type.String()));

export const EmbedImageResponse = Type.Object({
	embedding: Type.Array(Type.Number()),
	model: Type.String(),
	dimension: Type.Integer(),
	image: PhotoFacts,
	hints: Hints,
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
	hints: Hints,
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
	hints: Hints,
});
export type EmbedTextResponse = Static<typeof EmbedTextResponse>;
