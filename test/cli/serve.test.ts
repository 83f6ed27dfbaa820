import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { send } from '../../engine/client/transport';
import { PACKAGE_ROOT, socketPath } from '../../engine/locations';
import { ENGINE_ENV } from '../../engine/process-settings';
import type { Health } from '../../engine/service/contract';
import { until } from '../harness/until';

describe('serve', () => {
	it(
		'becomes the engine with its memory settings, under the id that its starter knows',
		{ skip: process.platform !== 'linux' && 'the settings are of glibc' },
		async () => {
			const dataDir = mkdtempSync(path.join(tmpdir(), 'sis-serve-'));
			const env: NodeJS.ProcessEnv = { ...process.env, SEMANTIC_IMAGE_SEARCH_MODEL: 'demo' };
			for (const name of Object.keys(ENGINE_ENV)) delete env[name];
			const main = path.join(PACKAGE_ROOT, 'dist', 'cli', 'main.js');
			const server = spawn(process.execPath, [main, 'serve', '--data', dataDir], {
				env,
				stdio: 'ignore',
			});
			const ended = once(server, 'exit');
			try {
				const health = await until('the engine answers', () =>
					send<Health>(
						{ socketPath: socketPath(dataDir) },
						{ method: 'GET', path: '/healthz', timeoutMs: 2_000 },
					),
				);
				assert.equal(health.pid, server.pid);
				const settings = readFileSync(`/proc/${server.pid}/environ`, 'utf8').split('\0');
				for (const [name, value] of Object.entries(ENGINE_ENV)) {
					assert.ok(settings.includes(`${name}=${value}`), name);
				}
			} finally {
				server.kill('SIGTERM');
				await ended;
				rmSync(dataDir, { recursive: true, force: true });
			}
			assert.deepEqual(await ended, [0, null]);
		},
	);
});
