import type S3rver from '@20minutes/s3rver';

/** Just inside the middleware that turns a plain object into XML. */
const INSIDE_XML = 2;
const PAGE = 1_000;

interface ListBucketResult {
	Contents: { Key: string }[];
	[field: string]: unknown;
}

/**
 * Gives s3rver the listings of a real server. Its own ones answer 500 to every page that is not the
 * last (its continuation tokens need DES, which OpenSSL 3 no longer has), come in folder order, not
 * key order, ignore EncodingType, and escape `&` twice. Authentication and everything else stay its.
 */
export function pageListings(server: S3rver): void {
	const listAll = server.store.listObjects.bind(server.store);
	server.store.listObjects = async (bucket, options) => {
		const all = await listAll(bucket, { ...options, startAfter: undefined, maxKeys: Infinity });
		return { ...all, isTruncated: false };
	};
	server.middleware.splice(INSIDE_XML, 0, async (ctx, next) => {
		await next();
		const result = listBucketResult(ctx.body);
		if (!result) return;
		const after = Buffer.from(ctx.query['start-after'] ?? '');
		const limit = Math.min(Number(ctx.query['max-keys'] ?? PAGE), PAGE);
		const encode = ctx.query['encoding-type'] === 'url';
		const rest = result.Contents.map((item) => ({ item, bytes: Buffer.from(item.Key) }))
			.filter(({ bytes }) => Buffer.compare(bytes, after) > 0)
			.sort((a, b) => Buffer.compare(a.bytes, b.bytes))
			.map(({ item }) => item);
		result.Contents = rest
			.slice(0, limit)
			.map((item) => ({ ...item, Key: encode ? urlEncode(item.Key) : item.Key }));
		result.KeyCount = result.Contents.length;
		result.IsTruncated = rest.length > limit;
		if (encode) {
			result.EncodingType = 'url';
			result.StartAfter &&= urlEncode(String(result.StartAfter));
			result.Prefix &&= urlEncode(String(result.Prefix));
		}
	});
}

function listBucketResult(body: unknown): ListBucketResult | undefined {
	if (typeof body !== 'object' || body === null || !('ListBucketResult' in body)) return undefined;
	return body.ListBucketResult as ListBucketResult;
}

/** As AWS does: form encoding, but slashes stay. */
function urlEncode(key: string): string {
	return encodeURIComponent(key)
		.replaceAll('%2F', '/')
		.replaceAll('%20', '+')
		.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
