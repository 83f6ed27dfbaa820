import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { joinTerms, speaking, type JudgedTerm } from '../../engine/search/fusion';

const term = (name: string, relevances: Record<string, number>, weight = 1): JudgedTerm => ({
	...{ term: name, weight },
	byPhoto: new Map(
		Object.entries(relevances).map(([id, relevance]) => [
			id,
			{ relevance, evidence: {}, scores: {} },
		]),
	),
});
const order = (terms: JudgedTerm[], without: JudgedTerm[], ids: string[]) =>
	joinTerms(ids, { terms, without }).map(({ id }) => id);

test('photos with all terms come first, those with fewer after', () => {
	const pat = term('Pat', { all: 0.97, two: 0.97, one: 0.97, none: 0.01 });
	const jack = term('Jack', { all: 0.97, two: 0.97, one: 0.001, none: 0.01 });
	const car = term('car', { all: 0.6, two: 0.02, one: 0.02, none: 0.05 });
	const ids = ['none', 'one', 'two', 'all'];
	assert.deepEqual(order([pat, jack, car], [], ids), ['all', 'two', 'one', 'none']);
});

test('what must not be there leaves a photo out, and what might be there puts it back', () => {
	const beach = term('beach', { empty: 0.8, crowd: 0.95, maybe: 0.81 });
	const people = term('people', { empty: 0.01, crowd: 0.9, maybe: 0.3 });
	assert.deepEqual(order([beach], [people], ['empty', 'crowd', 'maybe']), ['empty', 'maybe']);
});

test('a term that counts more decides', () => {
	const ids = ['left', 'right'];
	const a = { left: 0.9, right: 0.5 };
	const b = { left: 0.4, right: 0.8 };
	assert.deepEqual(order([term('a', a, 3), term('b', b)], [], ids), ['left', 'right']);
	assert.deepEqual(order([term('a', a), term('b', b, 3)], [], ids), ['right', 'left']);
});

test('equal photos come in the order of their ids, or pages would shuffle them', () => {
	const same = { b: 0.7, a: 0.7, c: 0.7 };
	for (const ids of [
		['a', 'b', 'c'],
		['c', 'b', 'a'],
	]) {
		assert.deepEqual(order([term('x', same)], [], ids), ['a', 'b', 'c']);
	}
});

test('with nothing asked for, everything that is not excluded is relevant', () => {
	const [only] = joinTerms(['a', 'b'], {
		terms: [],
		without: [term('x', { a: 0.9, b: 0 })],
	});
	assert.deepEqual([only!.id, only!.relevance], ['b', 1]);
});

test('relevance is a probability, and what else must be there hardly raises it', () => {
	const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
		minLength: 1,
		maxLength: 5,
	});
	fc.assert(
		fc.property(chances, fc.double({ min: 0, max: 1, noNaN: true }), (each, more) => {
			const terms = each.map((relevance, i) => term(String(i), { a: relevance }));
			const [before] = joinTerms(['a'], { terms, without: [] });
			const [after] = joinTerms(['a'], {
				terms: [...terms, term('more', { a: more })],
				without: [],
			});
			for (const { relevance } of [before!, after!]) assert.ok(relevance >= 0 && relevance <= 1);
			assert.ok(after!.relevance <= before!.relevance + 0.006);
		}),
	);
});

test('two of three come before one of three, however sure it is what is missing', () => {
	const pat = term('Pat', { two: 0.97, one: 0.02 });
	const jack = term('Jack', { two: 0.97, one: 0.02 });
	const car = term('car', { two: 1e-9, one: 0.999 });
	assert.deepEqual(order([pat, jack, car], [], ['one', 'two']), ['two', 'one']);
});

test('a model that sees the whole finds what the parts do not show, but parts that are there win', () => {
	const terms = [
		term('beach', { parts: 0.9, whole: 0.1, one: 0.9 }),
		term('people', { parts: 0.9, whole: 0.1, one: 0.01 }),
	];
	const whole = term('beach with people', { parts: 0.1, whole: 0.9, one: 0.3 });
	const ranked = joinTerms(['one', 'whole', 'parts'], { terms, without: [], whole });
	assert.deepEqual(
		ranked.map(({ id }) => id),
		['parts', 'whole', 'one'],
	);
});

test('a photo names the channels that speak for it, strongest first', () => {
	const judgement = { relevance: 0.5, scores: {} };
	const ranked = (evidence: object) => ({
		...{ id: 'a', relevance: 0.5 },
		terms: [{ term: 'x', ...judgement, evidence }],
	});
	assert.deepEqual(speaking(ranked({ visual: 2, text: -1, keyword: 3 })), ['keyword', 'visual']);
	assert.deepEqual(speaking(ranked({ visual: -2, text: -1 })), ['text']);
	assert.deepEqual(speaking(ranked({})), []);
});
