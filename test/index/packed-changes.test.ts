import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packChanges, putCodes } from '../../engine/index/catalogue/packed-changes';
import { VectorMatrix } from '../../engine/index/vectors/matrix';
import { randomNumbers, randomVector } from './vectors/random-vectors';

const random = randomNumbers(1);
const put = (generation: number, seq: number, dimension: number) => ({
	...{ generation, photo: 100 + seq, seq },
	vector: randomVector(dimension, random),
});

test('Vectors of two generations written in one transaction arrive each with its own code, or a photo is found by another one’s picture', () => {
	const written = [put(1, 7, 48), put(2, 8, 100), put(1, 9, 48)];
	const removed = [{ generation: 2, photo: 3 }];
	const packed = packChanges({ put: written, removed });
	assert.deepEqual(packed.removed, removed);
	const arrived = [...putCodes(packed)];
	assert.equal(arrived.length, written.length);
	for (const [i, { generation, photo, seq, code }] of arrived.entries()) {
		const { vector, ...names } = written[i]!;
		assert.deepEqual({ generation, photo, seq }, names);
		const matrix = new VectorMatrix(vector.length);
		matrix.put(photo, seq, code);
		matrix.kernel.setQuery(vector);
		matrix.kernel.scoreRange(0, 1);
		assert.ok(Math.abs(matrix.kernel.scores[0]! - 1) <= matrix.scoreError);
	}
});

test('A code that arrives is the one that a restart makes of the stored vector, or answers change by restarting', () => {
	const written = put(1, 1, 96);
	const [arrived] = [...putCodes(packChanges({ put: [written], removed: [] }))];
	const matrix = new VectorMatrix(96);
	matrix.put(1, 1, arrived!.code);
	matrix.put(2, 2, arrived!.code);
	const { rows, stride, code, padded } = matrix.layout;
	const row = (nth: number) => {
		const at = rows + nth * stride;
		const { buffer } = matrix.memory;
		return [...new Uint8Array(buffer, at, 4), ...new Uint8Array(buffer, at + code, padded)];
	};
	matrix.kernel.quantise(written.vector, 1);
	assert.deepEqual(row(0), row(1));
});

test('A code of another length is refused before it takes a row', () => {
	const matrix = new VectorMatrix(48);
	assert.throws(() => matrix.put(1, 1, new Uint8Array(100)), RangeError);
	assert.equal(matrix.rows, 0);
});
