import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ImageInput, NearestRequest } from '../../engine/client';
import { clusteredVectors } from '../index/support';
import { testEngine, type TestEngine } from '../harness/engine';

const MODEL = 'eyes@1';
const DIMENSION = 16;
const COUNT = 1_100;
const PAGE = 37;
/** Photos of one picture: they tie, and a tie may lie across the end of a page. */
const TWINS = 150;

const base64 = (vector: Float32Array) => Buffer.from(vector.buffer).toString('base64');
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe('nearest vectors, page by page over HTTP', () => {
	let engine: TestEngine;
	const vectors = clusteredVectors(COUNT, DIMENSION);
	vectors.fill(vectors[0]!, 0, TWINS);
	// Ids do not follow the order of storing.
	const id = (i: number) => `photo-${String((i * 7919) % 10_007).padStart(5, '0')}`;
	const photo = (i: number, vector: Float32Array, name = id(i)): ImageInput => ({
		id: name,
		embedding: base64(vector),
		model: MODEL,
		tags: [i % 3 === 0 ? 'third' : 'other'],
	});
	const query: NearestRequest = { vector: base64(vectors[5]!), model: MODEL, limit: PAGE };

	const fill = async (index: string) => {
		for (let from = 0; from < COUNT; from += 250) {
			const some = vectors.slice(from, Math.min(from + 250, COUNT));
			const images = some.map((vector, i) => photo(from + i, vector));
			const { errors } = await engine.client.upsert(index, { images });
			assert.deepEqual(errors, []);
		}
	};
	/** All pages, doing something between any two of them. */
	const pages = async (
		index: string,
		request: NearestRequest,
		between: (page: string[], number: number) => Promise<unknown> = async () => undefined,
	) => {
		const seen: { id: string; score: number }[] = [];
		let cursor: string | undefined;
		for (let number = 0; ; number++) {
			const answer = await engine.client.nearest(index, { ...request, cursor });
			seen.push(...answer.results);
			if (answer.next_cursor === null) return seen;
			cursor = answer.next_cursor;
			await between(
				answer.results.map((result) => result.id),
				number,
			);
		}
	};

	before(async () => {
		engine = testEngine();
		await fill('still');
	});
	after(() => engine.close());

	it('show every photo once, best first, with its exact cosine', async () => {
		const seen = await pages('still', query);
		assert.equal(new Set(seen.map((one) => one.id)).size, COUNT);
		assert.equal(seen.length, COUNT);
		const byId = new Map(vectors.map((vector, i) => [id(i), vector]));
		seen.forEach((one, i) => {
			assert.ok(Math.abs(one.score - cosine(byId.get(one.id)!, vectors[5]!)) < 1e-5, one.id);
			const before = seen[i - 1];
			if (before) assert.ok(before.score > one.score || before.id < one.id, one.id);
		});
	});

	it('show of the photos a filter leaves each once', async () => {
		const seen = await pages('still', { ...query, filter: { tags_any: ['Third'] } });
		const wanted = vectors.flatMap((_, i) => (i % 3 === 0 ? [id(i)] : []));
		assert.deepEqual(seen.map((one) => one.id).sort(), wanted.sort());
	});

	it('repeat no photo and pass none over while others come and go', async () => {
		await fill('moving');
		const stored = new Map(vectors.map((vector, i) => [id(i), vector]));
		const shown = new Set<string>();
		const deleted = new Set<string>();
		const seen = await pages('moving', query, async (page, number) => {
			page.forEach((one) => shown.add(one));
			// Before the place of the cursor, right at it, among the twins, and behind it.
			const around = [vectors[5]!, stored.get(page.at(-1)!) ?? vectors[0]!, vectors[700]!];
			const images = around.flatMap((vector, i) =>
				[0, 1, 2].map((j) => photo(j, vector, `${j % 2 ? 'a' : 'z'}-new-${number}-${i}-${j}`)),
			);
			await engine.client.upsert('moving', { images });
			const unseen = [...stored.keys()].filter((one) => !shown.has(one) && !deleted.has(one));
			// The last of the page is where the cursor points.
			const ids = [page.at(-1)!, page[0]!, ...unseen.slice(0, 3)];
			await engine.client.remove('moving', { ids });
			ids.forEach((one) => deleted.add(one));
		});
		const ids = seen.map((one) => one.id);
		assert.equal(new Set(ids).size, ids.length, 'a photo came twice');
		const stayed = [...stored.keys()].filter((one) => !deleted.has(one));
		const missed = stayed.filter((one) => !ids.includes(one));
		assert.deepEqual(missed, []);
		assert.ok(deleted.size > 100, 'the test deleted nothing');
	});

	it('like a photo do not show that photo, and belong to its vector', async () => {
		const first = await engine.client.nearest('still', { like: id(400), limit: 5 });
		assert.ok(!first.results.some((one) => one.id === id(400)));
		const all = await pages('still', { like: id(400), limit: 500 });
		assert.equal(all.length, COUNT - 1);

		await fill('renewed');
		const { next_cursor } = await engine.client.nearest('renewed', { like: id(400), limit: 5 });
		await engine.client.upsert('renewed', { images: [photo(400, vectors[401]!)] });
		await assert.rejects(
			engine.client.nearest('renewed', { like: id(400), limit: 5, cursor: next_cursor! }),
			{ code: 'BAD_CURSOR' },
		);
	});

	it('of another index, kind, vector or filter are refused, and so is a changed cursor', async () => {
		const { next_cursor } = await engine.client.nearest('still', query);
		const cursor = next_cursor!;
		const mangled = cursor.slice(0, -2) + (cursor.endsWith('AA') ? 'BB' : 'AA');
		for (const [index, change] of [
			['moving', {}],
			['still', { vector: base64(vectors[600]!) }],
			['still', { filter: { tags_any: ['third'] } }],
			['still', { kind: 'text' }],
			['still', { cursor: mangled }],
			['still', { cursor: 'x'.repeat(10_000) }],
		] as [string, Partial<NearestRequest>][]) {
			await assert.rejects(
				engine.client.nearest(index, { ...query, cursor, ...change }),
				{ code: 'BAD_CURSOR' },
				JSON.stringify([index, change]).slice(0, 200),
			);
		}
		const { results } = await engine.client.nearest('still', { ...query, limit: 1, cursor });
		assert.equal(results.length, 1, 'the limit is no part of the query');
	});

	it('say what is wrong with a question', async () => {
		const { client } = engine;
		await client.upsert('still', { images: [{ id: 'words only', title: 'x' }] });
		for (const [change, code] of [
			[{ vector: undefined }, 'BAD_REQUEST'],
			[{ model: undefined }, 'BAD_REQUEST'],
			[{ like: 'a' }, 'BAD_REQUEST'],
			[{ vector: undefined, model: undefined, like: 'nobody' }, 'IMAGE_NOT_FOUND'],
			[{ vector: undefined, model: undefined, like: 'words only' }, 'VECTOR_NOT_FOUND'],
			[{ vector: base64(vectors[0]!.slice(1)) }, 'VECTOR_LENGTH'],
			[{ vector: [1, 2] }, 'VECTOR_LENGTH'],
			[{ vector: [Number.NaN, ...vectors[0]!.slice(1)] }, 'BAD_VECTOR'],
			[{ vector: Array<number>(DIMENSION).fill(0) }, 'BAD_VECTOR'],
			[{ vector: 'not base64!' }, 'BAD_VECTOR'],
			[{ vector: 'AAAAA' }, 'BAD_VECTOR'],
			[{ model: 'other@1' }, 'MODEL_MISMATCH'],
		] as const) {
			await assert.rejects(
				client.nearest('still', { ...query, ...change } as NearestRequest),
				{ code },
				JSON.stringify(change),
			);
		}
		await assert.rejects(client.nearest('nowhere', query), { code: 'INDEX_NOT_FOUND' });
	});
});
