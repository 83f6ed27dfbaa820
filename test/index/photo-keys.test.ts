import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asTyped } from '../words/as-typed';
import { image, openIndex, upsertAll } from './support';

test('a photo that was deleted and stored again is found by what it is now, not by what was remembered', async (t) => {
	const { index } = await openIndex(t);
	const query = image(1, 0);
	const ask = async () => ({
		scores: [...(await index.scoreVector('image', query, ['a', 'b']))],
		words: [...(await index.matchKeywords([asTyped('boat')], ['a', 'b']))],
	});
	await upsertAll(index, [{ id: 'a', title: 'boat', image: image(1, 0) }]);
	const before = await ask();
	assert.deepEqual(before, { scores: [['a', 1]], words: [['a', 1]] });
	assert.deepEqual(await ask(), before);

	await index.delete(['a']);
	assert.deepEqual(await ask(), { scores: [], words: [] });

	// Another photo takes the key that the first one had.
	await upsertAll(index, [{ id: 'b', title: 'boat', image: image(0, 1) }]);
	assert.deepEqual(await ask(), { scores: [['b', 0]], words: [['b', 1]] });
	await upsertAll(index, [{ id: 'a', title: 'boat', image: image(1, 0) }]);
	const after = await ask();
	assert.deepEqual(
		new Map(after.scores),
		new Map([
			['a', 1],
			['b', 0],
		]),
	);
	assert.deepEqual(
		new Map(after.words),
		new Map([
			['a', 1],
			['b', 1],
		]),
	);
});

test('words are counted anew after a write', async (t) => {
	const { index } = await openIndex(t);
	const count = async () => [...(await index.countWords(['boat', 'a boat'])).values()];
	await upsertAll(index, [{ id: 'a', title: 'a boat' }]);
	assert.deepEqual(await count(), [1, 1]);
	assert.deepEqual(await count(), [1, 1]);
	await upsertAll(index, [{ id: 'b', title: 'boat' }]);
	assert.deepEqual(await count(), [2, 1]);
	await index.delete(['a']);
	assert.deepEqual(await count(), [1, 0]);
});

test('of many photos that share the last place the first by id come, however few are asked for', async (t) => {
	const { index } = await openIndex(t);
	const ids = Array.from({ length: 300 }, (_, i) => `p${String(i).padStart(3, '0')}`);
	// Stored backwards, so that the order of keys is not the order of ids.
	await upsertAll(
		index,
		ids.toReversed().map((id) => ({ id, title: 'boat' })),
	);
	await upsertAll(index, [{ id: 'z', title: 'boat', tags: ['boat'] }]);
	for (const k of [1, 5, 150, 250, 1_000]) {
		const hits = await index.searchKeywords([asTyped('boat')], k);
		assert.deepEqual(
			hits.map(({ id }) => id),
			['z', ...ids].slice(0, k),
			`the first ${k}`,
		);
	}
});
