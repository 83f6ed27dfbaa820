import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureBreadth } from '../../../engine/index/vectors/measure-breadth';
import { clusteredVectors, linkedMatrix } from './random-vectors';

const DIMENSION = 32;

async function measured(count: number, clusters: number) {
	const matrix = linkedMatrix(clusteredVectors(count, DIMENSION, 1, clusters));
	const { memory, linked } = matrix;
	const request = { key: '', memory, dimension: DIMENSION, linked };
	return { matrix, walks: await measureBreadth(request, () => false) };
}

test('Queries far from all vectors are told from near ones, or the near ones would wait for their sake', async () => {
	const { matrix, walks } = await measured(4_000, 40);
	assert.ok(walks.recall >= 0.98);
	assert.ok(walks.breadth <= walks.farBreadth);
	const tenth = (query: Float32Array) => {
		matrix.kernel.setQuery(query);
		return matrix.kernel.search(walks.farBreadth, matrix.linked).scores[9]!;
	};
	const near = clusteredVectors(4_100, DIMENSION, 1, 40).slice(4_000).map(tenth);
	const far = clusteredVectors(100, DIMENSION, 2, 100).map(tenth);
	const share = (scores: number[]) =>
		scores.filter((score) => score > walks.nearScore).length / scores.length;
	assert.ok(share(near) > 0.75, `${share(near)} of the near are near`);
	assert.ok(share(far) < 0.1, `${share(far)} of the far are near`);
});

test('Measuring that is stopped answers with the widest walk, never with one that nobody measured', async () => {
	const { memory, linked } = linkedMatrix(clusteredVectors(500, DIMENSION, 3, 10));
	const request = { key: '', memory, dimension: DIMENSION, linked };
	const { breadth, farBreadth, recall } = await measureBreadth(request, () => true);
	assert.equal(recall, 0);
	assert.deepEqual([breadth, farBreadth], [1_024, 1_024]);
});
