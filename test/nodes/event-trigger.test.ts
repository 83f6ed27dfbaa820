import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { INode, INodeParameters, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { startFakeEngine, type FakeEngine } from './fake-engine';
import { additionalData, buildWorkflow, credentialsFor } from './host';
import { WebhookContext } from 'n8n-core';
import { S3EventTrigger } from '../../nodes/S3EventTrigger/S3EventTrigger.node';

const awsShaped = (source: string, ...events: Array<[name: string, key: string]>) => ({
	Records: events.map(([eventName, key]) => ({
		eventName,
		eventSource: source,
		eventTime: '2026-01-02T03:04:05.000Z',
		s3: { bucket: { name: 'photos' }, object: { key, size: 5, eTag: 'x' } },
	})),
});

interface Delivery {
	parameters?: INodeParameters;
	headers?: Record<string, string>;
	/** Without the storage credential. */
	blind?: boolean;
}

/** One POST: what the sender is answered, when, and what the workflow gets. */
async function deliver(engine: FakeEngine, body: unknown, delivery: Delivery = {}) {
	const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	const workflow = buildWorkflow([
		{
			type: 's3EventTrigger',
			parameters: { path: 'photos-changed', ...delivery.parameters },
			credentials: delivery.blind ? [] : ['semanticImageSearchS3Api'],
		},
	]);
	const sent: { status?: number; json?: Record<string, unknown>; engineCallsBefore?: number } = {};
	const response = {
		status(code: number) {
			sent.status = code;
			return response;
		},
		json(value: Record<string, unknown>) {
			sent.json = value;
			sent.engineCallsBefore = engine.calls.length;
		},
	};
	const additional = {
		...additionalData(credentialsFor(engine.url)),
		httpRequest: { rawBody, headers: delivery.headers ?? {}, body: {}, query: {}, params: {} },
		httpResponse: response,
	} as unknown as IWorkflowExecuteAdditionalData;
	const context = new WebhookContext(
		workflow,
		workflow.getNode('s3EventTrigger 0') as INode,
		additional,
		'webhook',
		{ webhookDescription: { name: 'default' } } as never,
		[],
		null,
	);
	const result = await new S3EventTrigger().webhook.call(context);
	assert.equal(result.noWebhookResponse, true, 'n8n must not answer a second time');
	return { ...sent, items: (result.workflowData?.[0] ?? []).map(({ json }) => json) };
}

let engine: FakeEngine;
before(async () => (engine = await startFakeEngine()));
after(() => engine.close());
beforeEach(() => {
	engine.calls.length = 0;
	// Exists unless its key says otherwise.
	engine.answer('POST /buckets/head', ({ body }) => ({
		objects: body.paths.map((path: string) =>
			path.includes('gone')
				? null
				: { etag: 'now', size: 7, last_modified: '2026-02-02T00:00:00.000Z' },
		),
		errors: [],
	}));
});

describe('S3 Event Trigger', () => {
	test('the sender is answered before the bucket is asked, so that it does not repeat itself', async () => {
		const { status, json, engineCallsBefore, items } = await deliver(
			engine,
			awsShaped('minio:s3', ['s3:ObjectCreated:Put', 'a+b%2B.jpg']),
		);
		assert.equal(status, 200);
		assert.deepEqual(json, { ok: true, received: 1 });
		assert.equal(engineCallsBefore, 0);
		assert.deepEqual(items, [
			{
				bucket: 'photos',
				key: 'a b+.jpg',
				s3_path: 's3://photos/a b+.jpg',
				source: 'minio:s3',
				event_time: '2026-01-02T03:04:05.000Z',
				event: 'created',
				etag: 'now',
				size: 7,
				last_modified: '2026-02-02T00:00:00.000Z',
				verified: true,
			},
		]);
	});

	test('events out of order are set right by a look into the bucket', async () => {
		const { items } = await deliver(
			engine,
			awsShaped(
				'ceph:s3',
				['ObjectRemoved:Delete', 'still-there.jpg'],
				['ObjectCreated:Put', 'gone.jpg'],
				['ObjectCreated:Put', 'still-there.jpg'],
			),
		);
		assert.deepEqual(
			items.map(({ event, key }) => `${event} ${key}`),
			['created still-there.jpg', 'removed gone.jpg'],
		);
	});

	test('an unreachable bucket loses no event and deletes nothing by itself', async () => {
		engine.answer('POST /buckets/head', ({ body }) => ({
			objects: body.paths.map(() => null),
			errors: [{ index: 0, code: 'S3_UNREACHABLE', message: 'No answer.' }],
		}));
		const { items } = await deliver(engine, awsShaped('aws:s3', ['ObjectCreated:Put', 'a.jpg']));
		assert.deepEqual(
			items.map(({ event, verified }) => [event, verified]),
			[['created', false]],
		);
	});

	test('without a storage credential events pass as they came', async () => {
		const { items } = await deliver(
			engine,
			awsShaped('aws:s3', ['ObjectRemoved:Delete', 'a.jpg']),
			{ blind: true },
		);
		assert.deepEqual(
			items.map(({ event, verified }) => [event, verified]),
			[['removed', false]],
		);
		assert.equal(engine.calls.length, 0);
	});

	test('sidecars, other buckets and other folders do not start the workflow', async () => {
		const events = awsShaped(
			'ceph:s3',
			['ObjectCreated:Put', 'in/a.jpg.xmp'],
			['ObjectCreated:Put', 'out/a.jpg'],
		);
		assert.deepEqual((await deliver(engine, events, { parameters: { prefix: 'in/' } })).items, []);
		assert.deepEqual(
			(await deliver(engine, events, { parameters: { bucket: 'other' } })).items,
			[],
		);
	});

	test('Backblaze: a right signature is let in, a wrong one gets 401', async () => {
		const body = JSON.stringify({
			events: [
				{
					eventType: 'b2:ObjectCreated:Upload',
					bucketName: 'photos',
					objectName: 'a.jpg',
					objectSize: 5,
					eventTimestamp: 1,
				},
			],
		});
		const signature = createHmac('sha256', 'the-event-secret').update(body).digest('hex');
		const send = (value: string) =>
			deliver(engine, body, {
				parameters: { authentication: 'b2' },
				headers: { 'x-bz-event-notification-signature': value },
			});
		assert.equal((await send(`v1=${signature}`)).items.length, 1);
		const refused = await send(`v1=${'0'.repeat(64)}`);
		assert.equal(refused.status, 401);
		assert.deepEqual(refused.items, []);
		assert.deepEqual(Object.keys(refused.json ?? {}), ['error']);
	});

	for (const [authentication, headers] of [
		['bearer', { authorization: 'Bearer the-event-secret' }],
		['header', { 'x-event-secret': 'the-event-secret' }],
	] as const) {
		test(`${authentication}: only the secret of the credential opens`, async () => {
			const events = awsShaped('minio:s3', ['s3:ObjectCreated:Put', 'a.jpg']);
			const parameters = { authentication, headerName: 'X-Event-Secret' };
			assert.equal((await deliver(engine, events, { parameters, headers })).status, 200);
			assert.equal((await deliver(engine, events, { parameters })).status, 401);
			const wrong = Object.fromEntries(Object.keys(headers).map((name) => [name, 'Bearer wrong']));
			assert.equal((await deliver(engine, events, { parameters, headers: wrong })).status, 401);
			// Demanding a secret that nobody has set must not mean "no secret needed".
			assert.equal(
				(await deliver(engine, events, { parameters, headers, blind: true })).status,
				401,
			);
		});
	}

	test('a body that is no event gets 400 with a reason', async () => {
		const { status, json, items } = await deliver(engine, 'nonsense');
		assert.equal(status, 400);
		assert.match(
			(json as { error: { message: string } }).error.message,
			/not a bucket notification/,
		);
		assert.deepEqual(items, []);
	});

	test('a test event is answered and starts nothing', async () => {
		const { status, items } = await deliver(engine, {
			Service: 'Amazon S3',
			Event: 's3:TestEvent',
		});
		assert.equal(status, 200);
		assert.deepEqual(items, []);
	});

	test('a forged SNS confirmation does not make n8n fetch a stranger’s address', async () => {
		const { status } = await deliver(engine, {
			Type: 'SubscriptionConfirmation',
			SubscribeURL: 'http://169.254.169.254/latest/meta-data/',
		});
		assert.equal(status, 400);
	});
});
