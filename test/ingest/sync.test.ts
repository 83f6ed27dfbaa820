import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';

import { EngineError } from '../../engine/errors';
import { Jobs } from '../../engine/ingest/jobs';
import { startSync } from '../../engine/ingest/sync';
import type { Job, SyncRequest } from '../../engine/service/contract';
import type { OwedTextFiller } from '../../engine/text/owed-texts';
import { FakeEncoder, FakeIndex, FakeSource } from './fakes';

const s3 = { access_key_id: 'a', secret_access_key: 'b' };

describe('sync', () => {
	let jobs: Jobs;
	let index: FakeIndex;
	let source: FakeSource;
	let encoder: FakeEncoder;
	let settled: EngineError | undefined;
	let settle: OwedTextFiller['settle'];

	beforeEach(() => {
		jobs = new Jobs();
		index = new FakeIndex();
		source = new FakeSource('photos', { 'a.jpg': 'one', 'b.jpg': 'two', 'c/d e.jpg': 'three' });
		encoder = new FakeEncoder();
		settled = undefined;
		settle = () => Promise.resolve(settled);
	});

	function start(request: Partial<SyncRequest> = {}): Job {
		const owedTexts = {
			remember: () => undefined,
			kick: () => undefined,
			settle,
		} as unknown as OwedTextFiller;
		const sources = { source: () => source, close: () => undefined };
		const rooms = { sources, encoder, owedTexts };
		return startSync(jobs, index.asIndex(), { s3, bucket: 'photos', ...request }, rooms);
	}

	async function sync(request: Partial<SyncRequest> = {}): Promise<Job> {
		const job = start(request);
		await jobs.ended(job.id);
		return job;
	}

	test('new photos are indexed, and a second sync fetches none of them again', async () => {
		const first = await sync();
		assert.equal(first.state, 'succeeded');
		assert.deepEqual([first.done, first.total, first.total_known], [3, 3, true]);
		const photo = index.photos.get('photos/c/d e.jpg');
		assert.deepEqual(
			[photo?.width, photo?.title, photo?.image?.model],
			[4, 'Title of c/d e.jpg', 'fake@1'],
		);
		source.fetched = [];
		const second = await sync();
		assert.deepEqual([second.unchanged, second.done, source.fetched.length], [3, 0, 0]);
	});

	test('a changed etag is indexed again, a missing photo deleted', async () => {
		await sync();
		source.objects.set('a.jpg', 'other');
		source.objects.delete('b.jpg');
		source.fetched = [];
		const job = await sync();
		assert.deepEqual([job.done, job.unchanged, job.deleted], [1, 1, 1]);
		assert.deepEqual(source.fetched, ['a.jpg']);
		assert.equal(index.photos.has('photos/b.jpg'), false);
	});

	test('another file under a known key does not keep the words of the old one', async () => {
		await sync();
		const words = { description: 'old', tags: ['old'], lat: 1, metadata: { camera: 'old' } };
		for (const key of ['a.jpg', 'b.jpg']) {
			const photo = index.photos.get(`photos/${key}`)!;
			index.photos.set(photo.id, { ...photo, ...words, people: ['Ann'] });
		}
		source.objects.set('a.jpg', 'another picture');
		// Fetched again too, but for its vector only: the file is the same.
		index.photos.get('photos/b.jpg')!.image = null;
		assert.equal((await sync()).done, 2);
		const [a, b] = ['a', 'b'].map((name) => index.photos.get(`photos/${name}.jpg`));
		assert.deepEqual(
			[a?.description, a?.tags, a?.people, a?.lat, a?.metadata, a?.taken_at],
			[null, null, null, null, null, null],
		);
		assert.deepEqual([a?.title, a?.width], ['Title of a.jpg', 4]);
		assert.deepEqual([b?.description, b?.tags, b?.people], ['old', ['old'], ['Ann']]);
	});

	test('words given before the file was ever seen are kept', async () => {
		await index.upsert([{ id: 'photos/a.jpg', s3_path: 's3://photos/a.jpg', description: 'mine' }]);
		await sync();
		assert.equal(index.photos.get('photos/a.jpg')?.description, 'mine');
	});

	test('another model than the one of the index ends the job at once, naming both', async () => {
		await sync();
		const info = { model: 'new@2', dimension: 4, imageSize: 8 };
		encoder.info = () => Promise.resolve(info);
		source.fetched = [];
		const job = await sync();
		assert.deepEqual([job.state, job.error?.code, job.failed], ['failed', 'MODEL_MISMATCH', 0]);
		assert.match(job.error?.message ?? '', /fake@1.*new@2.*Begin a change.*another index/);
		assert.equal(source.fetched.length, 0);
	});

	test('a photo stored under an id of its own is not indexed twice', async () => {
		await sync();
		const photo = index.photos.get('photos/a.jpg')!;
		index.photos.delete('photos/a.jpg');
		index.photos.set('my-id', { ...photo, id: 'my-id' });
		source.objects.set('a.jpg', 'changed');
		const job = await sync();
		assert.deepEqual([job.done, job.deleted, index.photos.has('photos/a.jpg')], [1, 0, false]);
	});

	test('one bad photo never stops the job', async () => {
		for (let i = 0; i < 100; i++) source.objects.set(`x${i}.jpg`, i % 10 === 0 ? 'bad' : `ok ${i}`);
		const job = await sync();
		assert.equal(job.state, 'succeeded');
		assert.deepEqual([job.done, job.failed, job.total], [93, 10, 103]);
		assert.equal(job.failures[0]?.code, 'NOT_AN_IMAGE');
		assert.ok(index.upserts.every((size) => size <= 36));
	});

	test('transient S3 errors are retried, lasting ones recorded', async () => {
		let hiccups = 2;
		source.fault = (call, key) => {
			if (call === 'fetch' && key === 'a.jpg' && hiccups-- > 0) {
				throw new EngineError('S3_UNREACHABLE', 'hiccup');
			}
			if (key === 'b.jpg') throw new EngineError('S3_ACCESS_DENIED', 'no');
		};
		const job = await sync();
		assert.deepEqual([job.state, job.done, job.failed], ['succeeded', 2, 1]);
		assert.equal(job.failures[0]?.s3_path, 's3://photos/b.jpg');
	});

	test('a store that went away ends the job instead of failing every photo', async () => {
		for (let i = 0; i < 200; i++) source.objects.set(`x${i}.jpg`, `${i}`);
		source.fault = (call) => {
			if (call === 'fetch') throw new EngineError('S3_ACCESS_DENIED', 'no');
		};
		const job = await sync();
		assert.deepEqual([job.state, job.error?.code], ['failed', 'S3_ACCESS_DENIED']);
		assert.ok(job.failed < 40);
	});

	test('a broken model is one failure of the job, not one per photo', async () => {
		encoder.embedImage = () => Promise.reject(new EngineError('MODEL_BROKEN', 'broken'));
		const job = await sync();
		assert.deepEqual([job.state, job.error?.code, job.failed], ['failed', 'MODEL_BROKEN', 0]);
	});

	test('an emptied bucket deletes nothing unless forced', async () => {
		await sync();
		source.objects.clear();
		const refused = await sync();
		assert.deepEqual([refused.state, refused.error?.code], ['failed', 'MASS_DELETE_REFUSED']);
		assert.equal(index.photos.size, 3);
		assert.equal((await sync({ delete_missing: false })).state, 'succeeded');
		const forced = await sync({ force: true });
		assert.deepEqual([forced.state, forced.deleted, index.photos.size], ['succeeded', 3, 0]);
	});

	test('losing most of many photos is refused, but new ones are still indexed', async () => {
		for (let i = 0; i < 20; i++) source.objects.set(`x${i}.jpg`, `${i}`);
		await sync();
		for (let i = 0; i < 20; i++) source.objects.delete(`x${i}.jpg`);
		source.objects.set('new.jpg', 'new');
		const job = await sync();
		assert.deepEqual([job.error?.code, job.done], ['MASS_DELETE_REFUSED', 1]);
		assert.ok(index.photos.has('photos/new.jpg'));
	});

	test('an incomplete listing deletes nothing', async () => {
		for (let i = 0; i < 1_500; i++) source.objects.set(`x${i}.jpg`, `${i}`);
		await sync();
		source.objects.delete('x1.jpg');
		source.fault = (call, key) => {
			if (call === 'list' && key !== '') throw new EngineError('S3_ACCESS_DENIED', 'no');
		};
		const job = await sync();
		assert.deepEqual([job.state, job.deleted, index.photos.size], ['failed', 0, 1_503]);
	});

	test('a photo deleted between listing and fetching is no failure', async () => {
		source.fault = (call, key) => {
			if (call === 'fetch' && key === 'b.jpg') source.objects.delete(key);
		};
		const job = await sync();
		assert.deepEqual([job.state, job.done, job.failed, job.total], ['succeeded', 2, 0, 2]);
	});

	test('the prefix limits what is indexed and what is deleted', async () => {
		await sync();
		source.objects.delete('a.jpg');
		const job = await sync({ prefix: 'c/' });
		assert.deepEqual([job.unchanged, job.deleted, index.photos.size], [1, 0, 3]);
	});

	test('a second sync of the same place answers the running job', async () => {
		const first = start();
		assert.equal(start(), first);
		assert.notEqual(start({ prefix: 'c/' }), first);
		assert.equal(jobs.activeCount, 2);
		await jobs.close();
		assert.equal(jobs.activeCount, 0);
	});

	test('a cancelled sync keeps what it has embedded', async () => {
		for (let i = 0; i < 300; i++) source.objects.set(`x${i}.jpg`, `${i}`);
		const job = start();
		let seen = 0;
		source.fault = (call) => {
			if (call === 'fetch' && ++seen === 50) jobs.cancel(job.id);
		};
		await jobs.ended(job.id);
		assert.equal(job.state, 'cancelled');
		assert.ok(job.done >= 40 && job.done < 100, `${job.done}`);
		assert.equal(index.photos.size, job.done);
	});

	test('a sync that waits for Ollama is cancelled at once', async () => {
		settle = (_name, _ms, signal) => {
			setImmediate(() => jobs.cancel(job.id));
			return new Promise((resolve) =>
				signal?.addEventListener('abort', () => resolve(new EngineError('BUSY', 'not yet'))),
			);
		};
		const job = start({ ollama: { url: 'http://127.0.0.1:9' } });
		await jobs.ended(job.id);
		assert.deepEqual([job.state, job.done, job.hints], ['cancelled', 3, []]);
	});

	test('a failing disk ends the job with its reason', async () => {
		index.failUpsert = new Error('disk I/O error');
		const job = await sync();
		assert.deepEqual([job.state, job.error?.message, job.failed], ['failed', 'disk I/O error', 3]);
	});

	test('texts that Ollama did not embed are a hint, not a failure', async () => {
		settled = new EngineError('OLLAMA_UNREACHABLE', 'Ollama cannot be reached.');
		const job = await sync({ ollama: { url: 'http://127.0.0.1:9' } });
		assert.equal(job.state, 'succeeded');
		assert.match(job.hints[0] ?? '', /owed.*cannot be reached/);
	});
});

describe('jobs', () => {
	test('only the last fifty finished jobs are kept', async () => {
		const jobs = new Jobs();
		const ids: string[] = [];
		for (let i = 0; i < 60; i++) {
			const job = jobs.start('sync', 'photos', `${i}`, () => Promise.resolve());
			ids.push(job.id);
			await jobs.ended(job.id);
		}
		assert.equal(jobs.get(ids[0]!), undefined);
		assert.ok(jobs.list().length <= 51);
		assert.equal(jobs.list()[0]?.id, ids.at(-1));
	});

	test('a job that throws anything at all is failed, with a message', async () => {
		const jobs = new Jobs();
		const job = jobs.start('sync', 'photos', '', () => Promise.reject(new TypeError('oops')));
		assert.equal(job.state, 'queued');
		await jobs.ended(job.id);
		assert.deepEqual([job.state, job.error], ['failed', { code: 'INTERNAL', message: 'oops' }]);
	});
});
