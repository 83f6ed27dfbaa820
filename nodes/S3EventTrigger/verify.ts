import type { IWebhookFunctions } from 'n8n-workflow';
import type { BucketEvent, BucketObject, HeadObjectsResponse } from '../../engine/client';
import { s3Connection } from '../shared/credentials';
import { connect } from '../shared/engine';

/** The engine HEADs this many objects per request. */
const OBJECTS_PER_REQUEST = 256;

/** What the workflow gets: the same fields as from S3 Image Trigger, and how sure they are. */
export interface ObjectEvent {
	event: 'created' | 'removed';
	bucket: string;
	key: string;
	s3_path: string;
	etag?: string;
	size?: number;
	last_modified?: string;
	event_time?: string;
	source: string;
	/** Whether the bucket was looked into. */
	verified: boolean;
}

/**
 * Events are hints, the bucket is the truth: what is there was created, what is not was removed,
 * whatever the event said. Where the bucket cannot be asked the event is passed on as it came, since
 * the sender has its answer and will not repeat it.
 */
export async function verifyAgainstBucket(
	context: IWebhookFunctions,
	events: BucketEvent[],
	enabled: boolean,
): Promise<ObjectEvent[]> {
	const s3 = enabled ? await s3Connection(context) : undefined;
	if (!s3) return events.map(unverified);

	const verified: ObjectEvent[] = [];
	for (let start = 0; start < events.length; start += OBJECTS_PER_REQUEST) {
		const chunk = events.slice(start, start + OBJECTS_PER_REQUEST);
		try {
			const engine = await connect(context);
			const heads = await engine.headObjects({ s3, paths: chunk.map(pathOf) });
			verified.push(...chunk.map((event, position) => settled(event, position, heads)));
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			context.logger.warn(`S3 Event Trigger: events go on unverified. ${reason}`);
			verified.push(...chunk.map(unverified));
		}
	}
	return verified;
}

function settled(event: BucketEvent, position: number, heads: HeadObjectsResponse): ObjectEvent {
	// Neither there nor gone: an error must never turn into a deletion.
	if (heads.errors.some(({ index }) => index === position)) return unverified(event);
	const object = heads.objects[position];
	return object ? present(event, object) : { ...bare(event), event: 'removed', verified: true };
}

function present(event: BucketEvent, object: BucketObject): ObjectEvent {
	const { etag, size, last_modified } = object;
	return { ...bare(event), event: 'created', etag, size, last_modified, verified: true };
}

function unverified(event: BucketEvent): ObjectEvent {
	return {
		...bare(event),
		event: event.event,
		etag: event.etag,
		size: event.size,
		verified: false,
	};
}

function bare(event: BucketEvent) {
	const { bucket, key, source, time } = event;
	return { bucket, key, s3_path: pathOf(event), source, event_time: time };
}

function pathOf({ bucket, key }: BucketEvent): string {
	return `s3://${bucket}/${key}`;
}
