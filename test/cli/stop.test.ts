import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { PACKAGE_ROOT } from '../../engine/locations';
import { testEngine } from '../harness/engine';
import { until } from '../harness/until';

const MAIN = path.join(PACKAGE_ROOT, 'dist/cli/main.js');

describe('the command “stop”', () => {
	const engine = testEngine();
	after(() => engine.close());

	function stop(): string {
		return execFileSync(process.execPath, [MAIN, 'stop'], {
			env: { ...process.env, SEMANTIC_IMAGE_SEARCH_DATA: engine.dataDir },
			encoding: 'utf8',
		});
	}

	it('ends the engine that runs, so that the next one reads changed settings', async () => {
		const { pid } = await engine.client.health();
		assert.match(stop(), /ends/);
		await until('the engine to end', () => {
			try {
				process.kill(pid!, 0);
				return false;
			} catch {
				return true;
			}
		});
		assert.notEqual((await engine.client.health()).pid, pid);
	});

	it('starts none only to end it', async () => {
		stop();
		await until('the engine to end', () => /No engine/.test(stop()));
	});
});
