import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileNameWords } from '../../engine/index/catalogue/searchable-text';
import type { VectorIndex, Wording } from '../../engine/index/vector-index';
import { asTyped } from '../../engine/words/wording';
import { openIndex } from './support';

async function found(index: VectorIndex, ...words: string[]): Promise<string[]> {
	return (await index.searchKeywords(words.map(asTyped), 10)).map(({ id }) => id);
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
			for (const prefix of [false, true]) {
				const hostile = { word, forms: [{ text: word, prefix, closeness: 1 }] };
				await index.searchKeywords([hostile], 10, { match });
				await index.matchKeywords([hostile], ['cat']);
				const hits = await index.searchKeywords([asTyped('cat'), hostile], 10);
				assert.equal(hits.length, 1);
			}
		}
	});
}

test('a very long query is no error', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', title: 'w0' }]);
	const words = Array.from({ length: 2_000 }, (_, i) => `w${i}`);
	assert.equal((await index.searchKeywords(words.map(asTyped), 10)).length, 1);
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

test('all words, any word, and the beginning of a word', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'both', title: 'red car' },
		{ id: 'one', title: 'red house' },
	]);
	const ids = async (words: Wording[], match: 'any' | 'all') =>
		(await index.searchKeywords(words, 10, { match })).map(({ id }) => id).sort();
	const [red, car, hou] = ['red', 'car', 'hou'].map(asTyped) as [Wording, Wording, Wording];
	const beginning = { word: 'hou', forms: [{ text: 'hou', prefix: true, closeness: 0.6 }] };
	assert.deepEqual(await ids([red, car], 'all'), ['both']);
	assert.deepEqual(await ids([red, car], 'any'), ['both', 'one']);
	assert.deepEqual(await ids([red, beginning], 'all'), ['one']);
	assert.deepEqual(await ids([red, hou], 'all'), []);
});

test('a hit says how far its words are from those asked for, and the closest come first', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'misspelt', tags: ['carr'], people: ['red'] },
		{ id: 'synonym', tags: ['auto', 'red'] },
		{ id: 'exact', description: 'a car in a long street, the only red thing there' },
		{ id: 'colour only', tags: ['red'] },
	]);
	const forms = [
		{ text: 'car', closeness: 1 },
		{ text: 'auto', closeness: 0.8 },
		{ text: 'carr', closeness: 0.5 },
	];
	const words = [{ word: 'car', forms }, asTyped('red')];
	const all = await index.searchKeywords(words, 10, { match: 'all' });
	assert.deepEqual(
		all.map(({ id, closeness }) => [id, closeness]),
		[
			['exact', 1],
			['synonym', 0.8],
			['misspelt', 0.5],
		],
	);
	const two = await index.searchKeywords(words, 2, { match: 'all' });
	assert.deepEqual(two, all.slice(0, 2));
	const any = await index.searchKeywords(words, 10);
	assert.deepEqual(new Set(any.map(({ closeness }) => closeness)), new Set([1]));
	const ids = ['colour only', 'exact', 'misspelt', 'nobody', 'synonym'];
	assert.deepEqual(
		await index.matchKeywords(words, ids),
		new Map([
			['exact', 1],
			['synonym', 0.8],
			['misspelt', 0.5],
		]),
	);
});

test('a word without a form as close as another is no reason to match without it', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'red', title: 'red' }]);
	const words = [asTyped('red'), { word: 'car', forms: [{ text: 'auto', closeness: 0.8 }] }];
	assert.deepEqual(await index.searchKeywords(words, 10, { match: 'all' }), []);
	assert.equal((await index.matchKeywords(words, ['red'])).size, 0);
});

test('words are counted by photos, and those that differ by few letters are found', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'a', title: 'sunset sunset', tags: ['sunset'] },
		{ id: 'b', title: 'sunset at the beach' },
		{ id: 'c', title: 'a birthday', tags: ['beech'] },
	]);
	assert.deepEqual(
		await index.countWords(['Sunset', 'beach', 'moon']),
		new Map([
			['Sunset', 2],
			['beach', 1],
			['moon', 0],
		]),
	);
	assert.deepEqual(await index.similarWords('sunste', 5), [
		{ word: 'sunset', photos: 2, edits: 1 },
	]);
	assert.deepEqual(await index.similarWords('bitrhdya', 5), [
		{ word: 'birthday', photos: 1, edits: 2 },
	]);
	assert.deepEqual(await index.similarWords('beach', 5), [{ word: 'beech', photos: 1, edits: 1 }]);
	assert.deepEqual(await index.similarWords('sun', 5), []);
});

test('labels are listed with their photos, and are never those of an earlier moment', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'a', tags: ['Beach', 'Sea'], people: ['Pat'] },
		{ id: 'b', tags: ['beach'] },
	]);
	const labels = [
		{ name: 'beach', photos: 2 },
		{ name: 'sea', photos: 1 },
	];
	assert.deepEqual(await index.labels('tag'), labels);
	assert.deepEqual(await index.labels('tag'), labels);
	assert.deepEqual(await index.labels('person'), [{ name: 'pat', photos: 1 }]);
	await index.upsert([{ id: 'b', tags: ['city'] }]);
	assert.deepEqual(await index.labels('tag'), [
		{ name: 'beach', photos: 1 },
		{ name: 'city', photos: 1 },
		{ name: 'sea', photos: 1 },
	]);
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
	const hits = await index.searchKeywords([asTyped('cat')], 10, { filter: { bucket: 'b' } });
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
