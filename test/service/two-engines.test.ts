import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { send } from '../../engine/client/transport';
import { PACKAGE_ROOT, socketPath } from '../../engine/locations';
import type { Health } from '../../engine/service/contract';
import { until } from '../harness/until';

const MAIN = path.join(PACKAGE_ROOT, 'dist/engine/service/main.js');

describe('two engines on one data folder', () => {
	let dataDir: string;
	const stop: (() => Promise<void>)[] = [];
	beforeEach(() => {
		dataDir = mkdtempSync(path.join(tmpdir(), 'sis-two-'));
	});
	afterEach(async () => {
		for (const one of stop.splice(0)) await one();
		rmSync(dataDir, { recursive: true, force: true });
	});

	function start() {
		const child = spawn(process.execPath, [MAIN], {
			env: {
				...process.env,
				SEMANTIC_IMAGE_SEARCH_MODEL: 'demo',
				SEMANTIC_IMAGE_SEARCH_DATA: dataDir,
				SEMANTIC_IMAGE_SEARCH_IDLE_MINUTES: '2',
			},
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const engine = { child, log: '', ended: once(child, 'close') };
		child.stdout.on('data', (text) => (engine.log += text));
		stop.push(async () => {
			child.kill('SIGKILL');
			await engine.ended;
		});
		return engine;
	}

	const health = () =>
		send<Health>(
			{ socketPath: socketPath(dataDir) },
			{ method: 'GET', path: '/healthz', timeoutMs: 2_000 },
		);
	const answering = () => until('an engine answers', health);

	it('started at once: one serves, the other goes and names the one it found', async () => {
		const engines = [start(), start(), start()];
		const { pid } = await answering();
		const losers = engines.filter(({ child }) => child.pid !== pid);
		assert.equal(losers.length, engines.length - 1);
		for (const { ended, log, child } of losers) {
			assert.deepEqual(await ended, [0, null], log);
			assert.equal(child.exitCode, 0);
		}
		for (const { log } of losers) {
			assert.match(log, new RegExp(`another engine owns .*process ${pid} on .*version`));
			assert.match(log, /semantic-image-search stop/);
		}
		assert.equal((await health()).pid, pid);
	});

	it('one killed: its lock, socket and name are left behind and stop nobody', async () => {
		const first = start();
		assert.equal((await answering()).pid, first.child.pid);
		first.child.kill('SIGKILL');
		await first.ended;
		for (const left of ['engine.lock', 'engine.sock', 'engine.holder.json'])
			assert.ok(existsSync(path.join(dataDir, left)), left);
		const second = start();
		assert.equal((await answering()).pid, second.child.pid);
	});
});
