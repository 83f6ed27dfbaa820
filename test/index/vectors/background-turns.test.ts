import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { BackgroundTurns } from '../../../engine/index/vectors/background-turns';

/** Pieces of work that end when they are told to, and how many began. */
function pieces(turns: BackgroundTurns, count: number) {
	const ends: (() => void)[] = [];
	const done = Array.from({ length: count }, () =>
		turns.take(() => new Promise<void>((resolve) => void ends.push(resolve))),
	);
	return { ends, done };
}

test('Background work leaves cores to searches while there are some, and takes all of them otherwise', async () => {
	const turns = new BackgroundTurns(3, 1);
	const idle = pieces(turns, 4);
	await sleep(0);
	assert.equal(idle.ends.length, 3);
	turns.searching();
	idle.ends[0]!();
	idle.ends[1]!();
	await sleep(0);
	assert.equal(idle.ends.length, 3);
	idle.ends[2]!();
	await sleep(0);
	assert.equal(idle.ends.length, 4);
	idle.ends[3]!();
	await Promise.all(idle.done);
});

test('What waited for searches goes on once there are no more, though nothing ended meanwhile', async () => {
	const turns = new BackgroundTurns(2, 1);
	turns.searching();
	const { ends, done } = pieces(turns, 2);
	await sleep(0);
	assert.equal(ends.length, 1);
	const keepAlive = setInterval(() => {}, 50);
	const until = performance.now() + 20_000;
	while (ends.length < 2 && performance.now() < until) await sleep(20);
	clearInterval(keepAlive);
	assert.equal(ends.length, 2);
	ends.forEach((end) => end());
	await Promise.all(done);
});

test('Work that fails gives its turn back, or the background would stand still for ever', async () => {
	const turns = new BackgroundTurns(1, 1);
	await assert.rejects(turns.take(() => Promise.reject(new Error('no disk'))));
	assert.equal(await turns.take(() => Promise.resolve('done')), 'done');
});

test('Writes and background work share what searches leave, in turns, and never wait while nobody searches', async () => {
	const turns = new BackgroundTurns(1, 1);
	const order: string[] = [];
	const piece = (name: string) => async () => {
		order.push(`${name} begins`);
		await sleep(1);
		order.push(`${name} ends`);
	};
	await Promise.all([turns.take(piece('link')), turns.takeIfSearched(piece('write'))]);
	assert.deepEqual(order.slice(0, 2).sort(), ['link begins', 'write begins']);
	order.length = 0;
	turns.searching();
	await Promise.all([turns.take(piece('link')), turns.takeIfSearched(piece('write'))]);
	assert.deepEqual(order, ['link begins', 'link ends', 'write begins', 'write ends']);
});
