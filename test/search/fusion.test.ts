import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fuse, inOrder, joinParts, similarity, type Evidence } from '../../engine/search/fusion';

const BACKGROUND = { mean: 0.1, std: 0.03, count: 1000 };

function visual(scores: Record<string, number>): Evidence {
	return { channel: 'visual', scores: new Map(Object.entries(scores)), background: BACKGROUND };
}

function text(scores: Record<string, number>): Evidence {
	return {
		channel: 'text',
		scores: new Map(Object.entries(scores)),
		background: { ...BACKGROUND, mean: 0.5 },
	};
}

function keyword(scores: Record<string, number>, complete: string[] = []): Evidence {
	return {
		channel: 'keyword',
		scores: new Map(Object.entries(scores)),
		complete: new Set(complete),
	};
}

function order(evidence: Evidence[]): string[] {
	return inOrder(fuse(evidence)).map(({ id }) => id);
}

describe('fusion', () => {
	it('is not swayed by a channel that scores every photo alike', () => {
		const alone = order([visual({ a: 0.2, b: 0.18, c: 0.1 })]);
		assert.deepEqual(
			order([visual({ a: 0.2, b: 0.18, c: 0.1 }), text({ a: 0.7, b: 0.7, c: 0.7 })]),
			alone,
		);
	});

	it('puts a photo that carries every typed word before one that merely looks alike', () => {
		assert.deepEqual(
			order([visual({ named: 0.1, alike: 0.17 }), keyword({ named: 2 }, ['named'])]),
			['named', 'alike'],
		);
	});

	it('does not let half of the words outweigh what the picture shows', () => {
		assert.deepEqual(order([visual({ shown: 0.22, worded: 0.12 }), keyword({ worded: 5 })]), [
			'shown',
			'worded',
		]);
	});

	it('orders equal evidence by id, so that pages do not shuffle', () => {
		assert.deepEqual(order([visual({ b: 0.2, c: 0.2, a: 0.2 })]), ['a', 'b', 'c']);
	});

	it('says which channels found a photo', () => {
		const [found] = fuse([visual({ a: 0.3 }), text({ a: 0.5 }), keyword({ a: 1 }, ['a'])]);
		assert.deepEqual(found?.channels, ['visual', 'keyword']);
		assert.deepEqual(found?.scores, { visual: 0.3, text: 0.5, keyword: 1 });
	});

	it('survives a background of a single photo without dividing by zero', () => {
		const [found] = fuse([{ ...visual({ a: 0.3 }), background: { mean: 0.3, std: 0, count: 1 } }]);
		assert.ok(Number.isFinite(found!.evidence));
	});
});

describe('a query of several parts', () => {
	it('ranks photos with all parts before those with one overwhelming part', () => {
		const ranked = inOrder(
			joinParts([
				fuse([
					visual({ both: 0.1, pat: 0.1, car: 0.1 }),
					keyword({ both: 1, pat: 1 }, ['both', 'pat']),
				]),
				fuse([visual({ both: 0.2, pat: 0.1, car: 0.35 })]),
			]),
		);
		assert.deepEqual(
			ranked.map(({ id }) => id),
			['both', 'car', 'pat'],
		);
	});
});

describe('similarity', () => {
	it('stays between 0 and 1 and follows the evidence', () => {
		const values = [-50, 0, 3, 6, 100].map(similarity);
		assert.ok(values.every((value) => value >= 0 && value <= 1));
		assert.deepEqual(
			[...values].sort((a, b) => a - b),
			values,
		);
		assert.equal(similarity(3), 0.5);
	});
});
