import { EngineError } from '../errors';

/** Where an object lives. Keys are raw: never percent-encoded, any UTF-8. */
export interface ObjectAddress {
	bucket: string;
	key: string;
}

const SCHEME = 's3://';
/** S3's limit, in UTF-8 bytes. */
const MAX_KEY_BYTES = 1024;
/** Wider than AWS's rule (old buckets hold capitals and underscores), narrow enough for a URL. */
const BUCKET_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/;
/** What browsers and the decoder agree on; anything else is not offered to the encoder. */
const PHOTO_EXTENSION = /\.(jpe?g|jpe|jfif|png|webp)$/i;
/** Thumbnails and indexes that NAS systems keep beside the photos. */
const HIDDEN_FOLDERS = new Set(['@eadir', '#recycle', '__macosx', '$recycle.bin']);

/**
 * `s3://bucket/key` to its parts. The key is taken as it stands: `%20` is three characters of it.
 * Throws `BAD_KEY` with a sentence that says which part is wrong.
 */
export function parseS3Path(path: string): ObjectAddress {
	if (path.slice(0, SCHEME.length).toLowerCase() !== SCHEME) {
		throw new EngineError('BAD_KEY', `"${clip(path)}" is not an S3 path. Write s3://bucket/key.`);
	}
	const rest = path.slice(SCHEME.length);
	const slash = rest.indexOf('/');
	if (slash < 1 || slash === rest.length - 1) {
		throw new EngineError(
			'BAD_KEY',
			`"${clip(path)}" names no object. Write s3://bucket/key, with both parts.`,
		);
	}
	const address = { bucket: rest.slice(0, slash), key: rest.slice(slash + 1) };
	checkBucket(address.bucket);
	checkKey(address.key);
	return address;
}

/** The reverse of {@link parseS3Path}; the key is not encoded. */
export function formatS3Path(bucket: string, key: string): string {
	return `${SCHEME}${bucket}/${key}`;
}

/** The id a photo has unless the caller gives another one: `bucket/key`. */
export function photoId(bucket: string, key: string): string {
	return `${bucket}/${key}`;
}

/** The same from an S3 path. Throws `BAD_KEY`. */
export function photoIdOf(s3Path: string): string {
	const { bucket, key } = parseS3Path(s3Path);
	return photoId(bucket, key);
}

/** Throws `BAD_KEY` for a name that cannot be a bucket's. */
export function checkBucket(bucket: string): void {
	if (!BUCKET_NAME.test(bucket) || bucket.includes('..')) {
		throw new EngineError(
			'BAD_KEY',
			`"${clip(bucket)}" cannot be the name of a bucket. Give the name alone, without s3:// or slashes.`,
		);
	}
}

/**
 * Throws `BAD_KEY` for keys that are empty, over 1024 bytes, hold control characters, or have `.` or
 * `..` as a path segment: HTTP clients and proxies resolve those, so they could reach another object.
 */
export function checkKey(key: string): void {
	if (key === '') throw new EngineError('BAD_KEY', 'The object key is empty.');
	if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
		throw new EngineError('BAD_KEY', `The key "${clip(key)}" is longer than S3's 1024 bytes.`);
	}
	// eslint-disable-next-line no-control-regex
	if (/[\u0000-\u001f\u007f]/.test(key) || /\p{Surrogate}/u.test(key)) {
		throw new EngineError(
			'BAD_KEY',
			`The key "${clip(key)}" holds control characters or broken Unicode.`,
		);
	}
	if (key.split('/').some((segment) => segment === '..' || segment === '.')) {
		throw new EngineError(
			'BAD_KEY',
			`The key "${clip(key)}" holds a "./" or "../" step, which is refused. Rename the object.`,
		);
	}
}

/**
 * Whether a key looks like a photo: .jpg .jpeg .jpe .jfif .png .webp, no dot file, not inside a NAS
 * system's own folders, and, where the size is known, not an empty "folder" object.
 */
export function isPhotoKey(key: string, size?: number): boolean {
	if (size === 0 || !PHOTO_EXTENSION.test(key)) return false;
	const segments = key.split('/');
	const name = segments.pop() ?? '';
	if (name.startsWith('.')) return false;
	return !segments.some((folder) => HIDDEN_FOLDERS.has(folder.toLowerCase()));
}

/** Text from outside, short enough and plain enough for an error message. */
function clip(text: string): string {
	// eslint-disable-next-line no-control-regex
	const plain = text.replace(/[\u0000-\u001f\u007f]/g, '�');
	return plain.length > 120 ? `${plain.slice(0, 120)}…` : plain;
}
