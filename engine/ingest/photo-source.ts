import type { BucketObject, PhotoFacts, S3Connection } from '../service/contract';

/**
 * An object's bytes with what the bucket says about it, including the title, description, tags and
 * people that its uploader wrote beside it (`x-amz-meta-*`).
 */
export interface FetchedObject {
	bytes: Buffer;
	facts: PhotoFacts & { s3_path: string; etag: string; size: number };
}

/**
 * Read-only access to one S3-compatible store. Throws `BAD_KEY`, `OBJECT_NOT_FOUND`,
 * `BUCKET_NOT_FOUND`, `S3_ACCESS_DENIED`, `S3_UNREACHABLE`, `S3_ERROR`, `IMAGE_TOO_LARGE`.
 */
export interface PhotoSource {
	listBuckets(signal?: AbortSignal): Promise<string[]>;
	/** One page in key order. */
	list(
		bucket: string,
		options?: { prefix?: string; startAfter?: string; limit?: number; imagesOnly?: boolean },
		signal?: AbortSignal,
	): Promise<{ objects: BucketObject[]; next: string | null }>;
	/** Undefined where the object does not exist. */
	head(s3Path: string, signal?: AbortSignal): Promise<BucketObject | undefined>;
	fetch(s3Path: string, signal?: AbortSignal): Promise<FetchedObject>;
	presign(s3Path: string, expiresInS: number): Promise<string>;
}

/** One client per connection, kept and reused. */
export interface PhotoSources {
	source(connection: S3Connection): PhotoSource;
	close(): void;
}
