import type { BucketEvent } from './bucket-events';

type Json = Record<string, unknown>;

/** AWS-shaped `Records[]`: AWS itself, MinIO, Ceph, SQS, s3rver. */
export function readRecords(records: unknown[]): BucketEvent[] {
	return records.flatMap((record) => {
		const { eventName, eventSource, eventTime, s3 } = object(record);
		const { bucket, object: item } = object(s3);
		const { key, eTag, size, sequencer, versionId } = object(item);
		const name = text(object(bucket).name);
		const event = changeOf(text(eventName)?.replace(/^s3:/, ''));
		const rawKey = text(key);
		if (!name || !rawKey || !event) return [];
		const source = text(eventSource) ?? 'unknown';
		// Only these two encode the key in a notification; Ceph and the rest write it raw, and
		// decoding a raw `100%.jpg` or `a+b.jpg` would name another object.
		const encoded = source === 'aws:s3' || source === 'minio:s3';
		return clean({
			bucket: name,
			key: encoded ? formDecode(rawKey) : rawKey,
			event,
			source,
			etag: text(eTag),
			size: count(size),
			time: text(eventTime),
			version_id: text(versionId),
			sequencer: text(sequencer),
		});
	});
}

/** EventBridge: `detail-type: "Object Created" | "Object Deleted"`, key raw. */
export function readEventBridge(body: Json): BucketEvent[] {
	const event = changeOf(text(body['detail-type'])?.replace(/^Object /, 'Object'));
	const detail = object(body.detail);
	const item = object(detail.object);
	const bucket = text(object(detail.bucket).name);
	const key = text(item.key);
	if (!bucket || !key || !event) return [];
	return clean({
		bucket,
		key,
		event,
		source: 'aws:eventbridge',
		etag: text(item.etag),
		size: count(item.size),
		time: text(body.time),
		version_id: text(item['version-id']),
		sequencer: text(item.sequencer),
	});
}

/** Backblaze B2: a delete without a version is a "hide". */
export function readBackblaze(events: unknown[]): BucketEvent[] {
	return events.flatMap((entry) => {
		const fields = object(entry);
		const type = text(fields.eventType) ?? '';
		const event = /^b2:(HideMarkerCreated|ObjectDeleted):/.test(type)
			? 'removed'
			: type.startsWith('b2:ObjectCreated:')
				? 'created'
				: undefined;
		const bucket = text(fields.bucketName);
		const key = text(fields.objectName);
		if (!bucket || !key || !event) return [];
		const stamp = count(fields.eventTimestamp);
		return clean({
			bucket,
			key,
			event,
			source: 'backblaze:b2',
			size: count(fields.objectSize),
			time: stamp === undefined || stamp > 8.64e15 ? undefined : new Date(stamp).toISOString(),
			version_id: text(fields.objectVersionId),
		});
	});
}

/** Cloudflare R2, as its queue delivers it. */
export function readR2(body: Json): BucketEvent[] {
	const item = object(body.object);
	const action = text(body.action) ?? '';
	const event = /^(PutObject|CopyObject|CompleteMultipartUpload)$/.test(action)
		? 'created'
		: /^(DeleteObject|LifecycleDeletion)$/.test(action)
			? 'removed'
			: undefined;
	const bucket = text(body.bucket);
	const key = text(item.key);
	if (!bucket || !key || !event) return [];
	return clean({
		bucket,
		key,
		event,
		source: 'cloudflare:r2',
		etag: text(item.eTag),
		size: count(item.size),
		time: text(body.eventTime),
	});
}

/** SeaweedFS's filer: paths under `/buckets/`. A rename is a removal and a creation. */
export function readSeaweed(body: Json): BucketEvent[] {
	const at = (path: unknown, event: BucketEvent['event']): BucketEvent[] => {
		const parts = /^\/buckets\/([^/]+)\/(.+)$/s.exec(text(path) ?? '');
		return parts
			? clean({ bucket: parts[1] ?? '', key: parts[2] ?? '', event, source: 'seaweedfs' })
			: [];
	};
	switch (body.event_type) {
		case 'create':
		case 'update':
			return at(body.key, 'created');
		case 'delete':
			return at(body.key, 'removed');
		case 'rename': {
			const message = object(body.message);
			const parent = text(message.new_parent_path);
			const name = text(object(message.new_entry).name);
			const target = parent && name ? `${parent}/${name}` : body.new_key;
			return [...at(body.key, 'removed'), ...at(target, 'created')];
		}
		default:
			return [];
	}
}

/** `ObjectCreated:Put`, `ObjectRemoved:Delete`, `LifecycleExpiration:Delete`, `ObjectDeleted`… */
function changeOf(name: string | undefined): BucketEvent['event'] | undefined {
	if (name === undefined) return undefined;
	if (/^Object(Created|Restore:Completed|Synced:Create)/.test(name)) return 'created';
	if (/^(Object(Removed|Deleted|Lifecycle:Expiration)|LifecycleExpiration)/.test(name))
		return 'removed';
	return undefined;
}

function clean(event: BucketEvent): BucketEvent[] {
	const etag = event.etag?.replace(/^"(.*)"$/, '$1');
	const fields = Object.entries({ ...event, etag }).filter(([, value]) => value !== undefined);
	return [Object.fromEntries(fields) as unknown as BucketEvent];
}

function formDecode(key: string): string {
	try {
		return decodeURIComponent(key.replaceAll('+', ' '));
	} catch {
		// A server that says it encodes and does not: the key as it came is the better guess.
		return key;
	}
}

export function object(value: unknown): Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Json)
		: {};
}

export function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function count(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
