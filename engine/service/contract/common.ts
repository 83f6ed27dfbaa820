import { Type, type Static, type TSchema } from 'typebox';

export const MAX_BATCH = 256;
export const MAX_LIMIT = 200;
/** Of a page that costs no model: of a listing, or of nearest vectors. */
export const MAX_PAGE = 1_000;

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
/** A misspelt condition must not widen a search or a deletion in silence. */
export const Strict = <P extends Record<string, TSchema>>(properties: P) =>
	Type.Object(properties, { additionalProperties: false });
export const Metadata = Type.Record(Type.String(), Type.Unknown());
/**
 * A list of numbers, or its float32 values, little-endian, in base64: a quarter of the size. That the
 * numbers are numbers is not the schema's to say: a NaN (null in JSON) is one bad item with its own
 * error, not a refused batch.
 */
export const Vector = Type.Union([Type.Array(Type.Unknown()), Type.String()]);
export type Vector = Static<typeof Vector>;

/** Which of a photo's two vectors. */
export const VectorKind = Type.Union([Type.Literal('image'), Type.Literal('text')]);
export type VectorKind = Static<typeof VectorKind>;

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

/** The same to be stored: what is left out stays as it is, and `null` clears it. */
export const FactsInput = Type.Object({
	s3_path: Type.Optional(Nullable(Type.String())),
	etag: Type.Optional(Nullable(Type.String())),
	size: Type.Optional(Nullable(Type.Number())),
	width: Type.Optional(Nullable(Type.Number())),
	height: Type.Optional(Nullable(Type.Number())),
	title: Type.Optional(Nullable(Type.String())),
	description: Type.Optional(Nullable(Type.String())),
	tags: Type.Optional(Nullable(Type.Array(Type.String()))),
	people: Type.Optional(Nullable(Type.Array(Type.String()))),
	taken_at: Type.Optional(Nullable(Type.String())),
	lat: Type.Optional(Nullable(Type.Number())),
	lon: Type.Optional(Nullable(Type.Number())),
	metadata: Type.Optional(Nullable(Metadata)),
});
export type FactsInput = Static<typeof FactsInput>;

export const ErrorItem = Type.Object({
	/** Position in the request's list. */
	index: Type.Integer(),
	id: Type.Optional(Type.String()),
	image_path: Type.Optional(Type.String()),
	code: Type.String(),
	message: Type.String(),
});
export type ErrorItem = Static<typeof ErrorItem>;
