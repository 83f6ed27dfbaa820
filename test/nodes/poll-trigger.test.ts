import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { IDataObject, INode, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';
import { startFakeEngine, type FakeEngine } from './fake-engine';
import { additionalData, buildWorkflow, credentialsFor, type Step } from './host';
import { PollContext } from 'n8n-core';
import { S3ImageTrigger } from '../../nodes/S3ImageTrigger/S3ImageTrigger.node';

const change = (event: string, key: string) => ({
	event,
	bucket: 'photos',
	key,
	s3_path: `s3://photos/${key}`,
	etag: 'e',
	size: 1,
});

/** One node of one workflow, polled as often as the test likes. */
function trigger(engine: FakeEngine, parameters: INodeParameters = {}) {
	const step: Step = {
		type: 's3ImageTrigger',
		parameters: { bucket: { __rl: true, mode: 'name', value: 'photos' }, ...parameters },
		credentials: ['semanticImageSearchS3Api'],
	};
	const workflow = buildWorkflow([step]);
	const node = workflow.getNode('s3ImageTrigger 0') as INode;
	return {
		node,
		state: () => workflow.getStaticData('node', node) as IDataObject,
		async poll(mode: WorkflowExecuteMode = 'trigger') {
			const context = new PollContext(
				workflow,
				node,
				additionalData(credentialsFor(engine.url)),
				mode,
				'activate',
			);
			const [items] = (await new S3ImageTrigger().poll.call(context)) ?? [null];
			return items?.map(({ json }) => `${json.event} ${json.key}`);
		},
	};
}

let engine: FakeEngine;
before(async () => (engine = await startFakeEngine()));
after(() => engine.close());
beforeEach(() => (engine.calls.length = 0));

describe('S3 Image Trigger', () => {
	test('changes are acknowledged only by the poll after the one that handed them over', async () => {
		engine.answer('POST /watches/poll', ({ body }) =>
			body.ack === 't1'
				? { changes: [], token: null, more: false, hints: [] }
				: { changes: [change('created', 'a.jpg')], token: 't1', more: false, hints: [] },
		);
		const { poll, node, state } = trigger(engine);
		assert.deepEqual(await poll(), ['created a.jpg']);
		assert.deepEqual(await poll(), undefined);
		assert.deepEqual(
			engine.calls.map(({ body }) => body.ack),
			[undefined, 't1'],
		);
		assert.deepEqual(state(), { place: 'photos/' });
		assert.equal(engine.calls[0]!.body.watch, `workflow-of-the-test-${node.id}`);
		assert.equal(engine.calls[0]!.body.existing, 'report');
	});

	test('a failed poll keeps the acknowledgement for the next one', async () => {
		const { poll, state } = trigger(engine);
		engine.answer('POST /watches/poll', () => ({
			changes: [change('created', 'a.jpg')],
			token: 't1',
			more: true,
			hints: [],
		}));
		await poll();
		engine.answer('POST /watches/poll', () => ({ nonsense: true }));
		await assert.rejects(poll());
		assert.equal(state().ack, 't1');
	});

	test('unwanted events are passed over without waiting for the next poll', async () => {
		engine.answer('POST /watches/poll', ({ body }) =>
			body.ack
				? { changes: [change('removed', 'b.jpg')], token: 't2', more: false, hints: [] }
				: { changes: [change('created', 'a.jpg')], token: 't1', more: true, hints: [] },
		);
		const { poll } = trigger(engine, { events: ['removed'] });
		assert.deepEqual(await poll(), ['removed b.jpg']);
		assert.equal(engine.calls.length, 2);
	});

	test('another bucket does not inherit the acknowledgement of the old one', async () => {
		engine.answer('POST /watches/poll', () => ({
			changes: [],
			token: 't1',
			more: false,
			hints: [],
		}));
		const { poll, node } = trigger(engine);
		await poll();
		node.parameters.prefix = 'holidays/';
		await poll();
		assert.equal(engine.calls[1]!.body.ack, undefined);
	});

	test('photos that an index holds are the engine’s to leave out, where one is named', async () => {
		engine.answer('POST /watches/poll', () => ({
			changes: [],
			token: null,
			more: false,
			hints: [],
		}));
		await trigger(engine, { options: { indexedIn: ' holidays ' } }).poll();
		await trigger(engine, { options: { indexedIn: '' } }).poll();
		assert.deepEqual(
			engine.calls.map(({ body }) => body.index),
			['holidays', undefined],
		);
	});

	test('a manual run shows examples and acknowledges nothing', async () => {
		engine.answer('POST /buckets/objects', ({ body }) => ({
			objects: Array.from({ length: body.limit }, (_, number) => ({
				key: `${number}.jpg`,
				etag: 'e',
			})),
			next: null,
		}));
		const { poll, state } = trigger(engine);
		assert.deepEqual(await poll('manual'), ['created 0.jpg', 'created 1.jpg', 'created 2.jpg']);
		assert.equal(engine.to('POST /watches/poll').length, 0);
		assert.deepEqual(state(), {});
	});

	test('a manual run on an empty bucket says so instead of showing nothing', async () => {
		engine.answer('POST /buckets/objects', () => ({ objects: [], next: null }));
		await assert.rejects(trigger(engine).poll('manual'), /no photos in “photos”/);
	});
});
