import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeSample } from '../../../engine/index/vectors/sample';

test('A sample holds distinct rows that are there, or a search would answer a photo twice', () => {
	for (const [size, count] of [
		[0, 0],
		[1, 1],
		[1_000, 1_000],
		[1_000, 1_001],
		[1_000, 1_300],
		[1_024, 2_047],
		[1_024, 4_000_000],
	] as const) {
		const rows = new Uint32Array(size);
		writeSample(rows, count);
		assert.equal(new Set(rows).size, size);
		assert.ok(rows.every((row, i) => row < count && (i === 0 || row > rows[i - 1]!)));
	}
});
