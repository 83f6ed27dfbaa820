import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestOf, joinScored, TopScores } from '../../../engine/index/vectors/flat-scan';
import { randomNumbers } from './random-vectors';

function topOf(scores: number[], k: number, slack: number): number[] {
	const top = new TopScores(k, slack);
	scores.forEach((score, row) => score >= top.floor && top.offer(row, score));
	return [...top.take().rows];
}

test('All rows within the slack of the k-th are kept, or exact scores could not choose among them', () => {
	assert.deepEqual(topOf([0.5, 0.9, 0.79, 0.8, 0.7], 2, 0.01), [1, 3, 2]);
	assert.deepEqual(topOf([0.5, 0.9, 0.79, 0.8, 0.7], 2, 0), [1, 3]);
	assert.deepEqual(topOf([0.1, 0.2], 5, 0), [1, 0]);
	assert.deepEqual(topOf([0.1, 0.2], 0, 1), []);
});

test('Of what a walk found the dead are left out, and those within the slack of the k-th living one kept', () => {
	const rows = Uint32Array.of(7, 3, 9, 1, 4);
	const scores = Float32Array.of(0.9, 0.8, 0.75, 0.74, 0.5);
	const best = (k: number, slack: number, limit = 100) => [
		...bestOf({ rows, scores }, (row) => row !== 3, k, slack, limit).rows,
	];
	assert.deepEqual(best(2, 0.02), [7, 9, 1]);
	assert.deepEqual(best(2, 0), [7, 9]);
	assert.deepEqual(best(10, 0), [7, 9, 1, 4]);
	assert.deepEqual(best(10, 0, 2), [7, 9]);
	assert.deepEqual(best(0, 1), []);
});

test('The best of a long stream are those a sort finds', () => {
	const random = randomNumbers(9);
	const scores = Array.from({ length: 50_000 }, () => Math.fround(random()));
	const sorted = scores.map((_, row) => row).sort((a, b) => scores[b]! - scores[a]! || a - b);
	for (const k of [1, 10, 1_000, 5_000]) {
		assert.deepEqual(topOf(scores, k, 0).slice(0, k), sorted.slice(0, k));
	}
});

test('Thousands of nearly equal pictures are all kept, or the best of them might be missing', () => {
	assert.equal(topOf(new Array<number>(20_000).fill(0.5), 10, 0.001).length, 20_000);
});

test('Parts of a scan joined are the scan of the whole', () => {
	const random = randomNumbers(10);
	const scores = Array.from({ length: 4_000 }, () => Math.fround(random()));
	const part = (from: number, to: number) => {
		const top = new TopScores(20, 0.001);
		for (let row = from; row < to; row++) top.offer(row, scores[row]!);
		return top.take();
	};
	const joined = joinScored([part(0, 1_000), part(1_000, 3_990), part(3_990, 4_000)], 20, 0.001);
	assert.deepEqual(joined, part(0, 4_000));
});
