import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { EngineError } from '../../engine/client';
import { startFakeEngine, type FakeEngine } from './fake-engine';
import { execute, type Step } from './host';

const S3 = 'semanticImageSearchS3Api';
const photos = (count: number) =>
	Array.from({ length: count }, (_, number) => ({
		json: { s3_path: `s3://photos/${number}.jpg`, number },
	}));
const fromS3 = (extra: Partial<Step> = {}): Step => ({
	type: 'siglipEmbedImage',
	parameters: { source: 's3' },
	credentials: [S3],
	...extra,
});

let engine: FakeEngine;
before(async () => (engine = await startFakeEngine()));
after(() => engine.close());
beforeEach(() => {
	engine.calls.length = 0;
	engine.answer('POST /embed-batch', ({ body }) => {
		const paths = body.image_paths as string[];
		const bad = (path: string) => path.includes('13.jpg');
		return {
			embeddings: paths.map((path) => (bad(path) ? null : [1, 0])),
			images: paths.map((path) => (bad(path) ? null : { s3_path: path, etag: 'e', width: 4 })),
			model: 'tiny',
			dimension: 2,
			errors: paths.flatMap((path, index) =>
				bad(path)
					? [{ index, image_path: path, code: 'NOT_AN_IMAGE', message: `${path} is no image.` }]
					: [],
			),
		};
	});
});

describe('SigLIP Embed Image', () => {
	test('a large bucket never becomes one huge request', async () => {
		const { items } = await execute(
			engine.url,
			[fromS3()],
			photos(12).concat(photos(12), photos(12), photos(12), photos(12), photos(12)),
		);
		assert.equal(items.length, 72);
		assert.deepEqual(
			engine.to('POST /embed-batch').map(({ body }) => body.image_paths.length),
			[32, 32, 8],
		);
	});

	test('photos wait for a model that is being downloaded, and the hint says why it took long', async () => {
		const ready = engine.answers('POST /embed-batch');
		const coming = {
			id: 'tiny',
			state: 'downloading',
			received_bytes: 333e6,
			total_bytes: 813e6,
			bytes_per_s: 12e6,
			seconds_left: 40,
		};
		engine.answer('POST /embed-batch', () => {
			throw new EngineError('MODEL_NOT_READY', 'The model tiny is being downloaded: 40 %.', {
				model: 'tiny',
			});
		});
		engine.answer('GET /models', () => {
			engine.answer('GET /models', () => ({ models: [{ ...coming, state: 'available' }] }));
			engine.answer('POST /embed-batch', ready);
			return { models: [coming] };
		});
		const { items, hints, error } = await execute(engine.url, [fromS3()], photos(3));
		assert.equal(error, undefined);
		assert.equal(items.length, 3);
		// The photos are not sent again and again while they wait.
		assert.equal(engine.to('POST /embed-batch').length, 2);
		assert.equal(hints.length, 1);
		assert.match(hints[0]!, /is being downloaded: 40 % of 813 MB, 12 MB\/s, about 40 s left/);
	});

	test('a text does not wait for the model: a search that hangs is worse than one that says so', async () => {
		engine.answer('POST /embed-text', () => {
			throw new EngineError('MODEL_NOT_READY', 'The model tiny is being downloaded: 40 %.', {
				problem: 'mirror.test answered 503.',
			});
		});
		const step = { type: 'siglipEmbedImage', parameters: { source: 'text', text: 'a wall' } };
		const { error } = await execute(engine.url, [step], [{ json: {} }]);
		assert.equal(error?.message, 'The model tiny is being downloaded: 40 %.');
		assert.match(
			error?.description ?? '',
			/^The last try failed: mirror\.test answered 503\. .*run it again when the model is there/,
		);
		assert.equal(engine.to('POST /embed-text').length, 1);
	});

	test('a hint of the engine is shown once, and is no field of the items', async () => {
		const slow = { model: 'tiny', dimension: 2, hints: ['Embedding runs on WebAssembly here'] };
		engine.answer('POST /embed-batch', ({ body }) => ({
			embeddings: (body.image_paths as string[]).map(() => [1, 0]),
			images: (body.image_paths as string[]).map(() => ({})),
			errors: [],
			...slow,
		}));
		engine.answer('POST /embed-text', () => ({ embedding: [1, 0], ...slow }));
		const text: Step = { type: 'siglipEmbedImage', parameters: { source: 'text', text: 'a dog' } };
		for (const step of [fromS3(), text]) {
			const { items, hints } = await execute(engine.url, [step], photos(40));
			assert.deepEqual(hints, slow.hints);
			assert.ok(items.every(({ json }) => !('hints' in json)));
		}
	});

	test('one bad photo does not cost the others, and keeps its place and its pair', async () => {
		const { items } = await execute(
			engine.url,
			[fromS3({ onError: 'continueRegularOutput' })],
			photos(40),
		);
		assert.equal(items.length, 40);
		assert.deepEqual(items[12]!.json, {
			s3_path: 's3://photos/12.jpg',
			etag: 'e',
			width: 4,
			embedding: [1, 0],
			model: 'tiny',
			dimension: 2,
		});
		assert.deepEqual(items[13]!.json, {
			error: 's3://photos/13.jpg is no image.',
			details: { code: 'NOT_AN_IMAGE', cure: null },
		});
		assert.ok(
			items.every(({ pairedItem }, index) => (pairedItem as { item: number }).item === index),
		);
	});

	test('the error output gets the failed photo with the fields it came with', async () => {
		const { outputs } = await execute(
			engine.url,
			[fromS3({ onError: 'continueErrorOutput' })],
			photos(14),
		);
		assert.equal(outputs[0]?.length, 13);
		assert.equal(outputs[1]?.length, 1);
		assert.equal(outputs[1]?.[0]?.json.number, 13);
		assert.equal(outputs[1]?.[0]?.json.error, 's3://photos/13.jpg is no image.');
	});

	test('a failed item carries the code to branch on and the cure to show', async () => {
		engine.answer('POST /embed-batch', () => {
			throw new EngineError('BUCKET_NOT_FOUND', 'There is no bucket “photos”.');
		});
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			const { outputs } = await execute(engine.url, [fromS3({ onError })], photos(1));
			const failed = outputs.flatMap((output) => output ?? []);
			assert.equal(failed.length, 1);
			const { code, cure } = failed[0]!.json.details as { code: string; cure: string };
			assert.equal(code, 'BUCKET_NOT_FOUND');
			assert.match(cure, /spelling/);
		}
	});

	test('without continue-on-fail the error names the item', async () => {
		const { error } = await execute(engine.url, [fromS3()], photos(14));
		assert.equal(error?.message, 's3://photos/13.jpg is no image.');
		assert.equal(error?.context?.itemIndex, 13);
	});

	test('without continue-on-fail no further batch is sent after an error', async () => {
		await execute(engine.url, [fromS3()], photos(80));
		assert.equal(engine.to('POST /embed-batch').length, 1);
	});

	test('a refused request is the error of its items and shows no secret', async () => {
		engine.answer('POST /embed-batch', () => {
			throw new EngineError('S3_ACCESS_DENIED', 'The storage refused the key.');
		});
		const { run, error } = await execute(engine.url, [fromS3()], photos(2));
		assert.equal(error?.message, 'The storage refused the key.');
		assert.match(error?.description ?? '', /s3:GetObject/);
		assert.ok(!JSON.stringify(run).includes('a-very-secret-key'));
	});

	test('photos of different models never share a batch', async () => {
		const items = photos(4).map((item, index) => ({
			...item,
			json: { ...item.json, model: `m${index % 2}` },
		}));
		const model = { __rl: true, mode: 'id', value: '={{ $json.model }}' };
		await execute(engine.url, [fromS3({ parameters: { source: 's3', model } })], items);
		assert.deepEqual(
			engine.to('POST /embed-batch').map(({ body }) => [body.model, body.image_paths]),
			[
				['m0', ['s3://photos/0.jpg', 's3://photos/2.jpg']],
				['m1', ['s3://photos/1.jpg', 's3://photos/3.jpg']],
			],
		);
	});

	test('a path that is none is refused before anything is sent', async () => {
		const { items } = await execute(
			engine.url,
			[fromS3({ onError: 'continueRegularOutput' })],
			['', 'https://a/b.jpg', 's3://only-a-bucket', 'photos/ä b+%20.jpg'].map((s3_path) => ({
				json: { s3_path },
			})),
		);
		assert.match(String(items[0]!.json.error), /empty/);
		assert.match(String(items[1]!.json.error), /“https:\/\/” is not an S3 path/);
		assert.match(String(items[2]!.json.error), /has no key/);
		assert.deepEqual(engine.calls[0]?.body.image_paths, ['s3://photos/ä b+%20.jpg']);
	});

	test('a binary file is sent as bytes, and a missing one is its item’s error alone', async () => {
		engine.answer('POST /embed-image', ({ body }) => ({
			embedding: [body.length],
			model: 'tiny',
			dimension: 1,
			image: { width: 2, height: 2 },
		}));
		const data = Buffer.from('jpeg').toString('base64');
		const { items } = await execute(
			engine.url,
			[
				{
					type: 'siglipEmbedImage',
					parameters: { source: 'binary' },
					onError: 'continueRegularOutput',
				},
			],
			[
				{ json: {}, binary: { data: { data, mimeType: 'image/jpeg', fileName: 'a.jpg' } } },
				{ json: {} },
			],
		);
		assert.deepEqual(items[0]!.json, {
			file_name: 'a.jpg',
			width: 2,
			height: 2,
			embedding: [4],
			model: 'tiny',
			dimension: 1,
		});
		assert.match(String(items[1]!.json.error), /binary/);
	});

	test('input fields are kept on request and never cover the embedding', async () => {
		const { items } = await execute(
			engine.url,
			[fromS3({ parameters: { source: 's3', options: { includeInputFields: true } } })],
			[{ json: { s3_path: 's3://photos/1.jpg', number: 7, model: 'other' } }],
		);
		assert.equal(items[0]!.json.number, 7);
		assert.equal(items[0]!.json.model, 'tiny');
	});

	test('a vector in base64 is the same vector, and an item that failed stays what it is', async () => {
		const options = { vectorFormat: 'base64' };
		const { items } = await execute(
			engine.url,
			[fromS3({ parameters: { source: 's3', options }, onError: 'continueRegularOutput' })],
			photos(14).slice(12),
		);
		const bytes = Buffer.from(String(items[0]!.json.embedding), 'base64');
		assert.deepEqual([bytes.readFloatLE(0), bytes.readFloatLE(4), bytes.length], [1, 0, 8]);
		assert.match(String(items[1]!.json.error), /no image/);
	});
});
