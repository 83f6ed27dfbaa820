import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const KILLS = 200;

/** A torture that only ever hits one thing proves little. */
const PHASES = [
	...['writing', 'opening', 'closing', 'snapshot', 'merge', 'backup', 'optimize'],
	...['migration', 'import', 'restore', 'drop'],
];

/** On a machine that has nothing else to do it takes two minutes. */
const TIMEOUT_MS = 900_000;

test(
	`${KILLS} writers are killed with signal 9, or what was acknowledged is not durable`,
	{ timeout: TIMEOUT_MS },
	async (t) => {
		const args = [join(__dirname, 'main.js'), '--kills', String(KILLS), '--photos', '300'];
		const run = promisify(execFile)(process.execPath, args, { timeout: TIMEOUT_MS - 10_000 });
		const { stdout } = await run.catch((error: { stdout?: string; message: string }) => {
			assert.fail(error.stdout || error.message);
		});
		for (const line of stdout.trimEnd().split('\n')) t.diagnostic(line);
		const { passed, kills, hit } = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as {
			passed: boolean;
			kills: number;
			hit: Record<string, number>;
		};
		assert.ok(passed);
		assert.equal(kills, KILLS);
		for (const phase of PHASES) {
			assert.ok(hit[phase], phase);
		}
	},
);
