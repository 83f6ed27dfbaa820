import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';

import type { BucketObject } from '../service/contract';
import { formatS3Path } from './s3-path';

/** The objects of one page, in the server's order. */
export function listedObjects(bucket: string, page: ListObjectsV2CommandOutput): BucketObject[] {
	// A server that ignores EncodingType does not echo it, and its keys are raw.
	const decode = page.EncodingType === 'url' ? decodeKey : (key: string) => key;
	return (page.Contents ?? []).flatMap((item) => {
		if (item.Key === undefined) return [];
		const key = decode(item.Key);
		return {
			bucket,
			key,
			s3_path: formatS3Path(bucket, key),
			etag: bareEtag(item.ETag),
			size: item.Size ?? 0,
			last_modified: isoDate(item.LastModified),
		};
	});
}

/** Keys of a listing with `EncodingType=url` are form-encoded: `+` is a space. */
function decodeKey(key: string): string {
	try {
		return decodeURIComponent(key.replaceAll('+', ' '));
	} catch {
		return key;
	}
}

/** ETags are opaque; only the quotes, and a proxy's weak mark, are not part of them. */
export function bareEtag(etag: string | undefined): string {
	return (etag ?? '').replace(/^W\//, '').replace(/^"(.*)"$/, '$1');
}

export function isoDate(date: Date | undefined): string | undefined {
	return date && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;
}
