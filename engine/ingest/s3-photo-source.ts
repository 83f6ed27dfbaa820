import type { Readable } from 'node:stream';

import {
	GetObjectCommand,
	HeadObjectCommand,
	ListBucketsCommand,
	ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

import { EngineError } from '../errors';
import type { BucketObject, S3Connection } from '../service/contract';
import type { FetchedObject, PhotoSource } from './photo-source';
import { readBody } from './s3-body';
import { createClient, type BoundClient, type S3Timeouts } from './s3-client';
import { resolveTarget } from './s3-connection';
import { notS3, regionWanted, s3Failure, type S3Attempt } from './s3-failure';
import { bareEtag, isoDate, listedObjects } from './s3-listing';
import { checkBucket, formatS3Path, isPhotoKey, parseS3Path } from './s3-path';
import { uploaderFacts } from './uploader-facts';

/** S3's own page size. */
const PAGE = 1_000;
/** SigV4's limit: 7 days in seconds. */
const MAX_PRESIGN_S = 604_800;

export interface S3PhotoSourceOptions {
	timeouts: S3Timeouts;
	maxBytes: number;
}

/** One S3-compatible store, read-only; see {@link PhotoSource} for what it throws. */
export class S3PhotoSource implements PhotoSource {
	#client: BoundClient;
	/** For presigned URLs, where browsers know the store by another address. */
	#presigner: BoundClient | undefined;
	#underWay = 0;
	#retired = false;

	readonly #connection: S3Connection;
	readonly #options: S3PhotoSourceOptions;

	constructor(connection: S3Connection, options: S3PhotoSourceOptions) {
		this.#connection = connection;
		this.#options = options;
		// Said now; otherwise it would be every search that fails.
		if (connection.public_endpoint?.trim()) resolveTarget(publicly(connection), 'public endpoint');
		this.#client = createClient(connection, options.timeouts);
	}

	async listBuckets(signal?: AbortSignal): Promise<string[]> {
		const answer = await this.#call({ signal }, (client, abortSignal) =>
			client.s3.send(new ListBucketsCommand({}), { abortSignal }),
		);
		if (!answer.Buckets && !answer.Owner) throw notS3(this.#where());
		return (answer.Buckets ?? []).flatMap((bucket) => bucket.Name ?? []);
	}

	async list(
		bucket: string,
		options: { prefix?: string; startAfter?: string; limit?: number; imagesOnly?: boolean } = {},
		signal?: AbortSignal,
	): Promise<{ objects: BucketObject[]; next: string | null }> {
		checkBucket(bucket);
		const input = {
			Bucket: bucket,
			Prefix: options.prefix || undefined,
			StartAfter: options.startAfter || undefined,
			MaxKeys: Math.min(Math.max(1, options.limit ?? PAGE), PAGE),
			// Without it a key with a control character breaks the XML of the whole page.
			EncodingType: 'url' as const,
		};
		const page = await this.#call({ bucket, signal }, (client, abortSignal) =>
			client.s3.send(new ListObjectsV2Command(input), { abortSignal }),
		);
		// A web page is well-formed enough to be read as a listing of nothing.
		if (page.Name === undefined && page.IsTruncated === undefined && page.MaxKeys === undefined) {
			throw notS3({ ...this.#where(), bucket });
		}
		const listed = listedObjects(bucket, page);
		const last = listed.at(-1)?.key;
		if (page.IsTruncated && last !== undefined && last === options.startAfter) {
			throw new EngineError(
				'S3_ERROR',
				`${this.#client.target.host} repeats the same page of bucket "${bucket}": it does not understand StartAfter.`,
			);
		}
		return {
			objects: options.imagesOnly
				? listed.filter((object) => isPhotoKey(object.key, object.size))
				: listed,
			next: page.IsTruncated && last !== undefined ? last : null,
		};
	}

	async head(s3Path: string, signal?: AbortSignal): Promise<BucketObject | undefined> {
		const { bucket, key } = parseS3Path(s3Path);
		const input = { Bucket: bucket, Key: key };
		try {
			const answer = await this.#call({ bucket, key, signal }, async (client, abortSignal) => {
				try {
					return await client.s3.send(new HeadObjectCommand(input), { abortSignal });
				} catch (error) {
					// A HEAD has no body, so "no such bucket" and "no such key" look the same, as do all
					// refusals. One byte of a GET tells them apart: a missing bucket must never pass
					// for a deleted photo.
					if (!hasNoBody(error)) throw error;
					const get = new GetObjectCommand({ ...input, Range: 'bytes=0-0' });
					const reply = await client.s3.send(get, { abortSignal });
					(reply.Body as Readable | undefined)?.destroy();
					return await client.s3.send(new HeadObjectCommand(input), { abortSignal });
				}
			});
			return {
				bucket,
				key,
				s3_path: formatS3Path(bucket, key),
				etag: bareEtag(answer.ETag),
				size: answer.ContentLength ?? 0,
				last_modified: isoDate(answer.LastModified),
			};
		} catch (error) {
			if (error instanceof EngineError && error.code === 'OBJECT_NOT_FOUND') return undefined;
			throw error;
		}
	}

	fetch(s3Path: string, signal?: AbortSignal): Promise<FetchedObject> {
		return this.#counted(() => this.#fetchObject(s3Path, signal));
	}

	async #fetchObject(s3Path: string, signal?: AbortSignal): Promise<FetchedObject> {
		const { bucket, key } = parseS3Path(s3Path);
		const attempt = { bucket, key, signal };
		const answer = await this.#call(attempt, (client, abortSignal) =>
			client.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal }),
		);
		const { timeouts, maxBytes } = this.#options;
		const limits = { maxBytes, stallMs: timeouts.stallMs, totalMs: timeouts.bodyMs };
		let bytes: Buffer;
		try {
			bytes = await readBody(answer.Body as Readable, answer.ContentLength, limits, signal);
		} catch (error) {
			throw s3Failure(error, { ...this.#where(), ...attempt });
		}
		return {
			bytes,
			facts: {
				...uploaderFacts(answer.Metadata ?? {}),
				s3_path: formatS3Path(bucket, key),
				etag: bareEtag(answer.ETag),
				size: bytes.length,
			},
		};
	}

	/**
	 * A URL that reads the object for `expiresInS` seconds, 1 to 604 800. Signed locally: it says
	 * nothing about whether the object exists. It leads to the `public_endpoint` where there is one.
	 */
	async presign(s3Path: string, expiresInS: number): Promise<string> {
		const { bucket, key } = parseS3Path(s3Path);
		if (!Number.isInteger(expiresInS) || expiresInS < 1 || expiresInS > MAX_PRESIGN_S) {
			throw new EngineError(
				'BAD_REQUEST',
				'A presigned URL can be valid for 1 second to 7 days (604800 seconds).',
			);
		}
		try {
			const command = new GetObjectCommand({ Bucket: bucket, Key: key });
			return await getSignedUrl(this.#signer().s3, command, { expiresIn: expiresInS });
		} catch (error) {
			throw s3Failure(error, { ...this.#where(), bucket, key });
		}
	}

	/** The host is part of what is signed, so another address needs a client of its own. */
	#signer(): BoundClient {
		if (!this.#connection.public_endpoint?.trim()) return this.#client;
		const { region } = this.#client.target;
		// The region may have been corrected since.
		if (this.#presigner?.target.region !== region) {
			const connection = publicly(this.#connection);
			this.#presigner = createClient(connection, this.#options.timeouts, region);
		}
		return this.#presigner!;
	}

	/** Frees the sockets as soon as no call uses them. The source keeps working if called again. */
	retire(): void {
		this.#retired = true;
		if (this.#underWay === 0) this.#client.s3.destroy();
	}

	async #counted<T>(work: () => Promise<T>): Promise<T> {
		this.#underWay += 1;
		try {
			return await work();
		} finally {
			this.#underWay -= 1;
			if (this.#retired && this.#underWay === 0) this.#client.s3.destroy();
		}
	}

	/**
	 * One call under its deadline. Where the user left the region open and the server names the one
	 * it wants signed (Garage, AWS), that one is adopted for good and the call repeated.
	 */
	async #call<T>(
		attempt: Omit<S3Attempt, 'host' | 'region'>,
		send: (client: BoundClient, signal: AbortSignal) => Promise<T>,
	): Promise<T> {
		const deadline = AbortSignal.timeout(this.#options.timeouts.callMs);
		const signal = attempt.signal ? AbortSignal.any([attempt.signal, deadline]) : deadline;
		const sendOrMove = async (): Promise<T> => {
			try {
				return await send(this.#client, signal);
			} catch (error) {
				const region = regionWanted(error);
				if (!region || this.#client.target.regionGiven) throw error;
				if (region !== this.#client.target.region) {
					// The old client is not destroyed: other calls may be under way on it.
					this.#client = createClient(this.#connection, this.#options.timeouts, region);
				}
				return await send(this.#client, signal);
			}
		};
		try {
			return await this.#counted(sendOrMove);
		} catch (error) {
			throw s3Failure(error, { ...this.#where(), ...attempt });
		}
	}

	#where(): { host: string; region: string } {
		return { host: this.#client.target.host, region: this.#client.target.region };
	}
}

/** The connection as browsers would make it. */
function publicly(connection: S3Connection): S3Connection {
	return { ...connection, endpoint: connection.public_endpoint };
}

function hasNoBody(error: unknown): boolean {
	const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
	return status !== undefined && status >= 300 && status < 500;
}
