import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { EngineError } from '../../engine/client';
import { startFakeEngine, type FakeEngine } from './fake-engine';
import { execute, type Step } from './host';

const node = (parameters: Step['parameters'], extra: Partial<Step> = {}): Step => ({
	type: 'semanticImageSearch',
	parameters: { index: { __rl: true, mode: 'name', value: 'photos' }, ...parameters },
	...extra,
});
const ANSWER = {
	results: [
		{ id: 'photos/a.jpg', relevance: 0.9 },
		{ id: 'photos/b.jpg', relevance: 0.5 },
	],
	total: 9,
	relevant: 2,
	capped: false,
	next_cursor: 'next',
	hints: ['Ollama cannot be reached: descriptions were searched by words only'],
	notes: [] as { message: string; from: number; to: number }[],
	model: 'tiny',
	took_ms: 3,
};

let engine: FakeEngine;
before(async () => (engine = await startFakeEngine()));
after(() => engine.close());
beforeEach(() => {
	engine.calls.length = 0;
	engine.answer('POST /indexes/photos/search', () => ANSWER);
});

describe('Semantic Image Search', () => {
	test('every result is an item paired with its query, and hints are not lost', async () => {
		const { items, hints } = await execute(
			engine.url,
			[node({ operation: 'text', query: '={{ $json.q }}' })],
			[{ json: { q: 'beach' } }, { json: { q: 'car' } }],
		);
		assert.deepEqual(
			items.map(({ json, pairedItem }) => [json.id, (pairedItem as { item: number }).item]),
			[
				['photos/a.jpg', 0],
				['photos/b.jpg', 0],
				['photos/a.jpg', 1],
				['photos/b.jpg', 1],
			],
		);
		assert.deepEqual(hints, ANSWER.hints);
		assert.deepEqual(
			engine.calls.map(({ body }) => body.text),
			['beach', 'car'],
		);
	});

	test('one item carries the cursor that the next page needs', async () => {
		const { items } = await execute(
			engine.url,
			[node({ operation: 'text', query: 'beach', options: { output: 'single' } })],
			[{ json: {} }],
		);
		assert.deepEqual(
			items.map(({ json }) => json),
			[ANSWER],
		);
	});

	test('simplified items hold what an agent reads, whatever else the engine answers', async () => {
		const photo = {
			...ANSWER.results[0]!,
			title: 'Beach',
			description: null,
			s3_path: 's3://photos/a.jpg',
			url: null,
			tags: ['sea'],
			people: [],
			taken_at: null,
		};
		engine.answer('POST /indexes/photos/search', () => ({
			...ANSWER,
			results: [
				{
					...photo,
					similarity: photo.relevance,
					channels: ['keyword', 'visual'],
					scores: { visual: 0.3 },
					why: {
						words: [
							{ field: 'title', words: [{ text: 'Beach', from: 0, to: 5 }] },
							{ field: 'people', item: 0, words: [{ text: 'Pat', from: 0, to: 3 }] },
							{ field: 's3_path', words: [{ text: 'a', from: 12, to: 13 }] },
						],
						people: ['Pat Miller'],
						terms: [],
					},
					duplicates: { count: 0, ids: [] },
					metadata: { a: 1 },
				},
			],
		}));
		const { items } = await execute(
			engine.url,
			[node({ operation: 'text', query: 'beach', options: { output: 'simplified' } })],
			[{ json: {} }],
		);
		assert.deepEqual(
			items.map(({ json }) => json),
			[{ ...photo, why: 'title: Beach; file name: a; Pat Miller; looks like it' }],
		);
	});

	test('what was not understood is shown with the part of the query it is about', async () => {
		const query = 'sea \n\tbefore:soon';
		engine.answer('POST /indexes/photos/search', () => ({
			...ANSWER,
			notes: [{ message: 'before: wants a date. Read as words.', from: 4, to: 15 }],
		}));
		const { hints } = await execute(
			engine.url,
			[node({ operation: 'text', query: '={{ $json.query }}' })],
			[{ json: { query } }],
		);
		assert.deepEqual(hints, [
			...ANSWER.hints,
			'“before:soon” in the query: before: wants a date. Read as words.',
		]);
	});

	test('filters and options left empty are not sent as empty conditions', async () => {
		await execute(
			engine.url,
			[
				node({
					operation: 'text',
					query: 'x',
					filters: {
						bucket: '',
						tagsAll: ' ',
						peopleAny: 'Pat, Jack',
						takenAfter: '2026-01-01T00:00:00',
					},
					options: {
						...{ cursor: '', minRelevance: '', onlyRelevant: '={{ "" }}', facets: '={{ null }}' },
						...{ sort: '={{ undefined }}', without: ' , ', likePhotos: '', weights: {} },
					},
				}),
			],
			[{ json: {} }],
		);
		assert.deepEqual(engine.calls[0]!.body, {
			text: 'x',
			limit: 50,
			filter: { people_any: ['Pat', 'Jack'], taken_after: '2026-01-01T00:00:00' },
		});
	});

	const filterOf = async (filters: IDataObject, json: IDataObject = {}) => {
		engine.calls.length = 0;
		const { error } = await execute(
			engine.url,
			[node({ operation: 'text', query: 'x', filters: filters as INodeParameters })],
			[{ json }],
		);
		return { error: error?.message, filter: engine.calls[0]?.body.filter };
	};

	test('what a photo must not be, its camera and its place are conditions, too', async () => {
		const { filter } = await filterOf({
			tagsNone: 'screenshot, blurred',
			peopleNone: ['Pat'],
			camera: 'canon r5',
			near: { place: { lat: 47.37, lon: '8.54', km: 5 } },
		});
		assert.deepEqual(filter, {
			tags_none: ['screenshot', 'blurred'],
			people_none: ['Pat'],
			camera: 'canon r5',
			near: { lat: 47.37, lon: 8.54, km: 5 },
		});
	});

	test('a part of the path with a comma in it stays one; file types are a list', async () => {
		const { filter } = await filterOf({ path: 'holidays, 2024/*', type: 'jpg, heic' });
		assert.deepEqual(filter, { path: 'holidays, 2024/*', type: ['jpg', 'heic'] });
		const several = await filterOf({ path: '={{ ["holidays", "2024"] }}' });
		assert.deepEqual(several.filter, { path: ['holidays', '2024'] });
	});

	test('a place that comes out of an expression half empty does not mean the whole world', async () => {
		const place = { lat: '={{ $json.lat }}', lon: '={{ $json.lon }}', km: 5 };
		const { error } = await filterOf({ near: { place } }, { lat: 47 });
		assert.match(error ?? '', /place needs latitude, longitude and radius/);
		assert.equal(engine.calls.length, 0);
	});

	test('metadata is compared with what was typed: numbers, truths and texts', async () => {
		const conditions = [
			{ field: 'rating', op: 'gte', value: '4' },
			{ field: 'raw', op: 'eq', value: 'true' },
			{ field: 'roll', op: 'ne', value: '"007"' },
			{ field: 'lens.name', op: 'eq', value: ' RF 50mm ' },
			{ field: 'year', op: 'in', value: '2024, 2025, "2026", later' },
			{ field: 'exposure', op: 'lt', value: '={{ $json.exposure }}' },
			{ field: 'caption', op: 'absent' },
			{ field: 'album', op: 'present' },
		];
		const { filter } = await filterOf({ metadata: { conditions } }, { exposure: 0.5 });
		assert.deepEqual(filter.metadata, [
			{ field: 'rating', op: '>=', value: 4 },
			{ field: 'raw', op: '=', value: true },
			{ field: 'roll', op: '!=', value: '007' },
			{ field: 'lens.name', op: '=', value: 'RF 50mm' },
			{ field: 'year', op: 'in', value: [2024, 2025, '2026', 'later'] },
			{ field: 'exposure', op: '<', value: 0.5 },
			{ field: 'caption', op: '=', value: null },
			{ field: 'album', op: '!=', value: null },
		]);
	});

	test('a metadata condition without field or value is said to lack it, not dropped', async () => {
		const of = (condition: IDataObject, json = {}) =>
			filterOf(
				{ metadata: { conditions: [{ field: 'a', op: 'eq', value: 'x', ...condition }] } },
				json,
			);
		assert.match((await of({ field: ' ' })).error ?? '', /has no field/);
		assert.match((await of({ value: '={{ $json.none }}' })).error ?? '', /“a” has no value/);
		assert.equal(engine.calls.length, 0);
	});

	test('a picture is searched by its bytes, a stored photo by its ID', async () => {
		const data = Buffer.from('jpeg').toString('base64');
		await execute(
			engine.url,
			[node({ operation: 'image', refineText: 'at night' })],
			[{ json: {}, binary: { data: { data, mimeType: 'image/jpeg' } } }],
		);
		await execute(
			engine.url,
			[node({ operation: 'similar', photoId: 's3://photos/a.jpg' })],
			[{ json: {} }],
		);
		assert.deepEqual(engine.calls[0]!.body, { limit: 50, text: 'at night', image: [data] });
		assert.deepEqual(engine.calls[1]!.body, { limit: 50, like: ['photos/a.jpg'] });
	});

	test('several pictures and several photos make one question, none of them twice', async () => {
		const [one, two] = ['one', 'two'].map((text) => Buffer.from(text).toString('base64'));
		const binary = {
			front: { data: one!, mimeType: 'image/jpeg' },
			back: { data: two!, mimeType: 'image/jpeg' },
		};
		await execute(
			engine.url,
			[
				node({
					operation: 'image',
					binaryPropertyName: 'front, back',
					options: { likePhotos: 'photos/a.jpg, s3://photos/b.jpg' },
				}),
			],
			[{ json: {}, binary }],
		);
		await execute(
			engine.url,
			[
				node({
					operation: 'similar',
					photoId: '={{ ["photos/Pat, Jack.jpg", "photos/a.jpg"] }}',
					options: { likePhotos: 'photos/a.jpg,photos/b.jpg' },
				}),
				// A comma in a single ID does not take it apart.
				node({ operation: 'similar', photoId: 'photos/Pat, Jack.jpg' }),
			],
			[{ json: {} }],
		);
		await execute(
			engine.url,
			[
				node({
					operation: 'image',
					imageSource: 's3',
					s3Path: '={{ ["photos/a.jpg", "s3://photos/b.jpg"] }}',
				}),
			],
			[{ json: {} }],
		);
		const [pictures, photos, comma] = engine.calls;
		assert.deepEqual(pictures!.body, {
			limit: 50,
			image: [one, two],
			like: ['photos/a.jpg', 'photos/b.jpg'],
		});
		assert.deepEqual(photos!.body.like, ['photos/Pat, Jack.jpg', 'photos/a.jpg', 'photos/b.jpg']);
		assert.deepEqual(comma!.body.like, ['photos/Pat, Jack.jpg']);
		assert.deepEqual(engine.calls.at(-1)!.body.image_path, [
			's3://photos/a.jpg',
			's3://photos/b.jpg',
		]);
	});

	test('every option of a search reaches the engine, whether typed or from an expression', async () => {
		const options: INodeParameters = {
			without: 'people, at night',
			minRelevance: 0.3,
			onlyRelevant: '={{ "1" }}',
			sort: 'newest',
			facets: true,
			foldDuplicates: false,
			explain: true,
			weights: { channels: { visual: 2, keyword: 0 } },
			urlExpiry: 60,
		};
		await execute(
			engine.url,
			[node({ operation: 'text', query: 'sea', limit: 5, options })],
			[{ json: {} }],
		);
		assert.deepEqual(engine.calls[0]!.body, {
			text: 'sea',
			without: ['people', 'at night'],
			limit: 5,
			min_relevance: 0.3,
			only_relevant: true,
			sort: 'newest',
			facets: true,
			fold_duplicates: false,
			explain: true,
			weights: { visual: 2, text: 1, keyword: 0 },
			url_expires_in: 60,
		});
	});

	test('no words are needed where filters, or what must not be there, are the question', async () => {
		const filters = { hasPeople: false };
		const step = node({ operation: 'text', query: '', filters, options: { without: 'cars' } });
		const { error } = await execute(engine.url, [step], [{ json: {} }]);
		assert.equal(error, undefined);
		assert.deepEqual(engine.calls[0]!.body, {
			without: ['cars'],
			filter: { has_people: false },
			limit: 50,
		});
	});

	test('an engine that rejects the token is said to do so', async () => {
		engine.answer('POST /indexes/photos/search', () => {
			throw new EngineError('UNAUTHORIZED', 'The token is wrong.');
		});
		const { error } = await execute(
			engine.url,
			[node({ operation: 'text', query: 'x' })],
			[{ json: {} }],
		);
		assert.equal(error?.message, 'The token is wrong.');
		assert.match(error?.description ?? '', /token in the engine credential/);
	});
});
