import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchableText } from '../../engine/index/catalogue/searchable-text';
import { openIndex, text } from './support';

test('what is owed is handed out, paid once, and then found', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', title: 'Cake', tags: ['garden'] }]);
	assert.equal((await index.stats()).textOwed, 1);
	const [debt] = await index.owedTexts(10);
	assert.deepEqual(debt, { id: 'a', text: 'Cake. Tags: garden.', revision: 1 });
	const payment = { id: 'a', revision: debt!.revision, text: text(1, 0) };
	assert.equal(await index.payTexts([payment]), 1);
	assert.equal(await index.payTexts([payment]), 0);
	assert.deepEqual(await index.owedTexts(10), []);
	const stored = (await index.get('a'))!;
	assert.deepEqual([stored.has_text_vector, stored.text_owed], [true, false]);
	assert.equal((await index.searchVector('text', text(1, 0), 5)).hits.length, 1);
});

test('a photo whose words changed meanwhile is not paid with the vector of the old ones', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', title: 'cat' }]);
	const [debt] = await index.owedTexts(10);
	await index.upsert([{ id: 'a', title: 'dog' }]);
	assert.equal(await index.payTexts([{ ...debt!, text: text(1, 0) }]), 0);
	const [newDebt] = await index.owedTexts(10);
	assert.equal(newDebt?.text, 'dog.');
	assert.equal((await index.get('a'))?.has_text_vector, false);
});

test('a change that leaves the words alone does not spoil a payment', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', title: 'cat' }]);
	const [debt] = await index.owedTexts(10);
	await index.upsert([{ id: 'a', etag: '"2"' }]);
	assert.equal(await index.payTexts([{ ...debt!, text: text(1, 0) }]), 1);
});

test('a photo deleted meanwhile takes its debt along', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', title: 'cat' }]);
	const [debt] = await index.owedTexts(10);
	await index.delete(['a']);
	assert.equal(await index.payTexts([{ ...debt!, text: text(1, 0) }]), 0);
	assert.equal((await index.stats()).textOwed, 0);
});

test('new words without a new vector drop the old vector and owe a new one', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', title: 'cat', text: text(1, 0) }]);
	await index.upsert([{ id: 'a', title: 'dog' }]);
	const stored = (await index.get('a'))!;
	assert.deepEqual([stored.has_text_vector, stored.text_owed], [false, true]);
	assert.equal((await index.searchVector('text', text(1, 0), 5)).hits.length, 0);
});

test('the oldest debt comes first, also after a restart', async (t) => {
	const first = await openIndex(t);
	for (const id of ['c', 'a', 'b']) {
		await first.index.upsert([{ id, title: id }]);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	await first.index.upsert([{ id: 'c', title: 'changed' }]);
	await first.store.close();
	const { index } = await openIndex(t, { dataDir: first.dataDir });
	assert.deepEqual(
		(await index.owedTexts(2)).map(({ id }) => id),
		['c', 'a'],
	);
});

test('a photo without words owes nothing', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a' }, { id: 'b', title: 'x' }]);
	await index.upsert([{ id: 'b', title: null }]);
	assert.equal((await index.stats()).textOwed, 0);
});

test('a payment of another model is refused as a whole', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'a', title: 'a', text: text(1, 0) },
		{ id: 'b', title: 'b' },
	]);
	const other = { vector: Float32Array.of(1, 0), model: 'other' };
	const payment = { id: 'b', revision: 1, text: other };
	await assert.rejects(index.payTexts([payment]), { code: 'MODEL_MISMATCH' });
	assert.equal((await index.stats()).textOwed, 1);
});

test('the words read as prose', () => {
	assert.equal(
		searchableText({
			title: 'Party!',
			description: ' Cake on\na table',
			tags: ['a', ' '],
			people: ['Pat', 'Jack'],
		}),
		'Party! Cake on a table. Tags: a. People: Pat, Jack.',
	);
	assert.equal(searchableText({ title: '', tags: [], people: null }), '');
});
