import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneDirection } from '../../engine/search/examples';

const example = (weight: number, ...values: number[]) => ({
	...{ weight, vector: { vector: Float32Array.from(values), model: 'm@1' } },
});

test('several pictures are one direction between them', () => {
	const { vector, model } = oneDirection([example(1, 1, 0), example(1, 0, 1)])!;
	assert.equal(model, 'm@1');
	assert.ok(
		Math.abs(vector[0]! - Math.SQRT1_2) < 1e-6 && Math.abs(vector[1]! - Math.SQRT1_2) < 1e-6,
	);
});

test('a heavier example pulls further, an unwanted one pushes away', () => {
	assert.ok(oneDirection([example(3, 1, 0), example(1, 0, 1)])!.vector[0]! > 0.9);
	assert.ok(oneDirection([example(1, 1, 0), example(-1, 0, 1)])!.vector[1]! < -0.4);
});

test('only unwanted examples, or none, point nowhere', () => {
	assert.equal(oneDirection([]), undefined);
	assert.equal(oneDirection([example(-1, 1, 0)]), undefined);
	assert.equal(oneDirection([example(1, 0, 0)]), undefined);
});
