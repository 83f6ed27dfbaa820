import { isPhotoKey, type BucketEvent } from '../../engine/client';

export interface EventRules {
	bucket: string | undefined;
	prefix: string | undefined;
	events: string[];
	imagesOnly: boolean;
}

/** Photos by the same rule as the engine's listings, so that events and polling agree. */
export function wantedEvents(events: BucketEvent[], rules: EventRules): BucketEvent[] {
	return events.filter(
		({ bucket, key }) =>
			(rules.bucket === undefined || bucket === rules.bucket) &&
			(rules.prefix === undefined || key.startsWith(rules.prefix)) &&
			(!rules.imagesOnly || isPhotoKey(key)),
	);
}

/** One delivery can tell of an object twice: the last word counts. */
export function latestPerObject(events: BucketEvent[]): BucketEvent[] {
	const latest = new Map<string, BucketEvent>();
	for (const event of events) latest.set(`${event.bucket}/${event.key}`, event);
	return [...latest.values()];
}
