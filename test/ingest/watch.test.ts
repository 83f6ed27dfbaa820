import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';

import { EngineError } from '../../engine/errors';
import { createWatches, type Watches } from '../../engine/ingest/watch';
import type { PollWatchRequest, PollWatchResponse } from '../../engine/service/contract';
import { FakeSource } from './fakes';

const s3 = { endpoint: 'http://minio:9000', access_key_id: 'a', secret_access_key: 'b' };

describe('watch', () => {
	let dataDir: string;
	let watches: Watches;
	let source: FakeSource;

	beforeEach(async () => {
		dataDir = await mkdtemp(path.join(tmpdir(), 'watch-test-'));
		watches = createWatches(dataDir);
		source = new FakeSource('photos', { 'a.jpg': 'one', 'b.jpg': 'two' });
	});
	afterEach(async () => {
		watches.close();
		await rm(dataDir, { recursive: true, force: true });
	});

	const poll = (request: Partial<PollWatchRequest> = {}): Promise<PollWatchResponse> =>
		watches.poll({ s3, bucket: 'photos', watch: 'w1', ...request }, source);
	const summary = ({ changes }: PollWatchResponse) =>
		changes.map(({ event, key }) => `${event} ${key}`);
	const ack = ({ token }: PollWatchResponse) => ({ ack: token ?? undefined });

	test('changes are reported until they are acknowledged, also after a crash', async () => {
		assert.deepEqual(summary(await poll()), ['created a.jpg', 'created b.jpg']);
		watches.close();
		watches = createWatches(dataDir);
		const again = await poll();
		assert.deepEqual(summary(again), ['created a.jpg', 'created b.jpg']);
		const quiet = await poll(ack(again));
		assert.deepEqual([quiet.changes, quiet.token, quiet.more], [[], null, false]);
		watches.close();
		watches = createWatches(dataDir);
		assert.deepEqual(summary(await poll()), []);
	});

	test('a damaged file is put aside, and the watch begins anew with a hint', async () => {
		const file = path.join(dataDir, 'watches.db');
		await poll(ack(await poll()));
		watches.close();
		for (const garbage of ['no database at all, '.repeat(500), 'short']) {
			await writeFile(file, garbage);
			watches = createWatches(dataDir);
			const first = await poll();
			assert.deepEqual(summary(first), ['created a.jpg', 'created b.jpg']);
			assert.match(first.hints.join(), /watches\.db\.damaged/);
			assert.equal(await readFile(`${file}.damaged`, 'utf8'), garbage);
			const second = await poll(ack(first));
			assert.deepEqual([second.changes, second.hints], [[], []]);
			watches.close();
		}
	});

	test('damage found while polling is treated the same, also by polls at once', async () => {
		const file = path.join(dataDir, 'watches.db');
		for (let i = 0; i < 2_000; i++) source.objects.set(`x${i}.jpg`, `${i}`);
		await poll(ack(await poll({ limit: 1_000 })));
		watches.close();
		const bytes = await readFile(file);
		// The header and the schema stay readable; the tables do not.
		await writeFile(file, bytes.fill(0xaa, 8_192));
		watches = createWatches(dataDir);
		const answers = await Promise.all([poll({ limit: 1_000 }), poll({ limit: 1_000 })]);
		for (const { changes } of answers) assert.equal(changes.length, 1_000);
		assert.match(answers[0]?.hints.join() ?? '', /watches\.db\.damaged/);
	});

	test('nothing is opened before the first poll', async () => {
		const elsewhere = path.join(dataDir, 'file', 'not-a-folder');
		await writeFile(path.join(dataDir, 'file'), '');
		const broken = createWatches(elsewhere);
		await assert.rejects(broken.poll({ s3, bucket: 'photos', watch: 'w1' }, source));
		broken.close();
	});

	test('a new, a changed and a removed photo are told apart', async () => {
		const first = await poll();
		source.objects.set('a.jpg', 'new body');
		source.objects.delete('b.jpg');
		source.objects.set('c.jpg', 'three');
		const second = await poll(ack(first));
		assert.deepEqual(summary(second), ['updated a.jpg', 'removed b.jpg', 'created c.jpg']);
		assert.equal(second.changes[2]?.s3_path, 's3://photos/c.jpg');
		assert.deepEqual(summary(await poll(ack(second))), []);
	});

	test('a photo changed between report and acknowledgement is reported again', async () => {
		const first = await poll();
		source.objects.set('a.jpg', 'changed while the workflow ran');
		assert.deepEqual(summary(await poll(ack(first))), ['updated a.jpg']);
	});

	test('an old, a foreign or an invented acknowledgement loses nothing', async () => {
		const first = await poll();
		const second = await poll(ack(first));
		source.objects.set('c.jpg', 'three');
		await poll(ack(second));
		assert.deepEqual(summary(await poll({ ack: 'invented' })), ['created c.jpg']);
		assert.deepEqual(summary(await poll(ack(first))), ['created c.jpg']);
		const other = await poll({ watch: 'w2' });
		assert.deepEqual(summary(await poll(ack(other))), ['created c.jpg']);
	});

	test('a manual poll in between does not invalidate the scheduled one', async () => {
		const scheduled = await poll();
		await poll();
		assert.deepEqual(summary(await poll(ack(scheduled))), []);
	});

	test('a backlog comes in portions, without listing the bucket for each', async () => {
		for (let i = 0; i < 250; i++) {
			source.objects.set(`x${String(i).padStart(3, '0')}.jpg`, `${i}`);
		}
		const seen: string[] = [];
		let answer = await poll({ limit: 50 });
		for (;;) {
			seen.push(...summary(answer));
			if (!answer.more) break;
			answer = await poll({ limit: 50, ...ack(answer) });
		}
		assert.equal(new Set(seen).size, 252);
		assert.equal(seen.length, 252);
		assert.equal(source.listings, 1);
	});

	test('"skip" only notes what is there, and reports what comes later', async () => {
		assert.deepEqual(summary(await poll({ existing: 'skip' })), []);
		source.objects.set('c.jpg', 'three');
		assert.deepEqual(summary(await poll({ existing: 'skip' })), ['created c.jpg']);
	});

	test('a listing that breaks off removes nothing', async () => {
		for (let i = 0; i < 2_500; i++) source.objects.set(`x${i}.jpg`, `${i}`);
		await poll(ack(await poll({ existing: 'skip' })));
		source.objects.delete('x1.jpg');
		source.fault = (_call, key) => {
			if (key !== '') throw new EngineError('S3_ACCESS_DENIED', 'no');
		};
		await assert.rejects(poll(), (error: EngineError) => error.code === 'S3_ACCESS_DENIED');
		source.fault = () => undefined;
		assert.deepEqual(summary(await poll()), ['removed x1.jpg']);
	});

	test('a first poll that fails half way does not count as the first', async () => {
		for (let i = 0; i < 1_500; i++) source.objects.set(`x${i}.jpg`, `${i}`);
		source.fault = (_call, key) => {
			if (key !== '') throw new EngineError('S3_ACCESS_DENIED', 'no');
		};
		await assert.rejects(poll({ existing: 'skip' }));
		source.fault = () => undefined;
		assert.deepEqual(summary(await poll({ existing: 'skip' })), []);
	});

	test('a mass removal is refused with a hint, and new photos are still reported', async () => {
		for (let i = 0; i < 20; i++) source.objects.set(`x${i}.jpg`, `${i}`);
		const first = await poll();
		source.objects.clear();
		source.objects.set('new.jpg', 'new');
		const second = await poll(ack(first));
		assert.deepEqual(summary(second), ['created new.jpg']);
		assert.match(second.hints[0] ?? '', /22 of 22 photos are gone/);
	});

	test('a hiccup of the store is retried within the poll', async () => {
		let hiccups = 1;
		source.fault = () => {
			if (hiccups-- > 0) throw new EngineError('S3_UNREACHABLE', 'hiccup');
		};
		assert.equal((await poll()).changes.length, 2);
	});

	test('two polls of one watch at once do not mix their listings', async () => {
		for (let i = 0; i < 2_200; i++) source.objects.set(`x${i}.jpg`, `${i}`);
		const answers = await Promise.all([poll({ limit: 1_000 }), poll({ limit: 1_000 }), poll()]);
		assert.deepEqual(
			answers.map(({ changes }) => changes.length),
			[1_000, 1_000, 100],
		);
	});

	test('bucket, prefix and watch keep states of their own', async () => {
		source.objects.set('dir/c.jpg', 'three');
		await poll(ack(await poll()));
		assert.deepEqual(summary(await poll({ prefix: 'dir/' })), ['created dir/c.jpg']);
		assert.equal((await poll({ watch: 'w2' })).changes.length, 3);
	});

	test('a nonsense name is refused', async () => {
		await assert.rejects(
			poll({ watch: '../x' }),
			(error: EngineError) => error.code === 'BAD_REQUEST',
		);
	});

	test('50 000 photos are compared in seconds', async () => {
		for (let i = 0; i < 50_000; i++) {
			source.objects.set(`2024/${String(i).padStart(6, '0')}.jpg`, `${i}`);
		}
		const keys = [...source.objects.keys()].sort();
		// The fake sorts at every page; a real server does not.
		source.list = (_bucket, options = {}) => {
			const after = options.startAfter;
			const start = after ? keys.indexOf(after) + 1 : 0;
			const page = keys.slice(start, start + 1_000);
			const objects = page.map((key) => ({
				bucket: 'photos',
				key,
				s3_path: `s3://photos/${key}`,
				etag: 'e',
				size: 1,
			}));
			const next = start + 1_000 < keys.length ? (page.at(-1) ?? null) : null;
			return Promise.resolve({ objects, next });
		};
		const started = Date.now();
		const first = await poll({ limit: 1_000 });
		await poll({ limit: 1_000, ...ack(first) });
		await poll({ watch: 'w2', existing: 'skip' });
		await poll({ watch: 'w2' });
		const seconds = (Date.now() - started) / 1000;
		assert.ok(seconds < 15, `${seconds} s`);
		console.log(`# four polls of ${keys.length} keys: ${seconds} s`);
	});
});
