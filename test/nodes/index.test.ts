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

	test('a deletion by filter tells how many it was, however few ids the answer names', async () => {
		engine.answer('DELETE /indexes/photos/images', () => ({
			deleted_count: 250_000,
			deleted: ['a'],
			missing: [],
		}));
		const { items } = await execute(
			engine.url,
			[node('delete', { parameters: { deleteBy: 'filter', filters: { prefix: '2026/' } } })],
			[{ json: {} }],
		);
		assert.deepEqual(items[0]!.json, { index: 'photos', deleted_count: 250_000, deleted: ['a'] });
	});

	test('a vector in base64 is passed on, and one with a hole reaches the engine to be named', async () => {
		await execute(
			engine.url,
			[node('upsert')],
			[
				{ json: { id: 'a', embedding: base64(1, 0), model: 'tiny' } },
				{ json: { id: 'b', embedding: '[1, 0]', model: 'tiny' } },
				{ json: { id: 'c', embedding: [1, null], model: 'tiny' } },
			],
		);
		assert.deepEqual(
			engine.calls[0]!.body.images.map(({ embedding }: { embedding: unknown }) => embedding),
			[base64(1, 0), base64(1, 0), [1, null]],
		);
	});

	test('an update sends what is set and cleared, and nothing of the input item', async () => {
		engine.answer('PATCH /indexes/photos/images', ({ body }) => ({
			results: [{ index: 0, id: body.images[0].id, status: 'updated', text_vector: 'none' }],
			errors: [{ index: 1, id: 'gone.jpg', code: 'IMAGE_NOT_FOUND', message: 'It is gone.' }],
			hints: [],
		}));
		const parameters = {
			id: '={{ $json.id }}',
			fields: { tags: 'beach, sunset', title: '' },
			clear: ['description', 'place'],
		};
		const { items } = await execute(
			engine.url,
			[node('update', { parameters, onError: 'continueRegularOutput' })],
			[{ json: { id: 's3://photos/a.jpg', title: 'Not this' } }, { json: { id: 'gone.jpg' } }],
		);
		const change = { tags: ['beach', 'sunset'], description: null, lat: null, lon: null };
		assert.deepEqual(engine.calls[0]!.body, {
			images: [
				{ id: 'photos/a.jpg', ...change },
				{ id: 'gone.jpg', ...change },
			],
		});
		assert.equal(items[0]!.json.status, 'updated');
		assert.deepEqual(items[1]!.json, {
			error: 'It is gone.',
			details: {
				code: 'IMAGE_NOT_FOUND',
				cure: 'The index has no photo with this ID. The default ID is bucket/key.',
			},
		});

		const { error } = await execute(
			engine.url,
			[node('update', { parameters: { id: 'a', fields: {}, clear: [] } })],
			[{ json: {} }],
		);
		assert.match(error?.message ?? '', /nothing to change/);
	});

	test('Get Many goes from page to page, to the limit or to the end', async () => {
		const stored = Array.from({ length: 2_300 }, (_, i) => ({ id: `photo ${i}` }));
		engine.answer('POST /indexes/photos/images/list', ({ body }) => {
			const start = Number(body.cursor ?? 0);
			const end = start + body.limit;
			return {
				images: stored.slice(start, end),
				next_cursor: end < stored.length ? String(end) : null,
			};
		});
		const run = (parameters: Step['parameters'], items = [{ json: {} }]) =>
			execute(engine.url, [node('getMany', { parameters })], items);

		const all = await run({ returnAll: true, filters: { tagsAll: 'x' } });
		assert.equal(new Set(all.items.map(({ json }) => json.id)).size, 2_300);
		assert.deepEqual(engine.calls[0]!.body, { filter: { tags_all: ['x'] }, limit: 1_000 });

		engine.calls.length = 0;
		const some = await run({ limit: 1_200 }, [{ json: {} }, { json: {} }]);
		assert.equal(some.items.length, 2_400);
		assert.deepEqual(some.items.at(-1)!.pairedItem, { item: 1 });
		assert.deepEqual(
			engine.calls.map(({ body }) => body.limit),
			[1_000, 200, 1_000, 200],
		);
		engine.calls.length = 0;
		await run({});
		assert.deepEqual(engine.calls[0]!.body, { limit: 50 });
	});

	test('Count gives one item with the number', async () => {
		engine.answer('POST /indexes/photos/images/count', () => ({ count: 7 }));
		const { items } = await execute(
			engine.url,
			[node('count', { parameters: { filters: { bucket: 'photos' } } })],
			[{ json: {} }],
		);
		assert.deepEqual(items[0]!.json, { index: 'photos', count: 7 });
		assert.deepEqual(engine.calls[0]!.body, { filter: { bucket: 'photos' } });
	});

	test('a change of the model is begun, made, taken back and shown', async () => {
		const generation = { kind: 'image', model: 'new@1', state: 'building' };
		engine.answer('POST /indexes/photos/generations', () => generation);
		engine.answer('POST /indexes/photos/generations/activate', () => generation);
		engine.answer('DELETE /indexes/photos/generations', () => ({ generations: [] }));
		engine.answer('GET /indexes/photos/generations', () => ({ generations: [generation, {}] }));
		const run = async (parameters: Step['parameters']) => {
			engine.calls.length = 0;
			const ran = await execute(
				engine.url,
				[
					node('changeModel', {
						parameters: { model: { mode: 'id', value: 'new' }, ...parameters },
					}),
				],
				[{ json: {} }],
			);
			return { ...ran, body: engine.calls[0]?.body };
		};

		const begun = await run({ step: 'begin' });
		assert.deepEqual(begun.body, { kind: 'image', model: 'new', activate_when_complete: true });
		assert.deepEqual(begun.items[0]!.json, generation);
		const options = { kind: 'text', dimension: 768 };
		const text = await run({ step: 'begin', activateWhenComplete: false, modelOptions: options });
		assert.deepEqual(text.body, { ...options, model: 'new', activate_when_complete: false });
		assert.deepEqual((await run({ step: 'activate', incomplete: true })).body, {
			kind: 'image',
			model: 'new',
			incomplete: true,
		});
		assert.equal((await run({ step: 'drop' })).items[0]!.json.dropped, true);
		assert.equal((await run({ step: 'show', model: '' })).items.length, 2);
		const { error } = await run({ step: 'drop', model: { mode: 'id', value: '={{ $json.no }}' } });
		assert.equal(error?.message, 'Choose the model');
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
