import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { VectorIndex, Wording } from '../../engine/index/vector-index';
import { tokensOf } from '../../engine/words/fold';
import { asTyped } from '../words/as-typed';
import { wordingsOf } from '../../engine/words/wordings';
import { openIndex, upsertAll } from './support';

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

/** What is stored, what finds it, and what must not. */
const SCRIPTS: [string, string, string[], string[]][] = [
	['accents and case', 'José Ångström', ['JOSE', 'josé', 'Angstrom', 'aangstroem'], ['jos']],
	['umlauts', 'Käthe Müller in Köln', ['muller', 'Mueller', 'MÜLLER', 'koeln', 'Kathe'], ['koln2']],
	['Japanese', '東京都庁 さくら', ['京都', '東京', '庁', 'さく'], ['都京', 'サクラ']],
	['Chinese', '长城上的日落', ['长城', '日落', '城'], ['落日']],
	['Korean', '서울에서 찍은 사진', ['서울', '사진'], ['울서']],
	['Thai', 'พระอาทิตย์ตกที่ทะเล', ['ทะเล', 'อาทิตย์'], ['เลทะ']],
	['Arabic', 'غُروبُ الشَّمس في القاهِرة', ['غروب', 'القاهره', 'الشمس'], ['شم']],
	['Hebrew', 'שְׁקִיעָה בְּתֵל אָבִיב', ['שקיעה', 'אביב'], ['שקי']],
	['Hindi', 'समुद्र तट पर सूर्यास्त', ['समुद्र', 'सूर्यास्त'], ['समद्र', 'तटप']],
	['Russian', 'Ёлка на Красной площади', ['елка', 'красной'], ['крас']],
	['Greek', 'Ηλιοβασίλεμα στη θάλασσα', ['ηλιοβασιλεμα', 'ΘΑΛΑΣΣΑ'], ['θαλασ']],
	['emoji', 'party 🎉👍🏽', ['🎉', '👍'], ['🎂']],
];
for (const [script, stored, finding, missing] of SCRIPTS) {
	test(`text with ${script} is found as people type it, and by nothing else`, async (t) => {
		const { index } = await openIndex(t);
		await index.upsert([
			{ id: 'a', title: stored },
			{ id: 'b', tags: ['other'] },
		]);
		for (const typed of finding) assert.deepEqual(await found(index, typed), ['a'], typed);
		for (const typed of missing) assert.deepEqual(await found(index, typed), [], typed);
	});
}

test('who is stored as Mueller is found as Müller by the wording that spells it out', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', people: ['Anna Mueller'] }]);
	const [word] = await wordingsOf('Müller', index);
	assert.deepEqual(await index.matchKeywords([word!], ['a']), new Map([['a', 1]]));
});

test('a phrase does not reach from one tag to the next', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'apart', tags: ['hot', 'dog'] },
		{ id: 'one', tags: ['hot dog'] },
	]);
	assert.deepEqual(await found(index, 'hot dog'), ['one']);
});

test('whatever is stored is found by itself', async (t) => {
	const { index } = await openIndex(t);
	const texts = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), {
		numRuns: 300,
		seed: 5,
	});
	await index.upsert(texts.map((title, i) => ({ id: `p${i}`, title })));
	for (const [i, text] of texts.entries()) {
		if (tokensOf(text).length === 0) continue;
		const matched = await index.matchKeywords([asTyped(text)], [`p${i}`]);
		assert.equal(matched.size, 1, JSON.stringify(text));
	}
});

test('a form that is no name does not find the person of that name', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'person', people: ['Robin'] },
		{ id: 'bird', tags: ['robin'] },
		{ id: 'both', people: ['Robin'], title: 'Robin and a robin' },
	]);
	const word = { word: 'bird', forms: [{ text: 'robin', notNames: true, closeness: 0.8 }] };
	const hits = await index.searchKeywords([word], 5);
	assert.deepEqual(hits.map(({ id }) => id).sort(), ['bird', 'both']);
	const ids = ['bird', 'both', 'person'];
	assert.deepEqual([...(await index.matchKeywords([word], ids)).keys()].sort(), ['bird', 'both']);
});

test('words that thousands of photos have are found without ranking them all, the telling ones first', async (t) => {
	const { index } = await openIndex(t);
	const photos = Array.from({ length: 6_000 }, (_, i) => ({
		id: `p${String(i).padStart(4, '0')}`,
		description: 'people at the beach',
		...(i % 2_000 === 1_999 ? { tags: ['beach'] } : {}),
		...(i === 3_000 ? { title: 'a kite' } : {}),
		s3_path: `s3://${i % 100 === 7 ? 'some' : 'other'}/x`,
	}));
	await upsertAll(index, photos);
	const search = async (words: string[], match: 'any' | 'all', k: number, bucket?: string) =>
		await index.searchKeywords(words.map(asTyped), k, {
			match,
			...(bucket && { filter: { bucket } }),
		});
	const ids = async (...search_: Parameters<typeof search>) =>
		(await search(...search_)).map(({ id }) => id);
	assert.deepEqual(await ids(['beach'], 'any', 5), ['p1999', 'p3999', 'p5999', 'p0000', 'p0001']);
	assert.deepEqual(await ids(['beach', 'people'], 'all', 3), ['p0000', 'p0001', 'p0002']);
	assert.deepEqual(await ids(['kite', 'people'], 'any', 3), ['p3000', 'p0000', 'p0001']);
	assert.deepEqual(await ids(['kite', 'people'], 'all', 3), ['p3000']);
	assert.deepEqual(await ids(['people'], 'any', 2, 'some'), ['p0007', 'p0107']);
	const all = await search(['beach'], 'any', 10_000);
	assert.equal(all.length, 6_000);
	for (const [i, { score }] of all.entries()) {
		assert.ok(score > 0 && score <= (all[i - 1]?.score ?? Infinity));
	}
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
