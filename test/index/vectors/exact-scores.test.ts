import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactScores } from '../../../engine/index/vectors/exact-scores';

const QUERY = Float32Array.of(1, 0);
const ERROR = 0.01;

/** Rows whose vectors have these cosines, and whose codes say those; row, photo and seq are one number. */
function stored(cosines: number[], codes: number[]) {
	const read: number[] = [];
	const vectorOf = (row: number) => {
		const cosine = cosines[row]!;
		return Float32Array.of(cosine, Math.sqrt(1 - cosine ** 2));
	};
	const store = {
		vectors(seqs: number[]) {
			read.push(...seqs);
			return new Map(seqs.filter((seq) => seq in cosines).map((seq) => [seq, vectorOf(seq)]));
		},
		vectorsOf: () => new Map<number, Float32Array>(),
	};
	const matrix = { seqOf: (row: number) => row, photoOf: (row: number) => row, scoreError: ERROR };
	const near = { rows: Uint32Array.from(codes.keys()), scores: Float32Array.from(codes) };
	return { store, matrix, near, read };
}

const best = (scores: Map<number, number>, k: number) =>
	[...scores]
		.sort(([, a], [, b]) => b - a)
		.slice(0, k)
		.map(([photo]) => photo);

test('photos that rounding put far behind are among the best if their vectors say so', async () => {
	// All codes are within the error of one another; the nearest vector comes last.
	const codes = Array.from({ length: 40 }, (_, i) => 0.9 - i * 0.0001);
	const cosines = codes.map((code, i) => (i === 39 ? code + ERROR : code - 0.001));
	const { store, matrix, near } = stored(cosines, codes);
	const { scores, read } = await exactScores(store, matrix, near, QUERY, 5);
	assert.equal(read, 40);
	assert.equal(best(scores, 1)[0], 39);
});

test('vectors that cannot be among the best are not read: at a million each costs a page of the disk', async () => {
	const codes = Array.from({ length: 500 }, (_, i) => 0.9 - i * 0.002);
	const { store, matrix, near, read } = stored(codes, codes);
	const { scores } = await exactScores(store, matrix, near, QUERY, 5);
	assert.deepEqual(best(scores, 5), [0, 1, 2, 3, 4]);
	assert.ok(read.length <= 12, `${read.length} were read`);
	assert.equal(new Set(read).size, read.length);
});

test('photos that are gone leave their places to the next, or fewer are found than there are', async () => {
	const codes = Array.from({ length: 100 }, (_, i) => 0.9 - i * 0.002);
	const { store, matrix, near } = stored(codes, codes);
	const isGone = (seq: number) => seq < 30;
	const vectors = store.vectors.bind(store);
	store.vectors = (seqs) => vectors(seqs.filter((seq) => !isGone(seq)));
	const { scores, read } = await exactScores(store, matrix, near, QUERY, 5);
	assert.equal(read, 100);
	assert.deepEqual(best(scores, 5), [30, 31, 32, 33, 34]);
});
