import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VectorMatrix } from '../../../engine/index/vectors/matrix';
import { codeOf, cosine, randomNumbers, randomVector, unit } from './random-vectors';

/** Cosine of the query and the code of a vector. */
function coded(stored: Float32Array, query: Float32Array): { score: number; error: number } {
	const matrix = new VectorMatrix(stored.length);
	matrix.put(1, 1, codeOf(stored));
	matrix.kernel.setQuery(query);
	matrix.kernel.scoreRange(0, 1);
	return { score: matrix.kernel.scores[0]!, error: matrix.scoreError };
}

test('A code keeps the cosine within the error it promises at every dimension, or the best photos would not be among the candidates', () => {
	for (const dimension of [1, 2, 3, 7, 50, 64, 512, 640, 768, 1152, 4096]) {
		const random = randomNumbers(dimension);
		for (let i = 0; i < 20; i++) {
			const stored = randomVector(dimension, random);
			const query = i % 4 === 0 ? stored : randomVector(dimension, random);
			const { score, error } = coded(stored, query);
			const off = Math.abs(score - cosine(stored, query));
			assert.ok(off <= error, `dimension ${dimension}: off by ${off}, promised ${error}`);
		}
	}
});

test('One dimension that holds nearly all of a vector costs no precision, or models with outlier dimensions would be searched coarsely', () => {
	const random = randomNumbers(5);
	const withOutlier = () => {
		const vector = randomVector(768, random);
		vector[100] = 3;
		return unit(vector);
	};
	for (let i = 0; i < 50; i++) {
		const [stored, query] = [withOutlier(), withOutlier()];
		assert.ok(Math.abs(coded(stored, query).score - cosine(stored, query)) < 0.002);
	}
});

test('The largest sums of products do not overflow, or the best match would score as the worst', () => {
	for (const dimension of [768, 16_384]) {
		// After the rotation one of these has all its length in few numbers, the other in all alike.
		const even = new Float32Array(dimension).fill(1 / Math.sqrt(dimension));
		const peak = new Float32Array(dimension);
		peak[0] = 1;
		assert.ok(Math.abs(coded(even, even).score - 1) < 0.01);
		assert.ok(Math.abs(coded(peak, peak).score - 1) < 0.01);
	}
});
