import type { S3Connection } from '../service/contract';
import type { PhotoSource, PhotoSources } from './photo-source';
import { MAX_OBJECT_BYTES } from './s3-body';
import { DEFAULT_TIMEOUTS, type S3Timeouts } from './s3-client';
import { connectionKey } from './s3-connection';
import { S3PhotoSource } from './s3-photo-source';

/** A client holds sockets; a handful of buckets and credentials is what one host ever sees. */
const MAX_CLIENTS = 8;

export interface PhotoSourcesOptions {
	timeouts?: Partial<S3Timeouts>;
	/** Objects over this many bytes are `IMAGE_TOO_LARGE`. */
	maxBytes?: number;
}

/**
 * The S3 stores of this process, one client per connection, the least recently used one closed when
 * there are more than eight. `source` throws `S3_CREDENTIALS_MISSING` and `BAD_REQUEST` (endpoint).
 */
export function createPhotoSources(options: PhotoSourcesOptions = {}): PhotoSources {
	const sources = new Map<string, S3PhotoSource>();
	const settings = {
		timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
		maxBytes: options.maxBytes ?? MAX_OBJECT_BYTES,
	};
	return {
		source(connection: S3Connection): PhotoSource {
			const key = connectionKey(connection);
			const source = sources.get(key) ?? new S3PhotoSource(connection, settings);
			// A Map keeps insertion order, so re-inserting makes the first entry the oldest.
			sources.delete(key);
			sources.set(key, source);
			for (const [oldest, unused] of sources) {
				if (sources.size <= MAX_CLIENTS) break;
				sources.delete(oldest);
				unused.retire();
			}
			return source;
		},
		close(): void {
			for (const source of sources.values()) source.retire();
			sources.clear();
		},
	};
}
