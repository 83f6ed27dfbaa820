import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startFakeEngine, type FakeEngine } from './fake-engine';
import { execute, type Step } from './host';

const S3 = 'semanticImageSearchS3Api';
const OLLAMA = 'semanticImageSearchOllamaApi';
const node = (operation: string, extra: Partial<Step> = {}): Step => ({
	type: 'indexVector',
	...extra,
	parameters: {
		operation,
		index: { __rl: true, mode: 'name', value: 'photos' },
		...extra.parameters,
	},
});
/** As vectors travel to the engine. */
const base64 = (...values: number[]) =>
	Buffer.from(Float32Array.from(values).buffer).toString('base64');
const embedded = (count: number) =>
	Array.from({ length: count }, (_, number) => ({
		json: { s3_path: `s3://photos/${number}.jpg`, embedding: [1, 0], model: 'tiny', dimension: 2 },
	}));

let engine: FakeEngine;
before(async () => (engine = await startFakeEngine()));
after(() => engine.close());
beforeEach(() => {
	engine.calls.length = 0;
	engine.answer('PUT /indexes/photos/images', ({ body }) => ({
		results: body.images.map((image: { id?: string; s3_path: string }, index: number) => ({
			index,
			id: image.id ?? image.s3_path.slice(5),
			status: 'created',
			text_vector: 'none',
		})),
		errors: [],
		hints: ['Ollama is not asked'],
	}));
	engine.answer('DELETE /indexes/photos/images', ({ body }) => ({
		deleted_count: body.ids?.length ?? 2,
		deleted: body.ids ?? ['a', 'b'],
		missing: [],
	}));
});

describe('Index Vector', () => {
	test('what SigLIP Embed Image puts out needs no configuration', async () => {
		engine.answer('POST /embed-batch', () => ({
			embeddings: [[1, 0]],
			images: [
				{
					s3_path: 's3://photos/a.jpg',
					etag: 'e',
					size: 9,
					width: 3,
					tags: ['x'],
					taken_at: '2026-01-02T03:04:05',
				},
			],
			model: 'tiny',
			dimension: 2,
			errors: [],
		}));
		const { items } = await execute(
			engine.url,
			[
				{ type: 'siglipEmbedImage', parameters: { source: 's3' }, credentials: [S3] },
				node('upsert'),
			],
			[{ json: { s3_path: 's3://photos/a.jpg' } }],
		);
		assert.deepEqual(engine.to('PUT /indexes/photos/images')[0]!.body.images, [
			{
				etag: 'e',
				size: 9,
				width: 3,
				tags: ['x'],
				taken_at: '2026-01-02T03:04:05',
				s3_path: 's3://photos/a.jpg',
				embedding: base64(1, 0),
				model: 'tiny',
			},
		]);
		assert.deepEqual(items[0]!.json, {
			id: 'photos/a.jpg',
			status: 'created',
			text_vector: 'none',
			index: 'photos',
		});
	});

	test('upserts go out in requests of at most 64, hints are shown once', async () => {
		const { items, hints } = await execute(engine.url, [node('upsert')], embedded(130));
		assert.equal(items.length, 130);
		assert.deepEqual(
			engine.calls.map(({ body }) => body.images.length),
			[64, 64, 2],
		);
		assert.deepEqual(hints, ['Ollama is not asked']);
	});

	test('a caption alone is a partial update: no empty vector overwrites the stored one', async () => {
		const parameters = {
			id: 'photos/a.jpg',
			embedding: '',
			useInputFacts: false,
			fields: {
				description: 'A cat',
				tags: 'pets, home',
				people: ['Pat'],
				metadata: '{"by":"moondream"}',
			},
		};
		await execute(
			engine.url,
			[node('upsert', { parameters, credentials: [OLLAMA] })],
			[{ json: { title: 'unrelated' } }],
		);
		assert.deepEqual(engine.calls[0]!.body, {
			images: [
				{
					id: 'photos/a.jpg',
					description: 'A cat',
					tags: ['pets', 'home'],
					people: ['Pat'],
					metadata: { by: 'moondream' },
				},
			],
			ollama: { url: 'http://ollama.test', model: 'nomic-embed-text' },
		});
	});

	test('an item that cannot be read fails alone', async () => {
		const { items } = await execute(
			engine.url,
			[
				node('upsert', {
					onError: 'continueRegularOutput',
					parameters: { fields: { metadata: '={{ $json.meta }}' } },
				}),
			],
			[
				{ json: {} },
				{ json: { id: 'a', embedding: 'no vector' } },
				{ json: { id: 'b', meta: '[1]' } },
				{ json: { id: 'c' } },
			],
		);
		assert.deepEqual(
			items.map(({ json }) => json.error ?? json.id),
			[
				'The photo has neither an ID nor an S3 path',
				'The image vector is not an array of numbers',
				'Metadata is not a JSON object',
				'c',
			],
		);
	});

	test('a late event does not delete a photo whose file is still there', async () => {
		engine.answer('POST /buckets/head', ({ body }) => ({
			objects: body.paths.map((path: string) => (path.includes('there') ? { key: path } : null)),
			errors: body.paths.flatMap((path: string, index: number) =>
				path.includes('unsure') ? [{ index, code: 'S3_UNREACHABLE', message: 'No answer.' }] : [],
			),
		}));
		const { items } = await execute(
			engine.url,
			[
				node('delete', {
					parameters: { onlyIfMissing: true },
					credentials: [S3],
					onError: 'continueRegularOutput',
				}),
			],
			['gone', 'there', 'unsure'].map((name) => ({ json: { s3_path: `s3://photos/${name}.jpg` } })),
		);
		assert.deepEqual(engine.to('DELETE /indexes/photos/images')[0]!.body, {
			ids: ['photos/gone.jpg'],
		});
		assert.equal(items[0]!.json.deleted, true);
		assert.deepEqual(items[1]!.json, {
			id: 'photos/there.jpg',
			s3_path: 's3://photos/there.jpg',
			deleted: false,
			reason: 'still_in_bucket',
		});
		assert.equal(items[2]!.json.error, 'No answer.');
	});

	test('a filter that comes out empty does not empty the index', async () => {
		const { error } = await execute(
			engine.url,
			[
				node('delete', {
					parameters: { deleteBy: 'filter', filters: { prefix: '={{ $json.nothing }}' } },
				}),
			],
			[{ json: {} }],
		);
		assert.match(error?.message ?? '', /delete every photo/);
		assert.equal(engine.calls.length, 0);
	});

	test('sync waits for the job, reports failures, and turns a failed job into an error', async () => {
		const job = {
			id: 'j1',
			kind: 'sync',
			index: 'photos',
			total: 2,
			total_known: true,
			done: 0,
			unchanged: 0,
			deleted: 0,
			failed: 0,
			failures: [],
			hints: [],
			error: null,
			started_at: null,
			finished_at: null,
		};
		const states = [
			{ ...job, state: 'running' },
			{
				...job,
				state: 'succeeded',
				done: 2,
				failed: 1,
				failures: [{ s3_path: 's3://photos/x.jpg', code: 'NOT_AN_IMAGE', message: 'No image.' }],
			},
		];
		engine.answer('POST /indexes/photos/sync', () => ({ ...job, state: 'queued' }));
		engine.answer(
			'GET /jobs/j1',
			() =>
				states.shift() ?? {
					...job,
					state: 'failed',
					error: { code: 'BUCKET_NOT_FOUND', message: 'There is no bucket “photos”.' },
				},
		);
		const step = node('sync', {
			parameters: { bucket: { __rl: true, mode: 'name', value: 'photos' } },
			credentials: [S3],
		});

		const { items, hints } = await execute(engine.url, [step], [{ json: {} }]);
		assert.equal(items[0]!.json.done, 2);
		assert.equal((items[0]!.json.failures as unknown[]).length, 1);
		assert.deepEqual(hints, ['Photos that could not be indexed: 1, see “failures”']);
		assert.equal(
			engine.to('POST /indexes/photos/sync')[0]!.body.s3.secret_access_key,
			'a-very-secret-key',
		);

		const { error } = await execute(engine.url, [step], [{ json: {} }]);
		assert.equal(error?.message, 'There is no bucket “photos”.');
	});
});
