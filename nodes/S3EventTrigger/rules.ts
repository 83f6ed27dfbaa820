import type { BucketEvent } from '../../engine/client';

/**
 * The same keys that the engine's listing takes for photos (engine/ingest/s3-path.ts), so that events
 * and polling agree; the others are sidecars, videos and folders.
 */
const IMAGE_KEY = /\.(jpe?g|jpe|jfif|png|webp)$/i;

export interface EventRules {
	bucket: string | undefined;
	prefix: string | undefined;
	events: string[];
	imagesOnly: boolean;
}

export function wantedEvents(events: BucketEvent[], rules: EventRules): BucketEvent[] {
	return events.filter(
		({ bucket, key }) =>
			(rules.bucket === undefined || bucket === rules.bucket) &&
			(rules.prefix === undefined || key.startsWith(rules.prefix)) &&
			(!rules.imagesOnly || IMAGE_KEY.test(key)),
	);
}

/** One delivery can tell of an object twice: the last word counts. */
export function latestPerObject(events: BucketEvent[]): BucketEvent[] {
	const latest = new Map<string, BucketEvent>();
	for (const event of events) latest.set(`${event.bucket}/${event.key}`, event);
	return [...latest.values()];
}
