import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldDuplicates } from '../../engine/search/duplicates';

const ranked = (...ids: string[]) => ids.map((id) => ({ id, relevance: 0.5, terms: [] }));
const at = (degrees: number) =>
	Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));

test('the next frames of a burst stand behind the best one, and are counted', () => {
	const vectors = new Map([
		['best', at(0)],
		['other', at(60)],
		['again', at(3)],
		['and again', at(5)],
	]);
	const folded = foldDuplicates(ranked('best', 'other', 'again', 'and again'), vectors, 10);
	assert.deepEqual(
		folded.map(({ id, duplicates }) => [id, duplicates]),
		[
			['best', ['again', 'and again']],
			['other', []],
		],
	);
});

test('pictures of the same thing are not the same picture', () => {
	const vectors = new Map([
		['a', at(0)],
		['b', at(20)],
	]);
	assert.equal(foldDuplicates(ranked('a', 'b'), vectors, 10).length, 2);
});

test('photos without a vector are never taken for each other', () => {
	assert.equal(foldDuplicates(ranked('a', 'b'), new Map(), 10).length, 2);
});

test('nothing is folded into a photo that no page has shown yet', () => {
	const vectors = new Map(['a', 'b', 'c'].map((id, i) => [id, at(i === 0 ? 90 : 0)]));
	assert.equal(foldDuplicates(ranked('a', 'b', 'c'), vectors, 1).length, 3);
	assert.equal(foldDuplicates(ranked('a', 'b', 'c'), vectors, 2).length, 2);
});
