import { Type, type Static } from 'typebox';
import { ErrorItem, MAX_BATCH, Nullable, S3Connection, Strict } from './common';

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
