import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { startModelHub, type ModelHub } from '../../harness/model-hub';
import { until } from '../../harness/until';
import { ModelFetcher } from './model-fetcher';
import { hubFiles, MODEL, TOWERS } from './model-files';

const TOKEN = 'hf_a-token-nobody-may-see';
const TOWER_BYTES = 2_000_000;

describe('processes that share a models folder', () => {
	const files = hubFiles(TOWER_BYTES);
	let hub: ModelHub;
	let folder: string;
	const fetchers: ModelFetcher[] = [];
	before(async () => {
		hub = await startModelHub(files, { token: TOKEN });
	});
	after(() => hub.close());
	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'sis-shared-'));
		hub.requests.length = 0;
		// Two seconds for each tower: time to meet in the middle.
		hub.faults.drip = { bytes: TOWER_BYTES / 40, everyMs: 50 };
	});
	afterEach(async () => {
		hub.faults.drip = undefined;
		for (const fetcher of fetchers.splice(0)) await fetcher.kill();
		rmSync(folder, { recursive: true, force: true });
	});

	/** As an engine with a data folder of its own would. */
	function start(): ModelFetcher {
		const fetcher = new ModelFetcher({
			SEMANTIC_IMAGE_SEARCH_DATA: path.join(folder, `data-${fetchers.length}`),
			SEMANTIC_IMAGE_SEARCH_MODELS: path.join(folder, 'models'),
			HF_ENDPOINT: hub.url,
			HF_TOKEN: TOKEN,
		});
		fetchers.push(fetcher);
		return fetcher;
	}

	function assertComplete(): void {
		for (const [name, content] of Object.entries(files)) {
			assert.ok(readFileSync(path.join(folder, 'models', MODEL, name)).equals(content), name);
		}
	}

	it('download a model once, and the second sees how far the first is', async () => {
		const [first, second] = [start(), start()];
		assert.equal((await first.end())?.end, 'ready');
		assert.equal((await second.end())?.end, 'ready');
		assertComplete();
		for (const name of Object.keys(files)) {
			const times = hub.fetched().filter((request) => request.path.endsWith(`/${name}`)).length;
			assert.equal(times, 1, `${name} was fetched ${times} times`);
		}
		const waiter = /another process/.test(first.log) ? first : second;
		assert.match(waiter.log, /another process downloads it/);
		assert.ok(waiter.received > TOWER_BYTES / 4, 'the second saw nothing of the first');
		// Nothing is left of the meeting but the lock's file.
		assert.deepEqual(readdirSync(path.join(folder, 'models')).sort(), [`.${MODEL}.lock`, MODEL]);
	});

	it('take over from one that was killed, and go on where it was', async () => {
		hub.faults.drip!.everyMs *= 4;
		const first = start();
		await until('the first is in the middle', () => first.received > TOWER_BYTES / 2, {
			everyMs: 20,
		});
		const second = start();
		await until('the second waits', () => /another process/.test(second.log), { everyMs: 20 });
		await first.kill();
		hub.requests.length = 0;
		hub.faults.drip = undefined;
		assert.equal((await second.end())?.end, 'ready');
		assertComplete();
		const resumed = hub.fetched().find(({ path: file }) => file.endsWith(TOWERS[0]));
		assert.match(resumed?.range ?? '', /^bytes=[1-9]/);
	});

	it('find no half model after a kill, only what to go on from', async () => {
		const first = start();
		await until('the first is in the middle', () => first.received > TOWER_BYTES / 2, {
			everyMs: 20,
		});
		await first.kill();
		assert.ok(!existsSync(path.join(folder, 'models', MODEL)));
		const second = start();
		assert.equal((await second.end())?.end, 'ready');
		assert.ok(!/another process/.test(second.log), 'a dead process holds the lock');
		assertComplete();
	});

	it('log the way with rate and end, and never the token', async () => {
		const fetcher = start();
		await fetcher.end();
		assert.match(fetcher.log, /^downloading model siglip-base-patch16-384 \(816 MB\) from Xenova/m);
		assert.match(fetcher.log, /\d+ % of 4\.\d MB, [\d.]+ [kM]B\/s, about \d s left/);
		assert.match(fetcher.log, /is complete: 4\.\d MB in \d s/);
		assert.ok(!JSON.stringify(fetcher.told).includes(TOKEN));
	});
});
