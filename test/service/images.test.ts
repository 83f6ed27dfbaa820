import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ImageInput } from '../../engine/client';
import { ask } from '../harness/ask';
import { testEngine, type TestEngine } from '../harness/engine';

const MODEL = 'eyes@1';
const vector = (...values: number[]) => ({ embedding: values, model: MODEL });

describe('the photos of an index', () => {
	let engine: TestEngine;
	before(() => void (engine = testEngine()));
	after(() => engine.close());

	const fill = (index: string, count: number) =>
		Promise.all(
			Array.from({ length: Math.ceil(count / 250) }, (_, batch) =>
				engine.client.upsert(index, {
					images: Array.from({ length: Math.min(250, count - batch * 250) }, (_, i) => {
						const number = String(batch * 250 + i).padStart(5, '0');
						return {
							s3_path: `s3://bucket/${Number(number) % 2 ? 'odd' : 'even'}/${number}.jpg`,
							title: `Photo ${number}`,
						};
					}),
				}),
			),
		);

	it('are listed once each, in the order of ids, while others come and go', async () => {
		const { client } = engine;
		await fill('listed', 620);
		const seen: string[] = [];
		let cursor: string | undefined;
		do {
			const page = await client.listImages('listed', { limit: 100, cursor });
			seen.push(...page.images.map(({ id }) => id));
			cursor = page.next_cursor ?? undefined;
			await client.upsert('listed', { images: [{ id: 'aaa', title: 'before all' }] });
			await client.remove('listed', { ids: [seen.at(-1)!] });
		} while (cursor);
		assert.equal(seen.length, 620);
		assert.deepEqual([...new Set(seen)].sort(), seen);
	});

	it('are listed and counted under a filter, by query string, too', async () => {
		const { client, dataDir } = engine;
		await fill('filtered', 11);
		const filter = { prefix: 'odd/' };
		assert.deepEqual(await client.countImages('filtered', { filter }), { count: 5 });
		assert.deepEqual(await client.countImages('filtered'), { count: 11 });
		const { images, next_cursor, total } = await client.listImages('filtered', {
			filter,
			limit: 3,
			count: true,
		});
		assert.deepEqual([images.length, total, typeof next_cursor], [3, 5, 'string']);
		assert.equal(images[0]!.title, 'Photo 00001');

		const query = new URLSearchParams({
			filter: JSON.stringify(filter),
			limit: '3',
			count: 'true',
		});
		const first = await ask(dataDir, 'GET', `/indexes/filtered/images?${query}`);
		assert.deepEqual(first.body, { images, next_cursor, total });
		query.set('cursor', next_cursor!);
		const second = await ask(dataDir, 'GET', `/indexes/filtered/images?${query}`);
		assert.equal(second.body.images.length, 2);
		assert.equal(second.body.next_cursor, null);
		query.set('filter', '{}');
		const other = await ask(dataDir, 'GET', `/indexes/filtered/images?${query}`);
		assert.equal(other.body.error.code, 'BAD_CURSOR');
	});

	it('are deleted by a filter in batches, and only those', async () => {
		const { client } = engine;
		await fill('thinned', 2_400);
		const answer = await client.remove('thinned', { filter: { prefix: 'even/' } });
		assert.equal(answer.deleted_count, 1_200);
		assert.equal(new Set(answer.deleted).size, 1_200);
		assert.deepEqual(await client.countImages('thinned'), { count: 1_200 });
		assert.deepEqual(await client.countImages('thinned', { filter: { prefix: 'even/' } }), {
			count: 0,
		});
	});

	it('are deleted by id, and those that were not there are told', async () => {
		const { client } = engine;
		await client.upsert('few', { images: [{ id: 'a' }, { id: 'b' }] });
		assert.deepEqual(await client.remove('few', { ids: ['a', 'x', 'a'] }), {
			deleted_count: 1,
			deleted: ['a'],
			missing: ['x'],
		});
		await assert.rejects(client.remove('few', { ids: ['b'], filter: { prefix: 'b' } }), {
			code: 'BAD_REQUEST',
		});
		assert.deepEqual(await client.countImages('few'), { count: 1 });
	});

	it('are changed in part: what is left out stays, null clears, and nobody new appears', async () => {
		const { client } = engine;
		await client.upsert('changed', {
			images: [{ id: 'a', title: 'Old', description: 'kept', tags: ['x'], ...vector(1, 0) }],
		});
		const { results, errors } = await client.update('changed', {
			images: [
				{ id: 'a', title: null, tags: ['new'] },
				{ id: 'nobody', title: 'x' },
			],
		});
		assert.deepEqual(results, [{ index: 0, id: 'a', status: 'updated', text_vector: 'owed' }]);
		assert.deepEqual(
			errors.map(({ index, id, code }) => [index, id, code]),
			[[1, 'nobody', 'IMAGE_NOT_FOUND']],
		);
		const photo = await client.getImage('changed', 'a');
		assert.deepEqual(
			[photo.title, photo.description, photo.tags, photo.has_image_vector],
			[undefined, 'kept', ['new'], true],
		);
		await client.update('changed', { images: [{ id: 'a', embedding: null }] });
		assert.equal((await client.getImage('changed', 'a')).has_image_vector, false);
		assert.deepEqual(await client.countImages('changed'), { count: 1 });
	});

	it('come with vectors as numbers or as bytes, and it is the same vector', async () => {
		const { client } = engine;
		const values = Float32Array.of(0.6, -0.8, 0, 0);
		const embedding = Buffer.from(values.buffer).toString('base64');
		const { errors } = await client.upsert('bytes', {
			images: [
				{ id: 'numbers', ...vector(...values) },
				{ id: 'bytes', embedding, model: MODEL, text_embedding: embedding, text_model: 't@1' },
				{ id: 'url-safe', embedding: embedding.replaceAll('/', '_'), model: MODEL },
				{ id: 'torn', embedding: embedding.slice(0, -4), model: MODEL },
				{ id: 'text', embedding: 'a vector, surely', model: MODEL },
			],
		});
		assert.deepEqual(
			errors.map(({ index, code }) => [index, code]),
			[
				[3, 'BAD_VECTOR'],
				[4, 'BAD_VECTOR'],
			],
		);
		const { results } = await client.nearest('bytes', { vector: [...values], model: MODEL });
		assert.deepEqual(
			results.map(({ id, score }) => [id, Math.abs(score - 1) < 1e-6]),
			[
				['bytes', true],
				['numbers', true],
				['url-safe', true],
			],
		);
	});

	it('that are malformed cost themselves, whatever JSON they are, and not their batch', async () => {
		const good = { title: 'good', ...vector(1, 0) };
		const bad: [unknown, string][] = [
			[null, 'BAD_REQUEST'],
			[5, 'BAD_REQUEST'],
			['text', 'BAD_REQUEST'],
			[[], 'BAD_REQUEST'],
			[{ id: 5 }, 'BAD_REQUEST'],
			[{ id: {}, s3_path: [] }, 'BAD_REQUEST'],
			[{ s3_path: 5 }, 'BAD_REQUEST'],
			[{ id: 'x'.repeat(1_025) }, 'BAD_REQUEST'],
			[{ id: 'embedding', embedding: 5, model: MODEL }, 'BAD_REQUEST'],
			[{ id: 'embedding', embedding: 'x', model: MODEL }, 'BAD_VECTOR'],
			[{ id: 'embedding', embedding: [{}, []], model: MODEL }, 'BAD_VECTOR'],
			[{ id: 'model', embedding: [1, 0], model: 5 }, 'BAD_REQUEST'],
			[{ id: 'text model', text_embedding: [1, 0], text_model: {} }, 'BAD_REQUEST'],
			[{ id: 'title', title: 5 }, 'BAD_REQUEST'],
			[{ id: 'tags', tags: 'x' }, 'BAD_REQUEST'],
			[{ id: 'tag', tags: ['x', null] }, 'BAD_REQUEST'],
			[{ id: 'people', people: { a: 1 } }, 'BAD_REQUEST'],
			[{ id: 'size', size: '5' }, 'BAD_REQUEST'],
			[{ id: 'lat', lat: 200 }, 'BAD_REQUEST'],
			[{ id: 'etag', etag: {}, ...good }, 'BAD_REQUEST'],
			[{ id: 'metadata', metadata: [1] }, 'BAD_REQUEST'],
			[{ id: 'long', metadata: { x: 'x'.repeat(10_000_000) } }, 'BAD_REQUEST'],
			[{ id: 'good 0', title: 'for the second time' }, 'BAD_REQUEST'],
			[{ id: 'lone \ud800' }, 'BAD_REQUEST'],
		];
		const images = bad.flatMap(([item], i) => [item, { id: `good ${i}`, ...good }]);
		const answer = await engine.client.upsert('hostile', { images: images as ImageInput[] });
		assert.deepEqual(
			answer.errors.map(({ index, code }) => [index, code]),
			bad.map(([, code], i) => [2 * i, code]),
		);
		assert.equal(answer.results.length, bad.length);
		for (const { message } of answer.errors) assert.ok(message.length < 600, message);
		const again = await engine.client.update('hostile', { images: images as ImageInput[] });
		assert.equal(again.results.length, bad.length);
		assert.equal(again.errors.length, bad.length);
	});

	it('may nest their metadata deeper than a stack is high', async () => {
		const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
		const body = `{"images":[{"id":"deep","metadata":{"x":${deep}}},{"id":"good"}]}`;
		const { status, body: answer } = await ask(engine.dataDir, 'PUT', '/indexes/deep/images', body);
		assert.equal(status, 200, JSON.stringify(answer).slice(0, 300));
		assert.deepEqual([answer.errors[0]?.code, answer.results[0]?.id], ['BAD_REQUEST', 'good']);
	});

	it('are asked for with limits, filters and cursors that make sense, or the field is named', async () => {
		const { dataDir, client } = engine;
		await client.upsert('asked', { images: [{ id: 'a', ...vector(1, 0) }] });
		const nearest = { like: 'a' };
		for (const limit of [0, -1, 1e9, 1.5, '5', null, true]) {
			for (const [path, body] of [
				['nearest', { ...nearest, limit }],
				['images/list', { limit }],
				['search', { text: 'x', limit }],
			] as const) {
				const { status, body: answer } = await ask(dataDir, 'POST', `/indexes/asked/${path}`, body);
				assert.deepEqual([status, answer.error.code], [400, 'BAD_REQUEST'], `${path} ${limit}`);
				assert.equal(answer.error.details.field, 'limit');
			}
		}
		for (const query of [
			'limit=0',
			'limit=1e9',
			'limit=abc',
			'limit=',
			'filter=5',
			'count=maybe',
		]) {
			const { status, body } = await ask(dataDir, 'GET', `/indexes/asked/images?${query}`);
			assert.equal(status, 400, query);
			assert.equal(body.error.details.field, query.split('=')[0]);
		}
		for (const [filter, field] of [
			[{ buckett: 'typo' }, 'filter.buckett'],
			[{ tags_any: 'x' }, 'filter.tags_any'],
			[{ tags_any: [5] }, 'filter.tags_any[0]'],
			[{ prefix: 5 }, 'filter.prefix'],
			[{ ['x'.repeat(10_000)]: 1 }, undefined],
			[{ near: { lat: 1, lon: 2 } }, 'filter.near.km'],
			[{ near: { lat: 91, lon: 0, km: 1 } }, 'filter.near.lat'],
			[{ near: { lat: 1, lon: 0, km: 0 } }, 'filter.near.km'],
			[{ near: { lat: 1, lon: 0, km: 1, miles: 1 } }, 'filter.near.miles'],
			[{ metadata: {} }, 'filter.metadata'],
			[{ metadata: [{ field: 'a', op: '~', value: 1 }] }, 'filter.metadata[0].op'],
			[{ metadata: [{ field: 'a', op: '<', value: true }] }, 'filter.metadata[0].value'],
			[{ metadata: [{ field: 'a', op: 'in', value: 'x' }] }, 'filter.metadata[0].value'],
			[{ metadata: [{ field: '', op: '=', value: 1 }] }, 'filter.metadata[0].field'],
			['x', 'filter'],
			[[], 'filter'],
		] as const) {
			for (const [method, path, body] of [
				['POST', 'nearest', { ...nearest, filter }],
				['POST', 'images/list', { filter }],
				['POST', 'images/count', { filter }],
				['DELETE', 'images', { filter }],
			] as const) {
				const { status, body: answer } = await ask(dataDir, method, `/indexes/asked/${path}`, body);
				assert.deepEqual([status, answer.error.code], [400, 'BAD_REQUEST'], `${method} ${path}`);
				if (field) assert.equal(answer.error.details.field, field);
				assert.ok(answer.error.message.length < 300);
			}
		}
		assert.deepEqual(await client.countImages('asked'), { count: 1 });
	});

	it('are stored with any name in their metadata, or one photo refuses its whole batch', async () => {
		const { dataDir } = engine;
		const metadata = '{"__proto__":{"title":"x"},"constructor":{"prototype":1}}';
		const photos = `{"id":"odd","metadata":${metadata}},{"id":"b","__proto__":{"title":"x"}}`;
		const put = await ask(dataDir, 'PUT', '/indexes/names/images', `{"images":[${photos}]}`);
		assert.deepEqual([put.status, put.body.errors], [200, []], JSON.stringify(put.body));
		const get = (id: string) => ask(dataDir, 'GET', `/indexes/names/images/${id}`);
		assert.equal(JSON.stringify((await get('odd')).body.metadata), metadata);
		assert.equal((await get('b')).body.title, undefined);
	});

	it('are not asked for by a filter of a hundred thousand levels, and that is nobody’s mistake but its own', async () => {
		const { dataDir, client } = engine;
		await client.upsert('levels', { images: [{ id: 'a', ...vector(1, 0) }] });
		const value = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
		const filter = `{"metadata":[{"field":"a","op":"=","value":${value}}]}`;
		for (const [path, more] of [
			['images/list', ''],
			['nearest', '"like":"a",'],
			['search', '"text":"x",'],
		] as const) {
			const body = `{${more}"filter":${filter}}`;
			const answer = await ask(dataDir, 'POST', `/indexes/levels/${path}`, body);
			assert.deepEqual([answer.status, answer.body.error.code], [400, 'BAD_REQUEST'], path);
		}
	});

	it('are not brought to a crash by hostile strings in a filter or a cursor', async () => {
		const { dataDir, client } = engine;
		await client.upsert('strings', { images: [{ id: 'a', ...vector(1, 0) }] });
		// No model of this engine made vectors here: by words alone.
		await client.upsert('words', { images: [{ id: 'a', title: 'x' }] });
		const strings = [
			"'; DROP TABLE photos; --",
			'\0',
			'\ud800',
			'\udfff\ud800',
			'%_*?[',
			'"{}[]',
			'x'.repeat(1_000_000),
			'💥'.repeat(1_000),
			'\u202e',
			'__proto__',
		];
		for (const text of strings) {
			for (const filter of [
				{ bucket: text },
				{ prefix: text },
				{ tags_all: [text] },
				{ people_any: [text, text] },
				{ camera: `camera ${text.slice(0, 150)}` },
				{ metadata: [{ field: text, op: '=', value: 'x' }] },
				{ metadata: [{ field: 'a.b', op: 'in', value: [text, 5] }] },
			]) {
				const answers = await Promise.all([
					ask(dataDir, 'POST', '/indexes/strings/nearest', { like: 'a', filter }),
					ask(dataDir, 'POST', '/indexes/strings/images/list', { filter }),
					ask(dataDir, 'POST', '/indexes/words/search', { text: 'x', filter }),
				]);
				for (const { status, body } of answers) {
					assert.equal(status, 200, JSON.stringify(body).slice(0, 300));
					const found = (body.results ?? body.images) as unknown[];
					assert.deepEqual(found, [], text.slice(0, 20));
				}
			}
			for (const date of ['taken_after', 'taken_before']) {
				const { status } = await ask(dataDir, 'POST', '/indexes/strings/images/list', {
					filter: { [date]: text },
				});
				assert.equal(status, 400);
			}
			const { status, body } = await ask(dataDir, 'POST', '/indexes/strings/images/list', {
				cursor: text,
			});
			assert.deepEqual([status, body.error.code], [400, 'BAD_CURSOR']);
			const path = `/indexes/strings/images/${encodeURIComponent(Buffer.from(text.slice(0, 900)).toString())}`;
			assert.equal((await ask(dataDir, 'GET', path)).status, 404);
		}
		assert.deepEqual(await client.countImages('strings'), { count: 1 });
	});
});
