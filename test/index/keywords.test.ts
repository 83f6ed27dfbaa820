import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileNameWords } from '../../engine/index/catalogue/searchable-text';
import type { VectorIndex } from '../../engine/index/vector-index';
import { openIndex } from './support';

async function found(index: VectorIndex, ...words: string[]): Promise<string[]> {
	return (await index.searchKeywords(words, 10)).map(({ id }) => id);
}

const HOSTILE = [
	...['"', '""', '*', 'NEAR(', 'NEAR(a b)', '"x" OR "y', 'a AND', 'NOT', '-', ':', 'title:', '^a'],
	...['(', ')', '{title}', '\0', 'a\0"', '\ud800', ';DROP TABLE photos', '%', '\\', '+', ''],
];
for (const word of HOSTILE) {
	test(`the word ${JSON.stringify(word)} is text, not syntax`, async (t) => {
		const { index } = await openIndex(t);
		await index.upsert([{ id: 'cat', title: 'a cat' }]);
		for (const match of ['any', 'all'] as const) {
			for (const prefixLast of [false, true]) {
				await index.searchKeywords([word], 10, { match, prefixLast });
				const hits = await index.searchKeywords(['cat', word], 10, { match: 'any', prefixLast });
				assert.equal(hits.length, 1);
			}
		}
	});
}

test('a very long query is no error', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', title: 'w0' }]);
	const words = Array.from({ length: 2_000 }, (_, i) => `w${i}`);
	assert.equal((await index.searchKeywords(words, 10)).length, 1);
});

test('accents and case do not matter', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', people: ['José Müller'] }]);
	assert.deepEqual(await found(index, 'JOSE'), ['a']);
	assert.deepEqual(await found(index, 'muller'), ['a']);
});

test('every field is found, people and tags before title before description before file name', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'by-file', s3_path: 's3://b/x/robin.jpg' },
		{ id: 'by-description', description: 'robin' },
		{ id: 'by-title', title: 'robin' },
		{ id: 'by-tag', tags: ['robin'] },
		{ id: 'by-person', people: ['robin'] },
		...Array.from({ length: 20 }, (_, i) => ({ id: `other-${i}`, title: 'something else' })),
	]);
	assert.deepEqual(await found(index, 'robin'), [
		...['by-person', 'by-tag', 'by-title', 'by-description', 'by-file'],
	]);
});

test('all words, any word, and the beginning of the last one', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'both', title: 'red car' },
		{ id: 'one', title: 'red house' },
	]);
	const ids = async (words: string[], options: object) =>
		(await index.searchKeywords(words, 10, options)).map(({ id }) => id).sort();
	assert.deepEqual(await ids(['red', 'car'], { match: 'all' }), ['both']);
	assert.deepEqual(await ids(['red', 'car'], { match: 'any' }), ['both', 'one']);
	assert.deepEqual(await ids(['red', 'hou'], { match: 'all', prefixLast: true }), ['one']);
	assert.deepEqual(await ids(['red', 'hou'], { match: 'all' }), []);
});

test('a photo is no longer found by words it lost', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', title: 'cat' }]);
	await index.upsert([{ id: 'a', title: 'dog' }]);
	assert.deepEqual(await found(index, 'cat'), []);
	assert.deepEqual(await found(index, 'dog'), ['a']);
});

test('keyword hits respect the filter, and ties come by id', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert(['c', 'a', 'b'].map((id) => ({ id, s3_path: `s3://${id}/x`, title: 'cat' })));
	assert.deepEqual(await found(index, 'cat'), ['a', 'b', 'c']);
	const hits = await index.searchKeywords(['cat'], 10, { filter: { bucket: 'b' } });
	assert.deepEqual(
		hits.map(({ id }) => id),
		['b'],
	);
});

test('file names fall apart into words', () => {
	assert.equal(fileNameWords('2024/IMG_2034-BeachSunset.final.JPG'), 'IMG 2034 Beach Sunset final');
	assert.equal(fileNameWords('dir.v2/oma+opa2019'), 'oma opa 2019');
	assert.equal(fileNameWords('日本.jpg'), '日本');
});
