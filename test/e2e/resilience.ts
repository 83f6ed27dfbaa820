import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../../demo/answers';
import type { Stage } from './stage';

const SEARCHES = 24;
/** n8n's own answer time is some 30 ms: half of the searches are then on their way. */
const KILL_AFTER_MS = 150;

/** Needs the gallery in the index, and the search webhook published. */
export function resilience(stage: () => Stage): void {
	describe('when the engine is killed with signal 9', () => {
		it('every search under way gets the right answer, from a new engine', async () => {
			const { site } = stage();
			const ids = async () =>
				(await ask(site.n8n, 'beach sunset with people')).results.map(({ id }) => id);
			const right = await ids();
			const before = await site.engine.health();
			const searches = Array.from({ length: SEARCHES }, async (_, index) => {
				await sleep(index * 20);
				return await ids();
			});
			await sleep(KILL_AFTER_MS);
			assert.ok(before.pid);
			process.kill(before.pid, 'SIGKILL');
			for (const answer of await Promise.all(searches)) assert.deepEqual(answer, right);
			const after = await site.engine.health();
			assert.notEqual(after.pid, before.pid);
		});

		it('n8n stays up as the process it was', async () => {
			const { site } = stage();
			assert.ok(site.n8n.running);
			assert.ok((await fetch(`${site.n8n.url}/healthz/readiness`)).ok);
		});
	});
}
