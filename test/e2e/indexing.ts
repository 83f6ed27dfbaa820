import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failureOf } from '../harness/n8n-rest';
import { BUCKET } from '../harness/site';
import { until } from '../harness/until';
import type { Stage } from './stage';

/** Publishing polls at once. */
const POLL_TIMEOUT_MS = 30_000;
const EVENT_TIMEOUT_MS = 30_000;

export function indexing(stage: () => Stage): void {
	const isIndexed = async (key: string): Promise<boolean> =>
		await stage()
			.site.engine.getImage(BUCKET, `${BUCKET}/${key}`)
			.then(
				() => true,
				() => false,
			);

	describe('photos reach the index', () => {
		it('by the backfill workflow: all of the bucket, and nothing new the second time', async () => {
			const { site, gallery } = stage();
			await site.run('backfill-bucket');
			const first = await site.engine.stats(BUCKET);
			assert.equal(first.photos, gallery.photos.length);
			assert.equal(first.image_vectors.count, gallery.photos.length);
			await site.run('backfill-bucket');
			assert.equal((await site.engine.stats(BUCKET)).photos, gallery.photos.length);
		});

		it('with text vectors from Ollama for those that have words', async () => {
			const { site, ollama } = stage();
			const stats = await until('text vectors', async () => {
				const now = await site.engine.stats(BUCKET);
				return now.text_owed === 0 && now;
			});
			assert.ok(stats.text_vectors.count > 0);
			assert.ok(
				ollama.requests.every(({ input }) => input.every((text) => text.startsWith('search_'))),
			);
		});

		it('by the event workflow, as soon as they are uploaded, and leave it when deleted', async () => {
			const { site, gallery } = stage();
			await site.publish([
				'index-on-upload-event',
				'search-webhook',
				'search-by-picture',
				'gallery-page',
			]);
			site.forwardEvents();
			// A key that form encoding, URL paths and regular expressions all treat specially.
			const key = 'new ones/a+b (1) é%20.jpg';
			await site.storage.put(BUCKET, key, stage().photo(gallery.later.key));
			await until('the upload being indexed', async () => await isIndexed(key), {
				timeoutMs: EVENT_TIMEOUT_MS,
			});
			await site.storage.delete(BUCKET, key);
			await until('the deletion being followed', async () => !(await isIndexed(key)), {
				timeoutMs: EVENT_TIMEOUT_MS,
			});
		});

		it('by the schedule workflow, when no event tells of them', async () => {
			const { site, gallery } = stage();
			site.stopForwarding();
			const { key } = gallery.later;
			await site.storage.put(BUCKET, key, stage().photo(key));
			await site.rest.edit(site.workflow('index-on-schedule').id, ({ parameters }) => {
				if (parameters.pollTimes) parameters.pollTimes = { item: [{ mode: 'everyMinute' }] };
			});
			await site.publish(['index-on-schedule']);
			await until('the poll finding the photo', async () => await isIndexed(key), {
				timeoutMs: POLL_TIMEOUT_MS,
				everyMs: 500,
			});
			await site.storage.delete(BUCKET, key);
			// The next poll is minutes away; publishing looks at once.
			await site.rest.unpublish(site.workflow('index-on-schedule').id);
			await site.publish(['index-on-schedule']);
			await until('the poll noticing its deletion', async () => !(await isIndexed(key)), {
				timeoutMs: POLL_TIMEOUT_MS,
				everyMs: 500,
			});
			await site.rest.unpublish(site.workflow('index-on-schedule').id);
			site.forwardEvents();
		});

		it('except the bad ones of a batch, which the execution names', async () => {
			const { site, gallery } = stage();
			const { id } = site.workflow('index-on-upload-event');
			const good = 'batch/good.jpg';
			const bad = { 'batch/empty.jpg': '', 'batch/text.jpg': 'not a photo', 'batch/cut.jpg': '' };
			const photo = stage().photo(gallery.later.key);
			site.stopForwarding();
			await site.storage.put(BUCKET, good, photo);
			for (const [key, text] of Object.entries(bad)) {
				const body = key.includes('cut') ? photo.subarray(0, 2_000) : Buffer.from(text);
				await site.storage.put(BUCKET, key, body);
			}
			site.forwardEvents();
			const response = await fetch(site.n8n.webhook('photos-changed'), {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ Records: [good, ...Object.keys(bad)].map(created) }),
			});
			assert.equal(response.status, 200);
			await until('the good photo being indexed', async () => await isIndexed(good), {
				timeoutMs: EVENT_TIMEOUT_MS,
			});
			// The storage's own event of the last upload may come late and fail in a run of its own.
			await until('an execution that names all bad photos', async () => {
				const failed = (await site.rest.executions(id)).filter(({ status }) => status === 'error');
				for (const execution of failed) {
					const message = failureOf(await site.rest.finished(execution.id));
					if (Object.keys(bad).every((key) => message.includes(key))) return true;
				}
				return false;
			});
			for (const key of [good, ...Object.keys(bad)]) await site.storage.delete(BUCKET, key);
			await until('the good photo leaving again', async () => !(await isIndexed(good)));
		});
	});
}

function created(key: string): object {
	return {
		eventSource: 'aws:s3',
		eventName: 'ObjectCreated:Put',
		s3: { bucket: { name: BUCKET }, object: { key, size: 1 } },
	};
}
