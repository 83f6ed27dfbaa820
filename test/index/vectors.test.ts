import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { StoredVector } from '../../engine/index/vector-index';
import { PhotoReader } from '../../engine/index/catalogue/photo-reader';
import { VectorChannel } from '../../engine/index/vectors/vector-channel';
import {
	bruteForce,
	clusteredVectors,
	image,
	openIndex,
	photoOf,
	text,
	upsertAll,
} from './support';

const BAD: Record<string, [StoredVector, string]> = {
	'of another length': [image(1, 2), 'VECTOR_LENGTH'],
	empty: [image(), 'VECTOR_LENGTH'],
	'with NaN': [image(1, NaN, 0), 'BAD_VECTOR'],
	'with Infinity': [image(1, Infinity, 0), 'BAD_VECTOR'],
	'of zeros': [image(0, 0, 0), 'BAD_VECTOR'],
	'of another model': [{ vector: Float32Array.of(1, 0, 0), model: 'other' }, 'MODEL_MISMATCH'],
	'of no model': [{ vector: Float32Array.of(1, 0, 0), model: '' }, 'BAD_VECTOR'],
};
for (const [name, [bad, code]] of Object.entries(BAD)) {
	test(`a vector ${name} keeps only its own item out`, async (t) => {
		const { index } = await openIndex(t);
		await index.upsert([{ id: 'first', image: image(1, 0, 0) }]);
		const [refused, good] = await index.upsert([
			{ id: 'bad', title: 'not stored either', image: bad },
			{ id: 'good', image: image(0, 1, 0) },
		]);
		assert.equal((refused as { code?: string }).code, code);
		assert.equal(good, 'created');
		assert.deepEqual(await index.ids({}), ['first', 'good']);
		await assert.rejects(index.searchVector('image', bad, 5), { code });
	});
}

test('an index without room says so before it stores, or the database would hold what no search finds', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'first', image: image(1, 0), text: text(1, 0), title: 'one' }]);
	await index.upsert([{ id: 'owes', title: 'two' }]);
	const [owed] = await index.owedTexts(1);
	let room = 1;
	t.mock.getter(VectorChannel.prototype, 'room', () => room);
	const two = ['second', 'third'].map((id) => ({ id, image: image(0, 1) }));
	await assert.rejects(index.upsert(two), { code: 'INDEX_FULL' });
	assert.equal(await index.count(), 2);
	assert.deepEqual(await index.upsert([two[0]!, { id: 'bare' }]), ['created', 'created']);

	room = 0;
	await assert.rejects(index.payTexts([{ ...owed!, text: text(0, 1) }]), { code: 'INDEX_FULL' });
	assert.deepEqual(await index.delete(['first']), ['first']);
	// A generation that is not searched takes no memory.
	const model = 'vision@2';
	await index.beginGeneration('image', { model, dimension: 2, activateWhenComplete: false });
	const beside = { id: 'second', image: { ...image(1, 1), model } };
	assert.deepEqual(await index.upsert([beside]), ['updated']);
});

test('a mismatch names both models and the way out', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', image: image(1, 0) }]);
	const [error] = await index.upsert([
		{ id: 'b', image: { vector: Float32Array.of(1, 0), model: 'b@2' } },
	]);
	assert.match(String(error), /"vision@1".*"b@2".*another index/);
});

test('the first vector of a batch fixes the model for the rest of it', async (t) => {
	const { index } = await openIndex(t);
	const [first, second] = await index.upsert([
		{ id: 'a', image: image(1, 0) },
		{ id: 'b', image: { vector: Float32Array.of(1, 0), model: 'other' } },
	]);
	assert.equal(first, 'created');
	assert.equal((second as { code?: string }).code, 'MODEL_MISMATCH');
});

test('when the last vector of a kind is gone, another model and length may follow', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', image: image(1, 0), text: text(1, 0) }]);
	await index.delete(['a']);
	const other = { vector: Float32Array.of(0, 0, 1), model: 'other' };
	assert.deepEqual(await index.upsert([{ id: 'b', image: other }]), ['created']);
	const { hits } = await index.searchVector('image', other, 5);
	assert.deepEqual(hits, [{ id: 'b', score: 1 }]);
	const stats = await index.stats();
	assert.deepEqual(
		[stats.image.model, stats.image.dimension, stats.text.model],
		['other', 3, null],
	);
});

test('vectors of any length are stored at unit length', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', image: image(30, 40) }]);
	const stored = (await index.vector('a', 'image'))!;
	assert.deepEqual(stored, image(0.6, 0.8));
});

test('a unit vector comes back bit for bit', async (t) => {
	const { index } = await openIndex(t);
	const [vector] = clusteredVectors(1, 768);
	await index.upsert([photoOf(0, vector!)]);
	assert.deepEqual((await index.vector(photoOf(0, vector!).id, 'image'))?.vector, vector);
});

// 12,000 × 768 is beyond what is scanned in place: threads answer.
for (const [where, count] of [
	['in place', 500],
	['on several threads', 12_000],
] as const) {
	test(`a flat search agrees with brute force (${where})`, async (t) => {
		const { index } = await openIndex(t, { type: { type: 'flat' } });
		const photos = clusteredVectors(count, 768).map((vector, i) => photoOf(i, vector));
		await upsertAll(index, photos);
		for (const vector of clusteredVectors(5, 768, { seed: 2 })) {
			const query = { vector, model: 'vision@1' };
			const { hits, background } = await index.searchVector('image', query, 25);
			assert.deepEqual(
				hits.map(({ id }) => id),
				bruteForce(photos, vector, 25),
			);
			const cosines = await index.scoreVector(
				'image',
				query,
				photos.map(({ id }) => id),
			);
			for (const { id, score } of hits) assert.equal(cosines.get(id), score);
			const rough = await index.scoreVector('image', query, [...cosines.keys()], { rough: true });
			assert.equal(rough.size, count);
			for (const [id, score] of rough) assert.ok(Math.abs(score - cosines.get(id)!) < 0.003);
			const values = [...cosines.values()];
			const mean = values.reduce((sum, value) => sum + value, 0) / count;
			const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
			// Of a sample, by its codes.
			assert.equal(background.count, Math.min(count, 512));
			assert.ok(Math.abs(background.mean - mean) < 0.03);
			assert.ok(Math.abs(background.std - std) < 0.03);
		}
	});
}

test('equal pictures come in the order of their ids, also across the cut', async (t) => {
	const { index } = await openIndex(t);
	const ids = ['d', 'b', 'é', 'a', '🌄', 'c'];
	await index.upsert(ids.map((id) => ({ id, image: image(1, 1) })));
	const top = async (k: number) =>
		(await index.searchVector('image', image(1, 0), k)).hits.map(({ id }) => id);
	assert.deepEqual(await top(3), ['a', 'b', 'c']);
	assert.deepEqual(await top(6), ['a', 'b', 'c', 'd', 'é', '🌄']);
});

test('asking for more than there is, or for nothing, is no error', async (t) => {
	const { index } = await openIndex(t);
	assert.deepEqual(await index.searchVector('image', image(1, 0), 5), {
		hits: [],
		background: { mean: 0, std: 0, count: 0, sample: new Float32Array(0) },
		vectors: 0,
	});
	await index.upsert([{ id: 'a', image: image(1, 0) }]);
	assert.equal((await index.searchVector('image', image(1, 0), 1000)).hits.length, 1);
	assert.equal((await index.searchVector('image', image(1, 0), 0)).hits.length, 0);
	for (const rough of [false, true]) {
		const scores = await index.scoreVector('image', image(1, 0), ['a', 'unknown'], { rough });
		assert.equal(scores.size, 1);
		assert.equal((await index.scoreVector('image', image(1, 0), [], { rough })).size, 0);
	}
});

test('searches while photos are written and deleted never show a half-written one', async (t) => {
	const { index } = await openIndex(t, { type: { type: 'flat' } });
	const vectors = clusteredVectors(2_500, 768);
	await upsertAll(
		index,
		vectors.map((vector, i) => photoOf(i, vector)),
	);
	const query = { vector: vectors[0]!, model: 'vision@1' };
	const searches: Promise<void>[] = [];
	for (let i = 0; i < 40; i++) {
		searches.push(
			index.searchVector('image', query, 20).then(({ hits }) => {
				assert.equal(hits.length, 20);
				for (const { score } of hits) assert.ok(score > 0 && score <= 1.0001);
			}),
		);
		const at = 100 + i * 50;
		await index.upsert(vectors.slice(at, at + 20).map((vector, j) => photoOf(at + j, vector)));
		await index.delete([photoOf(at + 30, vectors[0]!).id]);
	}
	await Promise.all(searches);
});

test('many replacements do not make the index grow or lose photos', async (t) => {
	const { index } = await openIndex(t, { type: { type: 'flat' } });
	const vectors = clusteredVectors(600, 32);
	for (let round = 0; round < 8; round++) {
		await upsertAll(
			index,
			vectors.map((vector, i) => photoOf(i, vector)),
		);
	}
	const { hits } = await index.searchVector(
		'image',
		{ vector: vectors[7]!, model: 'vision@1' },
		600,
	);
	assert.equal(new Set(hits.map(({ id }) => id)).size, 600);
});

test('damaged vectors are left out and reported, and the rest is found', async (t) => {
	const first = await openIndex(t);
	await first.index.upsert(['a', 'b', 'c'].map((id, i) => ({ id, image: image(1, i) })));
	await first.store.close();
	const db = new DatabaseSync(join(first.dataDir, 'indexes', 'photos', 'photos.db'));
	db.exec("UPDATE vectors SET vector = x'00' WHERE seq = 1");
	db.exec("UPDATE vectors SET vector = x'0000c07f0000803f' WHERE seq = 2");
	db.close();
	const { index, warnings } = await openIndex(t, { dataDir: first.dataDir });
	const { hits } = await index.searchVector('image', image(1, 0), 5);
	assert.deepEqual(
		hits.map(({ id }) => id),
		['c'],
	);
	assert.match(warnings.join(), /2 stored vectors are damaged/);
});

test('photos that are deleted between two reads of a search leave their places to others, or a page looks like the last one', async (t) => {
	const { index } = await openIndex(t);
	const photos = clusteredVectors(30, 16).map((vector, i) => photoOf(i, vector));
	await upsertAll(index, photos);
	const query = photos[0]!.image!;
	const expected = bruteForce(photos, query.vector, 11);
	const { hits } = PhotoReader.prototype;
	t.mock.method(PhotoReader.prototype, 'hits', hits).mock.mockImplementationOnce(function (
		this: PhotoReader,
		scored: Parameters<PhotoReader['hits']>[0],
	) {
		const [gone, ...rest] = hits.call(this, scored);
		void index.delete([gone!.id]);
		return rest;
	});
	const found = await index.searchVector('image', query, 10);
	assert.equal(found.hits.length, 10);
	assert.ok(found.hits.every(({ id }) => expected.includes(id)));
});
