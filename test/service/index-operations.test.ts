import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, afterEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../harness/ask';
import { gone, testEngine } from '../harness/engine';
import { until } from '../harness/until';

/** More than a request of any other route may have. */
const LARGE_BYTES = 160e6;

function photo(i: number): string {
	const embedding = [Math.cos(i), Math.sin(i)];
	return JSON.stringify({ id: `photo ${i}`, title: 'x'.repeat(500), embedding, model: 'v@1' });
}

/** Photos one by one, without an end, until somebody stops it. */
async function* endless(first: string, everyMs: number): AsyncGenerator<string> {
	yield `${first}\n`;
	for (let i = 0; ; i++) {
		yield `${photo(i)}\n`;
		if (everyMs > 0) await sleep(everyMs);
	}
}

describe('operations of an index over HTTP', () => {
	const engine = testEngine();
	const { client } = engine;
	const open: Readable[] = [];
	after(() => engine.close());
	afterEach(() => {
		for (const stream of open.splice(0)) stream.destroy();
	});
	function stream(lines: Iterable<string> | AsyncIterable<string>): Readable {
		const readable = Readable.from(lines, { objectMode: false });
		open.push(readable);
		return readable;
	}

	it('an import is refused at once, not after gigabytes', async () => {
		const header = { format: 'semantic-image-search/export', version: 99 };
		const lines = stream(endless(JSON.stringify(header), 0));
		await assert.rejects(client.operations.import('photos', lines), { code: 'EXPORT_VERSION' });
		assert.equal((await client.stats('photos')).photos, 0);
	});

	it('an import may be larger than what one request may hold elsewhere', async () => {
		const blank = `${' '.repeat(1_000_000)}\n`;
		function* lines() {
			for (let sent = 0; sent < LARGE_BYTES; sent += blank.length) yield blank;
			yield `${photo(1)}\n`;
		}
		const report = await client.operations.import('large', stream(lines()));
		assert.deepEqual([report.created, report.failed], [1, 0]);
	});

	it('an import wants JSON Lines, and no JSON', async () => {
		const { status, body } = await ask(engine.dataDir, 'POST', '/indexes/photos/import', '{}');
		assert.equal(status, 400);
		assert.match(body.error.message, /application\/x-ndjson/);
		const wrong = await ask(engine.dataDir, 'POST', '/indexes/photos/backup', '{"path":"x"}');
		assert.equal(wrong.status, 400);
		const without = await ask(engine.dataDir, 'POST', '/indexes/photos/backup');
		assert.equal(without.status, 202);
	});

	it('an import whose engine is killed says so, and the next one brings the rest', async () => {
		const lines = stream(endless(photo(-1), 1));
		const importing = client.operations.import('killed', lines);
		importing.catch(() => undefined);
		const stored = async () => (await client.stats('killed').catch(() => undefined))?.photos;
		await until('photos are stored', stored);
		const pid = await engine.pid();
		process.kill(pid, 'SIGKILL');
		await assert.rejects(importing, { code: 'ENGINE_UNREACHABLE' });
		await gone(pid);
		const before = (await stored())!;
		assert.ok(before > 0);
		const again = Array.from({ length: before + 10 }, (_, i) => `${photo(i - 1)}\n`);
		const report = await client.operations.import('killed', stream(again));
		assert.deepEqual([report.updated, report.created, report.failed], [before, 10, 0]);
	});

	it('an import that is given up stops, and what it stored is whole', async () => {
		const cancel = new AbortController();
		const lines = stream(endless(photo(-1), 1));
		const importing = client.operations.import('given-up', lines, cancel.signal);
		importing.catch(() => undefined);
		const photos = async () => (await client.stats('given-up').catch(() => undefined))?.photos;
		await until('photos are stored', photos);
		cancel.abort();
		await assert.rejects(importing, { code: 'CANCELLED' });
		const { id } = await client.operations.verify('given-up');
		const job = await until('it is verified', async () => {
			const now = await client.job(id);
			return now.state === 'succeeded' && now;
		});
		assert.deepEqual(job.verification?.findings, []);
		assert.equal(job.verification?.photos, await photos());
	});

	it('an export that nobody reads any more keeps nobody waiting', async () => {
		const lines = Array.from({ length: 10_000 }, (_, i) => `${photo(i)}\n`);
		await client.operations.import('much', stream(lines));
		const reader = await client.operations.export('much');
		// Some of it, far from all: the rest waits in the engine.
		await new Promise((resolve) => reader.once('readable', resolve));
		reader.read(1000);
		assert.equal((await client.getImage('much', 'photo 5')).id, 'photo 5');
		reader.destroy();
		const pid = await engine.pid();
		const asked = Date.now();
		await client.shutdown();
		await gone(pid);
		assert.ok(Date.now() - asked < 9_000, 'the engine waited for a reader that is gone');
	});
});
