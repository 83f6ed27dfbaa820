import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeTerm, type TermEvidence } from '../../engine/search/term-judgement';
import { wordEvidence } from '../../engine/search/word-evidence';

const NOTHING: TermEvidence = {
	...{
		scopes: [{ size: 1_000 }],
		compared: {},
		words: [],
		complete: new Map(),
		bm25: new Map(),
		certain: new Set(),
	},
};
const background = { mean: 0.2, std: 0.03, count: 500 };
const visual = (cosines: Record<string, number>) => ({
	visual: { cosines: new Map(Object.entries(cosines)), background },
});
const relevances = (evidence: Partial<TermEvidence>, ids: string[], photos = 1_000) => {
	const judged = judgeTerm({ ...NOTHING, ...evidence }, ids, photos);
	return ids.map((id) => judged.get(id)!.relevance);
};

test('a photo that says every word is meant, however it looks', () => {
	const complete = new Map([['said', 1]]);
	const compared = visual({ said: 0.15, shown: 0.32, neither: 0.2 });
	const [said, shown, neither] = relevances({ complete, compared }, ['said', 'shown', 'neither']);
	assert.ok(said! > 0.9);
	assert.ok(shown! > 0.5 && shown! < said!);
	assert.ok(neither! < 0.01);
});

test('of two photos that say it, the one that shows it comes first', () => {
	const complete = new Map([
		['a', 1],
		['b', 1],
	]);
	const [a, b] = relevances({ complete, compared: visual({ a: 0.2, b: 0.33 }) }, ['a', 'b']);
	assert.ok(b! > a!);
});

test('a synonym counts for less than the word, and a guess at the spelling for less than that', () => {
	const complete = new Map([
		['typed', 1],
		['synonym', 0.8],
		['beginning', 0.6],
		['misspelt', 0.5],
	]);
	const order = relevances({ complete }, [...complete.keys()]);
	order.forEach((value, i) => assert.ok(i === 0 || value < order[i - 1]!));
	assert.ok(order.at(-1)! > 0.5, 'a guess is an answer, too');
});

test('BM25 orders photos that all have the words, and never against closeness', () => {
	const complete = new Map([
		['title', 1],
		['file name', 1],
		['synonym', 0.8],
	]);
	const bm25 = new Map([
		['title', 2],
		['file name', 0.1],
		['synonym', 9],
	]);
	const [title, file, synonym] = relevances({ complete, bm25 }, [...complete.keys()]);
	assert.ok(title! > file! && file! > synonym!);
});

test('what is certain needs no words', () => {
	const [yes, no] = relevances({ certain: new Set(['yes']) }, ['yes', 'no']);
	assert.ok(yes! > 0.9 && no! < 0.05);
});

test('a photo that no channel knows is not thought relevant, nor impossible', () => {
	const [unknown] = relevances({}, ['unknown']);
	assert.ok(unknown! > 0 && unknown! < 0.02);
});

test('rare words tell more than common ones, and words that are missing speak against', () => {
	const photos = new Set(['a']);
	const rare = wordEvidence('a', [{ share: 0.001, photos }], 10_000);
	const common = wordEvidence('a', [{ share: 0.1, photos }], 10_000);
	assert.ok(rare > common && common > 0);
	assert.ok(wordEvidence('b', [{ share: 0.001, photos }], 10_000) < 0);
	// Half of all photos have it: a caption with it says nothing about this one.
	assert.equal(wordEvidence('a', [{ share: 0.5, photos }], 10_000), 0);
});

test('a word that nobody else uses does not outweigh everything', () => {
	const once = wordEvidence('a', [{ share: 0, photos: new Set(['a']) }], 1_000_000);
	assert.ok(Number.isFinite(once) && once < 8);
});

test('weights of 0 silence a channel', () => {
	const evidence = {
		...NOTHING,
		compared: visual({ a: 0.35 }),
		complete: new Map([['b', 1]]),
	};
	const noEyes = judgeTerm(evidence, ['a', 'b'], 100, { visual: 0 });
	assert.ok(noEyes.get('a')!.relevance < 0.05 && noEyes.get('b')!.relevance > 0.9);
	const noWords = judgeTerm(evidence, ['a', 'b'], 100, { keyword: 0 });
	assert.ok(noWords.get('a')!.relevance > 0.5 && noWords.get('b')!.relevance < 0.05);
});

test('among the three photos of two people the car need not stand out of a hundred thousand', () => {
	const compared = visual({ car: 0.28, cake: 0.2, tree: 0.19, elsewhere: 0.28 });
	const members = new Set(['car', 'cake', 'tree']);
	const scopes: TermEvidence['scopes'] = [{ size: 100_000 }, { members, size: 3 }];
	const ids = ['car', 'cake', 'tree', 'elsewhere'];
	const [car, cake, , elsewhere] = relevances({ compared, scopes }, ids);
	assert.ok(car! > 0.4 && cake! < 0.05);
	assert.ok(elsewhere! < 0.02);
});
