import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import type { Contest } from './lock-contender';

const ROUNDS = 40;

test('of two that ask for a lock at the same moment one gets it, or no engine starts', async (t) => {
	const folder = mkdtempSync(join(tmpdir(), 'lock-'));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	const winners = new SharedArrayBuffer(4 * ROUNDS);
	const contest: Contest = {
		...{ file: join(folder, 'a.lock'), rounds: ROUNDS },
		...{ meetings: new SharedArrayBuffer(8 * ROUNDS), winners },
	};
	const contenders = [1, 2].map(
		() => new Worker(join(__dirname, 'lock-contender.js'), { workerData: contest }),
	);
	await Promise.all(contenders.map((contender) => once(contender, 'exit')));
	assert.deepEqual([...new Int32Array(winners)], Array(ROUNDS).fill(1));
});
