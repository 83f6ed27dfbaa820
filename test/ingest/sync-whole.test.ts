import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { createIndexStore } from '../../engine/index/index-store';
import type { IndexStore } from '../../engine/index/vector-index';
import { Jobs } from '../../engine/ingest/jobs';
import { createPhotoSources } from '../../engine/ingest/s3-source';
import { startSync } from '../../engine/ingest/sync';
import type { Job } from '../../engine/service/contract';
import { createOllamaEmbedder } from '../../engine/text/ollama-embedder';
import { createOwedTextFiller, type OwedTextFiller } from '../../engine/text/owed-texts';
import { startOllamaServer, type OllamaTestServer } from '../harness/ollama-server';
import { startS3Server, type S3TestServer } from '../harness/s3-server';
import { FakeEncoder } from './fakes';

const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('sync with the real index, over HTTP', () => {
	let s3: S3TestServer;
	let ollama: OllamaTestServer;
	let dataDir: string;
	let indexes: IndexStore;
	let owedTexts: OwedTextFiller;
	const sources = createPhotoSources();
	const jobs = new Jobs();

	before(async () => {
		dataDir = await mkdtemp(path.join(tmpdir(), 'sync-test-'));
		s3 = await startS3Server(['photos']);
		ollama = await startOllamaServer();
		indexes = createIndexStore({ dataDir, logger: logger as never });
		const embedder = createOllamaEmbedder({ documentTimeoutMs: 2_000 });
		owedTexts = createOwedTextFiller({ indexes, embedder, logger, firstDelayMs: 100 });
	});
	after(async () => {
		await jobs.close();
		await owedTexts.close();
		await indexes.close();
		sources.close();
		await ollama.close();
		await s3.close();
		await rm(dataDir, { recursive: true, force: true });
	});

	async function sync(encoder = new FakeEncoder()): Promise<Job> {
		const index = await indexes.open('photos', { create: true });
		const request = { s3: s3.connection, bucket: 'photos', ollama: ollama.connection };
		const job = startSync(jobs, index, request, { sources, encoder, owedTexts });
		await jobs.ended(job.id);
		return job;
	}

	test('what is uploaded, changed and deleted arrives, with words and text vectors', async () => {
		for (let i = 0; i < 40; i++) {
			await s3.put('photos', `2024/día ${i}+1.jpg`, i === 7 ? 'bad' : `photo ${i}`, {
				title: encodeURIComponent(`Día ${i}`),
				tags: 'beach,sunset',
			});
		}
		const first = await sync();
		assert.deepEqual(
			[first.state, first.done, first.failed, first.hints],
			['succeeded', 39, 1, []],
		);
		const index = await indexes.open('photos', { create: false });
		const photo = await index.get('photos/2024/día 3+1.jpg');
		assert.deepEqual(
			[photo?.title, photo?.tags, photo?.has_text_vector, photo?.has_image_vector],
			['Día 3', ['beach', 'sunset'], true, true],
		);

		await s3.put('photos', '2024/día 3+1.jpg', 'another picture');
		await s3.delete('photos', '2024/día 4+1.jpg');
		const second = await sync();
		assert.deepEqual(
			[second.state, second.done, second.unchanged, second.deleted, second.failed],
			['succeeded', 1, 37, 1, 1],
		);
		assert.equal(await index.count(), 38);
	});

	test('while Ollama is down photos are indexed, and their words follow', async () => {
		ollama.mood('down');
		await s3.put('photos', 'later.jpg', 'later', { title: 'Later' });
		const job = await sync();
		assert.equal(job.state, 'succeeded');
		assert.match(job.hints[0] ?? '', /owed/);
		const index = await indexes.open('photos', { create: false });
		assert.equal((await index.get('photos/later.jpg'))?.text_owed, true);
		ollama.mood('well');
		// Within the back-off the known failure is answered; after it the debt is paid unasked.
		for (let tries = 0; (await index.get('photos/later.jpg'))?.text_owed; tries++) {
			assert.ok(tries < 100, 'the text is still owed');
			await sleep(50);
		}
		assert.equal((await index.get('photos/later.jpg'))?.has_text_vector, true);
		assert.equal(await owedTexts.settle('photos', 5_000), undefined);
	});

	test('a file that is uploaded while sync fetches another one leaves it none of its words', async () => {
		const index = await indexes.open('photos', { create: false });
		await s3.put('photos', 'twice.jpg', 'the second', { title: 'Second' });
		const encoder = new FakeEncoder();
		const embed = encoder.embedImage.bind(encoder);
		encoder.embedImage = async (bytes) => {
			const image = { vector: Float32Array.of(1, 0, 0, 0), model: 'fake@1' };
			const first = { id: 'photos/twice.jpg', etag: 'of the first', description: 'the first' };
			await index.upsert([{ ...first, image, tags: ['first'] }]);
			return await embed(bytes);
		};
		assert.equal((await sync(encoder)).done, 1);
		const { title, description, tags } = (await index.get('photos/twice.jpg'))!;
		assert.deepEqual([title, description, tags], ['Second', undefined, []]);
	});

	test('another model is built beside the old one, and words of a user’s own outlive it', async () => {
		const index = await indexes.open('photos', { create: false });
		const other = new FakeEncoder('fake@2');
		assert.match((await sync(other)).error?.message ?? '', /Begin a change to that model/);

		const title = 'A title of my own';
		await index.upsert([{ id: 'photos/later.jpg', title }]);
		const photos = await index.count();
		const begun = { model: 'fake@2', dimension: 4, activateWhenComplete: true };
		await index.beginGeneration('image', begun);
		// One that is new, and one whose file is another one, on the way.
		await s3.put('photos', 'new.jpg', 'new', { title: 'New' });
		await s3.put('photos', '2024/día 5+1.jpg', 'not the same', { title: 'Changed' });
		const job = await sync(other);
		assert.deepEqual([job.state, job.done, job.unchanged], ['succeeded', photos + 1, 0]);
		assert.match(job.hints.join(), /built beside those of fake@1/);
		assert.equal(index.model('image'), 'fake@2');
		assert.equal((await index.get('photos/later.jpg'))?.title, title);
		assert.equal((await index.get('photos/2024/día 5+1.jpg'))?.title, 'Changed');
		assert.equal((await sync(other)).unchanged, photos + 1);
	});
});
