import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createIndexStore } from '../../engine/index/index-store';
import { asTyped } from '../words/as-typed';
import { clusteredVectors, image, openIndex, photoOf, text } from './support';

/** Whoever was sent a message last; in this file only the writer is. */
function workerSpy(t: TestContext): () => Worker {
	const { mock } = t.mock.method(Worker.prototype, 'postMessage');
	return () => mock.calls.at(-1)!.this as Worker;
}

test('a write that resolved is seen by every read that follows, or users miss what they stored', async (t) => {
	const { index } = await openIndex(t);
	for (let i = 0; i < 50; i++) {
		const id = `p${i}`;
		await index.upsert([{ id, title: `word${i}`, image: image(1, i), text: text(i, 1) }]);
		assert.equal((await index.get(id))?.title, `word${i}`);
		assert.equal((await index.searchKeywords([asTyped(`word${i}`)], 1))[0]?.id, id);
		assert.equal((await index.searchVector('image', image(1, i), 1)).hits[0]?.id, id);
	}
});

test('writes that are not waited for happen in their order', async (t) => {
	const { index } = await openIndex(t);
	const writes: Promise<unknown>[] = [];
	for (let i = 0; i < 100; i++) {
		writes.push(index.upsert([{ id: 'a', title: `t${i}`, image: image(1, i) }]));
		if (i % 3 === 0) writes.push(index.delete(['a']));
	}
	await Promise.all(writes);
	// 99 is a multiple of three: the last thing was a deletion.
	assert.equal(await index.get('a'), undefined);
	assert.deepEqual((await index.searchVector('image', image(1, 0), 5)).hits, []);
	await Promise.all([index.delete(['a']), index.upsert([{ id: 'a', image: image(0, 1) }])]);
	const { hits } = await index.searchVector('image', image(0, 1), 5);
	assert.deepEqual(hits, [{ id: 'a', score: 1 }]);
});

test('the caller’s arrays stay the caller’s, and what it does to them once it was answered is not stored', async (t) => {
	const { index } = await openIndex(t);
	const vector = Float32Array.of(1, 0);
	await index.upsert([{ id: 'a', image: { vector, model: 'vision@1' } }]);
	vector[0] = 0;
	vector[1] = 1;
	assert.deepEqual(await index.vector('a', 'image'), image(1, 0));
	const { hits } = await index.searchVector('image', image(1, 0), 1);
	assert.equal(hits[0]?.score, 1);
});

test('writes take effect in the order of the calls, however long it takes to look at each, or a deleted photo comes back', async (t) => {
	const { index } = await openIndex(t);
	const many = clusteredVectors(300, 64).map((vector, i) => photoOf(i, vector));
	const ids = many.map(({ id }) => id);
	const stored = index.upsert(many);
	const deleted = index.delete(ids);
	const again = index.upsert(many.slice(0, 1));
	assert.equal(
		(await stored).every((answer) => answer === 'created'),
		true,
	);
	assert.equal((await deleted).length, 300);
	assert.deepEqual(await again, ['created']);
	assert.equal(await index.count(), 1);
	assert.deepEqual((await index.verify()).findings, []);
});

test('a writing thread that dies under load is replaced, and searches say what the database says', async (t) => {
	const thread = workerSpy(t);
	const { index } = await openIndex(t, { type: { type: 'flat' } });
	const photos = clusteredVectors(600, 64).map((vector, i) => photoOf(i, vector));
	await index.upsert(photos.slice(0, 100));
	const writes = [1, 2, 3, 4, 5].map((n) => index.upsert(photos.slice(n * 100, n * 100 + 100)));
	const inDoubt = Promise.allSettled(writes);
	await setImmediate();
	await thread().terminate();
	for (const result of await inDoubt) {
		if (result.status === 'fulfilled') continue;
		assert.equal((result.reason as { code?: string }).code, 'RUNTIME_UNAVAILABLE');
	}
	const stored = new Set(await index.ids({}));
	assert.ok(stored.size >= 100);
	const { hits } = await index.searchVector('image', photos[0]!.image!, 1_000);
	assert.deepEqual(new Set(hits.map(({ id }) => id)), stored);
	assert.deepEqual(await index.delete([photos[0]!.id]), [photos[0]!.id]);
	const after = await index.searchVector('image', photos[0]!.image!, 1_000);
	assert.equal(after.hits.length, stored.size - 1);
	assert.deepEqual((await index.verify()).findings, []);
});

test('a second store over one folder is refused until the first is closed, or neither would see what the other writes', async (t) => {
	const { dataDir, store } = await openIndex(t);
	const second = createIndexStore({ dataDir });
	t.after(() => second.close());
	const open = () => second.open('photos', { create: false });
	await assert.rejects(open, { code: 'INDEX_IN_USE', message: /Another process has the index/ });
	await store.close();
	await (await open()).upsert([{ id: 'a' }]);
});
