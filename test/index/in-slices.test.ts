import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inSlices } from '../../engine/index/in-slices';

/** Keeps the thread busy. */
function work(ms: number): void {
	const until = performance.now() + ms;
	while (performance.now() < until);
}

test('long work lets others have the event loop between its pieces, or every search waits for all of it', async () => {
	let turns = 0;
	let isDone = false;
	const count = () => {
		turns++;
		if (!isDone) setImmediate(count);
	};
	setImmediate(count);
	const done: number[] = [];
	await inSlices([1, 2, 3, 4, 5, 6], (item) => {
		work(1);
		done.push(item);
	});
	isDone = true;
	assert.deepEqual(done, [1, 2, 3, 4, 5, 6]);
	assert.ok(turns >= 5, `${turns} turns`);
});

test('short work is done at once, or every small write would take several turns', () => {
	const done: number[] = [];
	void inSlices([1, 2, 3], (item) => void done.push(item));
	assert.deepEqual(done, [1, 2, 3]);
});

test('work that fails ends there and says why, or half of a change would count as applied', async () => {
	const done: number[] = [];
	const failing = inSlices([1, 2, 3], (item) => {
		if (item === 2) throw new Error('no room');
		done.push(item);
	});
	await assert.rejects(failing, /no room/);
	assert.deepEqual(done, [1]);
});
