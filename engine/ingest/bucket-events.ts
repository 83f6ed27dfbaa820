import { EngineError } from '../errors';
import {
	object,
	readBackblaze,
	readEventBridge,
	readR2,
	readRecords,
	readSeaweed,
	text,
} from './event-shapes';

export { isTrustedSnsUrl, verifyB2Signature, verifyBearer } from './event-signatures';

/**
 * A change in a bucket as some server announced it. Announcements come twice, late and out of
 * order: a hint to look at the object, never the truth about it.
 */
export interface BucketEvent {
	bucket: string;
	/** Decoded; the key as it stands in the bucket. */
	key: string;
	event: 'created' | 'removed';
	/** `aws:s3`, `aws:eventbridge`, `minio:s3`, `ceph:s3`, `backblaze:b2`, `cloudflare:r2`, `seaweedfs`. */
	source: string;
	/** Without quotes. */
	etag?: string;
	/** Bytes. */
	size?: number;
	/** ISO 8601. */
	time?: string;
	version_id?: string;
	/** Orders the events of one key on AWS; on Ceph it orders nothing. */
	sequencer?: string;
}

export type ParsedEvents =
	| { kind: 'events'; events: BucketEvent[] }
	/** SNS wants its subscription confirmed; check the URL with `isTrustedSnsUrl` before fetching it. */
	| { kind: 'confirmation'; subscribeUrl: string }
	/** The server tries the address; answer 200. */
	| { kind: 'test' }
	| { kind: 'ignored'; reason: string };

export type EventHeaders = Record<string, string | string[] | undefined>;

/** An SQS batch holds 10, a MinIO queue flush 1000; far more is not a notification. */
const MAX_EVENTS = 10_000;
/** SNS in SQS in an EventBridge pipe is three. */
const MAX_NESTING = 5;

/**
 * A webhook's body to the changes it announces. Pure: no I/O, no native code. Understands AWS S3
 * (direct, through SNS, SQS and EventBridge), MinIO, Ceph RGW, Backblaze B2, Cloudflare R2 and
 * SeaweedFS. The content type is not believed: SNS posts JSON as text/plain. Throws only
 * `BAD_REQUEST`, for a body that is no JSON or none of these.
 */
export function parseBucketEvents(
	rawBody: Buffer | string,
	headers: EventHeaders = {},
): ParsedEvents {
	const body = rawBody
		.toString()
		.replace(/^\uFEFF/, '')
		.trim();
	// MinIO checks that the address answers by posting nothing.
	if (body === '') return { kind: 'test' };
	const type = header(headers, 'x-amz-sns-message-type');
	return unwrap(parseJson(body), type, 0);
}

function unwrap(value: unknown, snsType: string | undefined, depth: number): ParsedEvents {
	if (depth > MAX_NESTING) throw malformed('its envelopes are nested too deeply');
	if (Array.isArray(value)) return merge(value.map((item) => unwrap(item, undefined, depth + 1)));
	const body = object(value);

	const type = text(body.Type) ?? snsType;
	if (type === 'SubscriptionConfirmation') {
		const subscribeUrl = text(body.SubscribeURL);
		if (!subscribeUrl) throw malformed('it is an SNS confirmation without its SubscribeURL');
		return { kind: 'confirmation', subscribeUrl };
	}
	if (type === 'UnsubscribeConfirmation') return { kind: 'ignored', reason: 'SNS unsubscribed' };
	if (type === 'Notification' && typeof body.Message === 'string') {
		return unwrap(parseJson(body.Message), undefined, depth + 1);
	}
	if (body.Event === 's3:TestEvent') return { kind: 'test' };

	if (Array.isArray(body.Records)) return records(body.Records, depth);
	if (Array.isArray(body.Messages)) return records(body.Messages, depth);
	if ('detail-type' in body && 'detail' in body) return found(readEventBridge(body));
	if (Array.isArray(body.events)) {
		checkCount(body.events);
		if (body.events.some((event) => /^b2:TestEvent/.test(text(object(event).eventType) ?? ''))) {
			return { kind: 'test' };
		}
		return found(readBackblaze(body.events));
	}
	if (typeof body.action === 'string' && 'object' in body) return found(readR2(body));
	if (typeof body.event_type === 'string' && typeof body.key === 'string') {
		return found(readSeaweed(body));
	}
	throw malformed('none of the known notification shapes');
}

/** `Records` of S3 events, or of SQS messages whose bodies hold them. */
function records(list: unknown[], depth: number): ParsedEvents {
	checkCount(list);
	const [messages, plain] = [list.filter(isMessage), list.filter((item) => !isMessage(item))];
	const inner = messages.map((message) => {
		const { body, Body } = object(message);
		const content = body ?? Body;
		const parsed = typeof content === 'string' ? parseJson(content) : content;
		return unwrap(parsed, undefined, depth + 1);
	});
	if (messages.length === 0) return found(readRecords(plain));
	return plain.length === 0 ? merge(inner) : merge([found(readRecords(plain)), ...inner]);
}

function isMessage(item: unknown): boolean {
	const fields = object(item);
	return !('s3' in fields) && ('body' in fields || 'Body' in fields);
}

/** Several notifications in one body: their events together, or the first thing that is none. */
function merge(parts: ParsedEvents[]): ParsedEvents {
	const events = parts.flatMap((part) => (part.kind === 'events' ? part.events : []));
	checkCount(events);
	if (events.length > 0) return { kind: 'events', events };
	return parts[0] ?? { kind: 'ignored', reason: 'the notification is empty' };
}

function found(events: BucketEvent[]): ParsedEvents {
	return events.length > 0
		? { kind: 'events', events }
		: { kind: 'ignored', reason: 'nothing in it creates or removes an object' };
}

function checkCount(list: unknown[]): void {
	if (list.length > MAX_EVENTS) throw malformed(`it holds more than ${MAX_EVENTS} events`);
}

function parseJson(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		throw malformed('it is not JSON');
	}
}

function header(headers: EventHeaders, name: string): string | undefined {
	for (const [key, value] of Object.entries(headers)) {
		if (key.toLowerCase() === name) return Array.isArray(value) ? value[0] : value;
	}
	return undefined;
}

function malformed(why: string): EngineError {
	return new EngineError(
		'BAD_REQUEST',
		`This is not a bucket notification: ${why}. Point an S3 server's event notifications at this address.`,
	);
}
