import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VectorMatrix } from '../../../engine/index/vectors/matrix';
import {
	clusteredVectors,
	cosine,
	linkedMatrix,
	randomNumbers,
	randomVector,
	unit,
} from './random-vectors';

const DIMENSION = 32;

function recall(
	matrix: VectorMatrix,
	vectors: Float32Array[],
	queries: Float32Array[],
	breadth = 64,
): number {
	let found = 0;
	for (const query of queries) {
		const scores = vectors.map((vector) => cosine(vector, query));
		const tenth = [...scores].sort((a, b) => b - a)[9]!;
		matrix.kernel.setQuery(query);
		const { rows } = matrix.kernel.search(breadth, matrix.linked);
		found += Math.min(10, rows.filter((row) => scores[row]! >= tenth).length);
	}
	return found / (10 * queries.length);
}

test('The graph finds the nearest of clustered vectors, or photos would be missing from answers', () => {
	const vectors = clusteredVectors(5_000, DIMENSION, 1, 100);
	const matrix = linkedMatrix(vectors);
	const queries = clusteredVectors(100, DIMENSION, 1, 100).slice(0, 50);
	assert.ok(recall(matrix, vectors, queries) >= 0.99);
});

test('The graph finds what is nearest to queries far from all vectors, or texts would find little', () => {
	const vectors = clusteredVectors(5_000, DIMENSION, 2, 100);
	const matrix = linkedMatrix(vectors);
	const random = randomNumbers(3);
	const queries = Array.from({ length: 50 }, () => randomVector(DIMENSION, random));
	assert.ok(recall(matrix, vectors, queries) >= 0.95);
});

test('A query between two groups of vectors finds the nearest of both, or only one would be looked at', () => {
	const vectors = clusteredVectors(8_000, DIMENSION, 5, 5);
	const matrix = linkedMatrix(vectors);
	const queries = Array.from({ length: 100 }, (_, i) => {
		const other = vectors[4_000 + 31 * i]!;
		return unit(vectors[17 * i]!.map((value, at) => value + other[at]!));
	});
	assert.ok(recall(matrix, vectors, queries, 32) >= 0.94);
});

test('Hundreds of copies of a picture neither hide each other nor what is beside them', () => {
	const distinct = clusteredVectors(1_000, DIMENSION, 4, 10);
	const copy = distinct[0]!;
	const vectors = [...distinct, ...Array.from({ length: 800 }, () => copy)];
	const matrix = linkedMatrix(vectors);
	matrix.kernel.setQuery(copy);
	const { rows, scores } = matrix.kernel.search(1_024, matrix.linked);
	const copies = [...rows].filter((row) => row === 0 || row >= 1_000).length;
	assert.equal(copies, 801);
	assert.ok(scores.every((score, i) => i === 0 || score <= scores[i - 1]!));
	// The neighbours of the copies: everything else that there is room for.
	assert.equal(rows.length, 1_024);
	assert.ok(recall(matrix, vectors, distinct.slice(0, 100)) >= 0.99);
});

test('More than 255 searches do not mistake rows seen before for rows of this search', () => {
	const vectors = clusteredVectors(500, DIMENSION, 6, 10);
	const matrix = linkedMatrix(vectors);
	const first = () => {
		matrix.kernel.setQuery(vectors[3]!);
		return matrix.kernel.search(50, matrix.linked).rows.slice();
	};
	const expected = first();
	for (let i = 0; i < 600; i++) assert.deepEqual(first(), expected);
});
