import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';

import { EngineError } from '../../engine/errors';
import {
	isTrustedSnsUrl,
	parseBucketEvents,
	verifyB2Signature,
	verifyBearer,
	type BucketEvent,
} from '../../engine/ingest/bucket-events';

function record(source: string, key: string, eventName = 'ObjectCreated:Put') {
	return {
		eventSource: source,
		eventName,
		eventTime: '2026-01-02T03:04:05.000Z',
		s3: {
			bucket: { name: 'photos' },
			object: { key, eTag: '"abc"', size: 5, sequencer: '0A1B', versionId: 'v1' },
		},
	};
}

function events(body: unknown): BucketEvent[] {
	const parsed = parseBucketEvents(typeof body === 'string' ? body : JSON.stringify(body));
	assert.equal(parsed.kind, 'events');
	return parsed.kind === 'events' ? parsed.events : [];
}

const badRequest = (error: unknown) => error instanceof EngineError && error.code === 'BAD_REQUEST';

describe('bucket events', () => {
	test('AWS and MinIO keys are form-decoded, so "summer day+1.jpg" is found in the bucket', () => {
		for (const source of ['aws:s3', 'minio:s3']) {
			const [event] = events({ Records: [record(source, 'a/summer+day%2B1%C3%A9.jpg')] });
			assert.equal(event?.key, 'a/summer day+1é.jpg');
			assert.deepEqual(
				[event?.etag, event?.size, event?.sequencer, event?.version_id, event?.event],
				['abc', 5, '0A1B', 'v1', 'created'],
			);
		}
	});

	test('Ceph keys are raw: "a+b%20.jpg" is not another object', () => {
		const [event] = events({
			Records: [record('ceph:s3', 'a+b%20.jpg', 's3:ObjectRemoved:Delete')],
		});
		assert.deepEqual([event?.key, event?.event], ['a+b%20.jpg', 'removed']);
	});

	test('a key that cannot be decoded is taken as it came', () => {
		assert.equal(events({ Records: [record('aws:s3', '100%.jpg')] })[0]?.key, '100%.jpg');
	});

	test('MinIO keeps "s3:" in the event name', () => {
		const [event] = events({
			EventName: 's3:ObjectCreated:Put',
			Key: 'photos/a.jpg',
			Records: [record('minio:s3', 'a.jpg', 's3:ObjectCreated:CompleteMultipartUpload')],
		});
		assert.equal(event?.event, 'created');
	});

	test('SNS posts JSON as text/plain with the message as a string', () => {
		const [event] = events({
			Type: 'Notification',
			Message: JSON.stringify({ Records: [record('aws:s3', 'x.jpg')] }),
		});
		assert.equal(event?.key, 'x.jpg');
	});

	test('an SNS confirmation is no event, and only Amazon may be asked to confirm', () => {
		const SubscribeURL = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=1';
		assert.deepEqual(
			parseBucketEvents(JSON.stringify({ Type: 'SubscriptionConfirmation', SubscribeURL }), {
				'content-type': 'text/plain; charset=UTF-8',
			}),
			{ kind: 'confirmation', subscribeUrl: SubscribeURL },
		);
		assert.ok(isTrustedSnsUrl(SubscribeURL));
		for (const url of [
			'http://sns.eu-west-1.amazonaws.com/',
			'https://sns.eu-west-1.amazonaws.com.evil.example/',
			'https://evil.example/?x=.amazonaws.com',
			'https://evil.example#.amazonaws.com',
			'https://evil@127.0.0.1/.amazonaws.com',
			'https://sns.eu-west-1.amazonaws.com:8443/',
			'https://bucket.s3.eu-west-1.amazonaws.com/',
			'file:///etc/passwd',
			'nonsense',
		]) {
			assert.equal(isTrustedSnsUrl(url), false, url);
		}
	});

	test('SQS batches, also with SNS inside, give all their events', () => {
		const sns = {
			Type: 'Notification',
			Message: JSON.stringify({ Records: [record('aws:s3', 'b.jpg')] }),
		};
		const body = {
			Records: [
				{
					messageId: '1',
					eventSource: 'aws:sqs',
					body: JSON.stringify({ Records: [record('aws:s3', 'a.jpg')] }),
				},
				{ messageId: '2', eventSource: 'aws:sqs', body: JSON.stringify(sns) },
			],
		};
		assert.deepEqual(
			events(body).map(({ key }) => key),
			['a.jpg', 'b.jpg'],
		);
		assert.equal(events({ Messages: [{ Body: JSON.stringify(sns) }] })[0]?.key, 'b.jpg');
	});

	test('EventBridge keys are raw', () => {
		const body = (type: string) => ({
			'detail-type': type,
			time: '2026-01-02T03:04:05Z',
			detail: { bucket: { name: 'photos' }, object: { key: 'a+b.jpg', size: 3, etag: 'e' } },
		});
		const [event] = events(body('Object Created'));
		assert.deepEqual(
			[event?.key, event?.event, event?.source],
			['a+b.jpg', 'created', 'aws:eventbridge'],
		);
		assert.equal(events(body('Object Deleted'))[0]?.event, 'removed');
	});

	test('Backblaze: an upload creates, a hide marker removes', () => {
		const entry = (eventType: string) => ({
			eventType,
			bucketName: 'photos',
			objectName: 'a b+c.jpg',
			objectSize: 9,
			objectVersionId: '4_z',
			eventTimestamp: 1767323045000,
		});
		const [created, removed] = events({
			events: [entry('b2:ObjectCreated:Upload'), entry('b2:HideMarkerCreated:Hide')],
		});
		assert.deepEqual([created?.key, created?.event], ['a b+c.jpg', 'created']);
		assert.equal(created?.time, '2026-01-02T03:04:05.000Z');
		assert.equal(removed?.event, 'removed');
	});

	test('Cloudflare R2, alone and as a queue batch', () => {
		const body = {
			action: 'PutObject',
			bucket: 'photos',
			object: { key: 'k.jpg', size: 1, eTag: 'q' },
		};
		assert.equal(events(body)[0]?.source, 'cloudflare:r2');
		assert.equal(events([body, { ...body, action: 'DeleteObject' }])[1]?.event, 'removed');
	});

	test('SeaweedFS paths lose /buckets/, and folders outside it are no objects', () => {
		assert.deepEqual(events({ key: '/buckets/photos/a/b.jpg', event_type: 'update' })[0], {
			bucket: 'photos',
			key: 'a/b.jpg',
			event: 'created',
			source: 'seaweedfs',
		});
		assert.equal(
			events({ key: '/buckets/photos/a.jpg', event_type: 'delete' })[0]?.event,
			'removed',
		);
		const outside = parseBucketEvents(JSON.stringify({ key: '/etc/x', event_type: 'create' }));
		assert.equal(outside.kind, 'ignored');
	});

	test('test deliveries and events that change no object are not work', () => {
		assert.equal(parseBucketEvents('').kind, 'test');
		assert.equal(parseBucketEvents('{"Event":"s3:TestEvent","Bucket":"photos"}').kind, 'test');
		const tagged = { Records: [record('aws:s3', 'a.jpg', 'ObjectTagging:Put')] };
		assert.equal(parseBucketEvents(JSON.stringify(tagged)).kind, 'ignored');
		assert.equal(parseBucketEvents('{"Records":[]}').kind, 'ignored');
	});

	test('malformed bodies are BAD_REQUEST and nothing else', () => {
		const deep = '['.repeat(100_000) + ']'.repeat(100_000);
		for (const body of ['hello', '{', '1', 'null', '"x"', '{}', '[[[[[[[[1]]]]]]]]', deep]) {
			assert.throws(() => parseBucketEvents(body), badRequest, body.slice(0, 20));
		}
		const loop = { Type: 'Notification', Message: '{"Type":"Notification","Message":"{}"}' };
		assert.throws(() => parseBucketEvents(JSON.stringify(loop)), badRequest);
	});

	test('20 000 mutated bodies never throw another kind of error', () => {
		const seeds = [
			{ Records: [record('aws:s3', 'a.jpg')] },
			{ Type: 'Notification', Message: JSON.stringify({ Records: [record('aws:s3', 'b.jpg')] }) },
			{
				events: [
					{
						eventType: 'b2:ObjectCreated:Upload',
						bucketName: 'b',
						objectName: 'o',
						eventTimestamp: 1,
					},
				],
			},
			{ action: 'PutObject', bucket: 'photos', object: { key: 'k.jpg' } },
			{ key: '/buckets/p/a.jpg', event_type: 'rename', message: { new_entry: { name: 'x' } } },
			{ 'detail-type': 'Object Created', detail: { bucket: { name: 'p' }, object: { key: 'k' } } },
		].map((body) => JSON.stringify(body));
		const junk: unknown[] = [
			null,
			1,
			-1,
			1e308,
			'',
			[],
			{},
			true,
			['x'],
			{ key: 1 },
			'\u0000',
			'%%',
		];
		let state = 42;
		const random = (n: number) => {
			state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
			return state % n;
		};
		for (let i = 0; i < 20_000; i++) {
			const seed = seeds[random(seeds.length)]!;
			const body =
				i % 2 === 0
					? Buffer.from(seed).fill(random(256), random(seed.length))
					: JSON.stringify(JSON.parse(seed), (_key, value: unknown) =>
							random(6) === 0 ? junk[random(junk.length)] : value,
						);
			try {
				parseBucketEvents(body ?? '');
			} catch (error) {
				assert.ok(badRequest(error), String(error));
			}
		}
	});

	test('Backblaze signatures: a changed body, secret or header is refused', () => {
		const body = Buffer.from('{"events":[]}');
		const header = `v1=${createHmac('sha256', 's').update(body).digest('hex')}`;
		assert.ok(verifyB2Signature(body, header, 's'));
		assert.equal(verifyB2Signature(Buffer.from('{}'), header, 's'), false);
		assert.equal(verifyB2Signature(body, header, 't'), false);
		for (const bad of [
			undefined,
			'',
			'v1=',
			'v1=zz',
			header.slice(0, -1),
			header.replace('v1', 'v2'),
		]) {
			assert.equal(verifyB2Signature(body, bad, 's'), false);
		}
		assert.equal(verifyB2Signature(body, header, ''), false);
	});

	test('bearer tokens: neither an empty token nor a prefix opens the door', () => {
		assert.ok(verifyBearer('Bearer abc', 'abc'));
		assert.ok(verifyBearer('abc', 'abc'));
		for (const [header, token] of [
			['Bearer ab', 'abc'],
			['Bearer', ''],
			['', ''],
			[undefined, 'x'],
		] as const) {
			assert.equal(verifyBearer(header, token), false);
		}
	});
});
