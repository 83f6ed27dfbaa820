import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { EngineError } from '../../engine/errors';
import type { IndexStore } from '../../engine/index/vector-index';
import { createOllamaEmbedder } from '../../engine/text/ollama-embedder';
import { createOwedTextFiller, type OwedTextFiller } from '../../engine/text/owed-texts';
import { POISON, startOllamaServer, type OllamaTestServer } from '../harness/ollama-server';
import { until } from '../harness/until';
import { FakeIndex } from '../ingest/fakes';

describe('owed texts', () => {
	let ollama: OllamaTestServer;
	let index: FakeIndex;
	let filler: OwedTextFiller;
	let logged: { count?: number }[];

	before(async () => {
		ollama = await startOllamaServer();
	});
	after(() => ollama.close());
	beforeEach(() => {
		ollama.mood('well');
		ollama.delay(0);
		ollama.requests.length = 0;
		index = new FakeIndex();
		logged = [];
		filler = createOwedTextFiller({
			indexes: {
				open: (name: string) =>
					name === 'photos'
						? Promise.resolve(index.asIndex())
						: Promise.reject(new EngineError('INDEX_NOT_FOUND', 'no such index')),
			} as unknown as IndexStore,
			embedder: createOllamaEmbedder({ documentTimeoutMs: 5_000, busyDelayMs: 5 }),
			logger: { info: (fields) => logged.push(fields), warn: (fields) => logged.push(fields) },
			firstDelayMs: 60,
			maxDelayMs: 400,
		});
	});
	afterEach(() => filler.close());

	function owe(count: number, title = (i: number) => `photo ${i}`): void {
		void index.upsert(Array.from({ length: count }, (_, i) => ({ id: `p${i}`, title: title(i) })));
	}
	const owed = async () => (await index.stats()).textOwed;

	const paid = async (timeoutMs = 10_000) =>
		await until('all debts being paid', async () => (await owed()) === 0, {
			...{ timeoutMs, everyMs: 10 },
		});
	const idle = async () =>
		await until('the filler being done', () => filler.pending() === 0, {
			...{ timeoutMs: 10_000, everyMs: 10 },
		});

	test('debts are paid in the background, under the name of the text model', async () => {
		owe(150);
		filler.remember('photos', ollama.connection);
		filler.kick('photos');
		assert.equal(filler.pending(), 1);
		await paid();
		assert.equal(index.photos.get('p7')?.text?.model, 'nomic-embed-text');
		await idle();
	});

	test('without a connection nothing happens, and nothing breaks', async () => {
		owe(1);
		filler.kick('photos');
		assert.equal(filler.pending(), 0);
		assert.equal(await filler.settle('photos', 100), undefined);
		assert.equal(await owed(), 1);
	});

	test('while Ollama is down debts stay, and are paid once it is back', async () => {
		owe(3);
		ollama.mood('down');
		filler.remember('photos', ollama.connection);
		const failure = await filler.settle('photos', 1_000);
		assert.equal(failure?.code, 'OLLAMA_UNREACHABLE');
		assert.equal(await owed(), 3);
		assert.equal(filler.pending(), 1);
		ollama.mood('well');
		await paid();
	});

	test('a dead server is not asked again by every upsert', async () => {
		owe(1);
		ollama.mood('failing');
		filler.remember('photos', { ...ollama.connection, model: 'absent' });
		ollama.mood('well');
		await filler.settle('photos', 1_000);
		const asked = ollama.requests.length;
		for (let i = 0; i < 50; i++) {
			filler.remember('photos', { ...ollama.connection, model: 'absent' });
			filler.kick('photos');
			assert.equal((await filler.settle('photos', 1_000))?.code, 'OLLAMA_MODEL_MISSING');
		}
		assert.ok(ollama.requests.length - asked <= 2);
		filler.remember('photos', ollama.connection);
		await paid();
	});

	test('a server that stays down does not keep the process alive for ever', async () => {
		owe(1);
		ollama.mood('down');
		filler.remember('photos', ollama.connection);
		filler.kick('photos');
		await idle();
		assert.equal(await owed(), 1);
	});

	test('a text that Ollama refuses neither blocks the others nor is sent for ever', async () => {
		owe(100, (i) => (i < 2 ? `${POISON} ${i}` : `photo ${i}`));
		filler.remember('photos', ollama.connection);
		assert.equal(await filler.settle('photos', 3_000), undefined);
		assert.equal(await owed(), 2);
		const asked = ollama.requests.length;
		await filler.settle('photos', 1_000);
		assert.equal(ollama.requests.length, asked);
	});

	test('a photo that changed meanwhile is embedded again, not with its old words', async () => {
		owe(1);
		ollama.delay(50);
		filler.remember('photos', ollama.connection);
		filler.kick('photos');
		await until('a request', () => ollama.requests.length === 1, { everyMs: 10 });
		await index.upsert([{ id: 'p0', title: 'new words' }]);
		await paid();
		assert.deepEqual(ollama.requests.at(-1)?.input, ['search_document: new words']);
	});

	test('settling a slow server ends in time with BUSY', async () => {
		owe(40);
		ollama.delay(1_500);
		filler.remember('photos', ollama.connection);
		const started = Date.now();
		assert.equal((await filler.settle('photos', 50))?.code, 'BUSY');
		assert.ok(Date.now() - started < 1_200);
		await paid(20_000);
	});

	test('a quick server is waited for, however long ago the last batch was', async () => {
		ollama.delay(20);
		for (const prefix of ['first', 'second']) {
			// Longer than the wait below: a fresh account in an old process, then one long idle.
			await sleep(1_000);
			owe(3, (i) => `${prefix} ${i}`);
			filler.remember('photos', ollama.connection);
			assert.equal(await filler.settle('photos', 900), undefined);
			assert.equal(await owed(), 0);
		}
	});

	test('debts that an earlier process left are paid once a connection is known', async () => {
		owe(3);
		filler.remember('photos', ollama.connection);
		await paid();
	});

	test('a kick does not end a back-off, and one without debts asks nobody', async () => {
		filler.remember('photos', ollama.connection);
		for (let i = 0; i < 20; i++) filler.kick('photos');
		await idle();
		assert.equal(ollama.requests.length, 0);
		owe(1);
		filler.remember('photos', { ...ollama.connection, model: 'absent' });
		await filler.settle('photos', 1_000);
		const asked = ollama.requests.length;
		const end = Date.now() + 200;
		while (Date.now() < end) {
			filler.kick('photos');
			await sleep(10);
		}
		assert.equal(ollama.requests.length, asked);
	});

	test('two callers who take turns with dead servers do not make them be asked each time', async () => {
		owe(1);
		const dead = ['absent', 'missing'].map((model) => ({ ...ollama.connection, model }));
		const end = Date.now() + 300;
		while (Date.now() < end) {
			for (const connection of dead) {
				filler.remember('photos', connection);
				filler.kick('photos');
				await sleep(5);
			}
		}
		assert.ok(ollama.requests.length <= 4, `${ollama.requests.length} requests`);
		// A good one among them pays, and the dead ones do not take it out of use.
		filler.remember('photos', ollama.connection);
		filler.remember('photos', dead[0]!);
		await paid();
	});

	test('settling ends when its signal fires', async () => {
		owe(10);
		ollama.mood('hanging');
		filler.remember('photos', ollama.connection);
		const started = Date.now();
		const failure = await filler.settle('photos', 10_000, AbortSignal.timeout(40));
		assert.equal(failure?.code, 'BUSY');
		assert.ok(Date.now() - started < 5_000);
	});

	test('the log counts photos and names none', async () => {
		owe(100, (i) => (i < 2 ? `${POISON} ${i}` : `photo ${i}`));
		filler.remember('photos', ollama.connection);
		await filler.settle('photos', 3_000);
		assert.equal(logged.filter(({ count }) => count === 2).length, 1);
		assert.doesNotMatch(JSON.stringify(logged), /"p\d+"/);
	});

	test('closing in the middle of a request ends it', async () => {
		owe(10);
		ollama.mood('hanging');
		filler.remember('photos', ollama.connection);
		filler.kick('photos');
		await sleep(30);
		const started = Date.now();
		await filler.close();
		assert.ok(Date.now() - started < 5_000);
		filler.kick('photos');
		assert.equal(filler.pending(), 0);
	});

	test('a dropped index is forgotten', async () => {
		filler.remember('gone', ollama.connection);
		filler.kick('gone');
		await idle();
	});
});
