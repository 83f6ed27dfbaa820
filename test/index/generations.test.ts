import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredVector, VectorIndex, WholePhoto } from '../../engine/index/vector-index';
import { until } from '../harness/until';
import { image, OF_INDEX, openIndex, text } from './support';

const NEW = { model: 'vision@2', dimension: 3, activateWhenComplete: false };

function newer(...values: number[]): StoredVector {
	return { vector: Float32Array.from(values), model: 'vision@2' };
}

async function top(index: VectorIndex, query: StoredVector): Promise<string | undefined> {
	return (await index.searchVector('image', query, 1)).hits[0]?.id;
}

async function wholePhotos(index: VectorIndex): Promise<WholePhoto[]> {
	const photos: WholePhoto[] = [];
	for await (const photo of index.photos()) photos.push(photo);
	return photos;
}

test('a new model is filled beside the old one, which answers until the switch', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'a', image: image(1, 0) },
		{ id: 'b', image: image(0, 1) },
	]);
	const begun = await index.beginGeneration('image', NEW);
	assert.deepEqual(
		[begun.state, begun.vectors, begun.missing, begun.dimension],
		['building', 0, 2, 3],
	);
	await index.upsert([{ id: 'a', image: newer(0, 0, 1) }]);
	assert.deepEqual(await index.vector('a', 'image'), image(1, 0), 'the old vector stays');
	assert.equal(await top(index, image(1, 0)), 'a');
	await assert.rejects(index.searchVector('image', newer(1, 0, 0), 1), { code: 'MODEL_MISMATCH' });
	await assert.rejects(index.activateGeneration('image', 'vision@2'), {
		code: 'GENERATION_INCOMPLETE',
		message: /^1 photos/,
	});
	await index.upsert([{ id: 'b', image: newer(0, 1, 0) }]);
	const active = await index.activateGeneration('image', 'vision@2');
	assert.deepEqual([active.state, active.vectors, active.missing], ['active', 2, 0]);
	assert.equal(index.model('image'), 'vision@2');
	assert.equal(await top(index, newer(0, 0, 1)), 'a');
	const states = (await index.generations()).map(({ model, state }) => [model, state]);
	assert.deepEqual(states, [
		['vision@1', 'retired'],
		['vision@2', 'active'],
	]);
	assert.deepEqual((await index.verify()).findings, []);
});

test('the write that completes a generation switches to it, if that was asked for', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'a', image: image(1, 0) },
		{ id: 'b', image: image(0, 1) },
	]);
	await index.beginGeneration('image', { ...NEW, activateWhenComplete: true });
	await index.upsert([{ id: 'a', image: newer(0, 0, 1) }]);
	assert.equal(index.model('image'), 'vision@1');
	await index.upsert([{ id: 'b', image: newer(0, 1, 0) }]);
	await until('the switch', () => index.model('image') === 'vision@2', OF_INDEX);
	assert.equal(await top(index, newer(0, 1, 0)), 'b');
});

test('a deletion that leaves nothing missing completes a generation, too', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'a', image: image(1, 0) },
		{ id: 'b', image: image(0, 1) },
	]);
	await index.beginGeneration('image', { ...NEW, activateWhenComplete: true });
	await index.upsert([{ id: 'a', image: newer(0, 0, 1) }]);
	await index.delete(['b']);
	await until('the switch', () => index.model('image') === 'vision@2', OF_INDEX);
});

test('going back is possible while the old vectors are there, and then they can be dropped', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', image: image(1, 0) }]);
	await index.beginGeneration('image', NEW);
	await index.upsert([{ id: 'a', image: newer(0, 0, 1) }]);
	await index.activateGeneration('image', 'vision@2');
	await index.activateGeneration('image', 'vision@1');
	assert.equal(await top(index, image(1, 0)), 'a');
	await assert.rejects(index.dropGeneration('image', 'vision@1'), { code: 'GENERATION_IN_USE' });
	await index.dropGeneration('image', 'vision@2');
	await assert.rejects(index.dropGeneration('image', 'vision@2'), { code: 'GENERATION_NOT_FOUND' });
	await assert.rejects(index.activateGeneration('image', 'x'), { code: 'GENERATION_NOT_FOUND' });
	const [refused] = await index.upsert([{ id: 'b', image: newer(0, 0, 1) }]);
	assert.equal((refused as { code?: string }).code, 'MODEL_MISMATCH');
	assert.match(String(refused), /begin a generation of "vision@2"/);
	assert.deepEqual((await index.verify()).findings, []);
});

test('a generation is begun only once, and of a model and a dimension', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', image: image(1, 0) }]);
	await index.beginGeneration('image', NEW);
	for (const model of ['vision@1', 'vision@2']) {
		await assert.rejects(index.beginGeneration('image', { ...NEW, model }), {
			code: 'GENERATION_EXISTS',
		});
	}
	for (const wrong of [{ model: '' }, { dimension: 0 }, { dimension: 1.5 }]) {
		await assert.rejects(index.beginGeneration('image', { ...NEW, ...wrong }), {
			code: 'BAD_REQUEST',
		});
	}
});

test('a generation begun in an empty index is the one that is searched', async (t) => {
	const { index } = await openIndex(t);
	assert.equal((await index.beginGeneration('image', NEW)).state, 'active');
	const [refused] = await index.upsert([{ id: 'a', image: image(1, 0) }]);
	assert.equal((refused as { code?: string }).code, 'MODEL_MISMATCH');
	await index.upsert([{ id: 'b', image: newer(0, 0, 1) }]);
	assert.equal(await top(index, newer(0, 0, 1)), 'b');
});

test('a new file under an old id is not found by the old one’s vector of another model', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', etag: '"1"', image: image(1, 0) }]);
	await index.beginGeneration('image', NEW);
	await index.upsert([{ id: 'a', image: newer(0, 0, 1) }]);
	await index.upsert([{ id: 'a', etag: '"2"', image: newer(0, 1, 0) }]);
	assert.equal(await index.vector('a', 'image'), undefined);
	assert.equal((await index.searchVector('image', image(1, 0), 5)).hits.length, 0);
	const [whole] = await wholePhotos(index);
	assert.deepEqual(whole?.image_vectors, [newer(0, 1, 0)]);
	assert.deepEqual((await index.verify()).findings, []);
});

test('changed words drop the text vectors of every model', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', title: 'cat', text: text(1, 0) }]);
	await index.beginGeneration('text', { ...NEW, model: 'words@2' });
	const other = { vector: Float32Array.of(0, 0, 1), model: 'words@2' };
	await index.upsert([{ id: 'a', text: other }]);
	assert.deepEqual(await index.vector('a', 'text'), text(1, 0), 'the words are the same');
	await index.upsert([{ id: 'a', title: 'dog' }]);
	assert.deepEqual((await wholePhotos(index))[0]?.text_vectors, []);
	assert.equal((await index.get('a'))?.text_owed, true);
});

test('texts are owed to the generation that is active, also after a switch', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'a', title: 'cat', text: text(1, 0) },
		{ id: 'b', title: 'dog', text: text(0, 1) },
		{ id: 'c' },
	]);
	await index.beginGeneration('text', { ...NEW, model: 'words@2' });
	const other = { vector: Float32Array.of(0, 0, 1), model: 'words@2' };
	await index.upsert([{ id: 'a', text: other }]);
	await index.activateGeneration('text', 'words@2', { incomplete: true });
	const owed = await index.owedTexts(10);
	assert.deepEqual(
		owed.map(({ id }) => id),
		['b'],
	);
	const payment = { id: 'b', revision: owed[0]!.revision };
	await assert.rejects(index.payTexts([{ ...payment, text: text(0, 1) }]), {
		code: 'MODEL_MISMATCH',
	});
	assert.equal(await index.payTexts([{ ...payment, text: other }]), 1);
	await index.activateGeneration('text', 'words@1');
	assert.equal((await index.stats()).textOwed, 0);
});

test('every photo is read with its vectors, the active one first', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert(
		Array.from({ length: 230 }, (_, i) => ({ id: `p${String(i).padStart(3, '0')}`, tags: ['x'] })),
	);
	await index.upsert([{ id: 'p100', title: 'cat', image: image(1, 0), text: text(0, 1) }]);
	await index.beginGeneration('image', NEW);
	await index.upsert([{ id: 'p100', image: newer(0, 0, 1) }]);
	const all = await wholePhotos(index);
	assert.deepEqual(
		all.map(({ id }) => id),
		await index.ids({}),
	);
	assert.deepEqual(all[100]?.image_vectors, [image(1, 0), newer(0, 0, 1)]);
	assert.deepEqual(all[100]?.text_vectors, [text(0, 1)]);
	await index.activateGeneration('image', 'vision@2', { incomplete: true });
	assert.deepEqual((await wholePhotos(index))[100]?.image_vectors, [newer(0, 0, 1), image(1, 0)]);
});

test('photos written while a generation is being loaded are found in it', async (t) => {
	const { index } = await openIndex(t, { type: { type: 'flat' } });
	const photos = Array.from({ length: 5_000 }, (_, i) => ({ id: `p${i}`, image: image(1, i) }));
	await index.upsert(photos);
	await index.beginGeneration('image', NEW);
	await index.upsert(photos.map(({ id }, i) => ({ id, image: newer(1, i, 0) })));
	const activated = index.activateGeneration('image', 'vision@2');
	const writes: Promise<unknown>[] = [];
	for (let i = 0; i < 20; i++) {
		await new Promise((resolve) => setImmediate(resolve));
		writes.push(index.upsert([{ id: `new${i}`, image: newer(0, i, 1) }]));
		writes.push(index.delete([`p${i}`]));
	}
	await Promise.all([activated, ...writes]);
	const { hits } = await index.searchVector('image', newer(0, 0, 1), 6_000);
	const found = new Set(hits.map(({ id }) => id));
	assert.equal(found.size, 5_000);
	for (let i = 0; i < 20; i++) assert.ok(found.has(`new${i}`) && !found.has(`p${i}`));
});

test('a switch beside verify is no finding, or whoever reads it restores a backup for nothing', async (t) => {
	const { index } = await openIndex(t);
	const ids = Array.from({ length: 12_000 }, (_, i) => `photo ${i}`);
	await index.beginGeneration('image', { ...NEW, model: 'vision@1', dimension: 2 });
	await index.beginGeneration('image', NEW);
	await index.upsert(ids.map((id, i) => ({ id, image: image(1, i) })));
	await index.upsert(ids.map((id, i) => ({ id, image: newer(1, i, 0) })));
	for (let round = 0; round < 8; round++) {
		let isDone = false;
		const verified = index.verify().finally(() => (isDone = true));
		while (!isDone) {
			const model = index.model('image') === NEW.model ? 'vision@1' : NEW.model;
			await index.activateGeneration('image', model);
			await index.delete(ids.splice(-5));
			// So that it now falls into the comparison, now before it.
			await sleep(5 * (round % 4));
		}
		assert.deepEqual((await verified).findings, []);
	}
});

test('generations, their counters and what is missing survive a restart', async (t) => {
	const first = await openIndex(t);
	await first.index.upsert([
		{ id: 'a', image: image(1, 0) },
		{ id: 'b', image: image(0, 1) },
	]);
	await first.index.beginGeneration('image', NEW);
	await first.index.upsert([{ id: 'a', image: newer(0, 0, 1) }]);
	const before = await first.index.generations();
	await first.store.close();
	const { index } = await openIndex(t, { dataDir: first.dataDir });
	assert.deepEqual(await index.generations(), before);
	assert.equal(before[1]?.missing, 1);
});
