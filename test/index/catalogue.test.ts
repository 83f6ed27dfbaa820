import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhotoRecord } from '../../engine/index/vector-index';
import { asTyped } from '../words/as-typed';
import { image, openIndex, text } from './support';

const FULL: PhotoRecord = {
	id: 'holiday/2024/IMG_0001.jpg',
	s3_path: 's3://holiday/2024/IMG_0001.jpg',
	etag: '"abc"',
	size: 5_000_000_000,
	width: 4000,
	height: 3000,
	title: 'Beach',
	description: 'Sunset over the sea',
	tags: ['Sea', 'sunset'],
	people: ['Pat'],
	taken_at: '2024-05-01T20:15:00+02:00',
	lat: -33.5,
	lon: 151.25,
	metadata: { camera: 'X', nested: { list: [1, null, 'é'] } },
};

test('a photo comes back with every field it was stored with', async (t) => {
	const { index } = await openIndex(t);
	assert.deepEqual(await index.upsert([{ ...FULL, image: image(1, 0) }]), ['created']);
	const { indexed_at, ...stored } = (await index.get(FULL.id))!;
	assert.ok(Math.abs(Date.now() - Date.parse(indexed_at)) < 60_000);
	assert.deepEqual(stored, {
		...FULL,
		has_image_vector: true,
		has_text_vector: false,
		text_owed: true,
	});
});

test('a partial update keeps what it does not name and clears what it nulls', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ ...FULL, image: image(1, 0), text: text(1, 0) }]);
	assert.deepEqual(
		await index.upsert([{ id: FULL.id, etag: '"new"', lat: null, metadata: null }]),
		['updated'],
	);
	const stored = (await index.get(FULL.id))!;
	assert.equal(stored.etag, '"new"');
	assert.equal(stored.lat, undefined);
	assert.deepEqual(stored.metadata, {});
	assert.equal(stored.title, 'Beach');
	assert.deepEqual(stored.tags, ['Sea', 'sunset']);
	assert.ok(stored.has_image_vector && stored.has_text_vector);
});

test('a vector that is nulled is gone from searches', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'a', image: image(1, 0) },
		{ id: 'b', image: image(0, 1) },
	]);
	await index.upsert([{ id: 'a', image: null }]);
	assert.equal((await index.get('a'))?.has_image_vector, false);
	assert.equal(await index.vector('a', 'image'), undefined);
	const { hits } = await index.searchVector('image', image(1, 0), 10);
	assert.deepEqual(
		hits.map(({ id }) => id),
		['b'],
	);
});

test('the same id twice in a batch: the first one is stored, the other one is told', async (t) => {
	const { index } = await openIndex(t);
	const results = await index.upsert([
		{ id: 'a', title: 'first', image: image(1, 0) },
		{ id: 'a', title: 'second', image: image(0, 1) },
	]);
	assert.equal(results[0], 'created');
	assert.equal((results[1] as { code?: string }).code, 'BAD_REQUEST');
	assert.match(String(results[1]), /earlier in this batch/);
	assert.equal((await index.get('a'))?.title, 'first');
	assert.equal((await index.scoreVector('image', image(1, 0), ['a'])).get('a'), 1);
});

test('delete names what was there, and takes words and vectors along', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'a', title: 'cat', image: image(1, 0), text: text(1, 0) },
		{ id: 'b', title: 'cat' },
	]);
	assert.deepEqual(await index.delete(['a', 'unknown', 'a']), ['a']);
	assert.deepEqual(await index.delete(['a']), []);
	assert.equal(await index.count(), 1);
	assert.equal(await index.get('a'), undefined);
	assert.deepEqual(await index.ids({}), ['b']);
	assert.deepEqual(
		(await index.searchKeywords([asTyped('cat')], 10)).map(({ id }) => id),
		['b'],
	);
	const { image: images, text: texts } = await index.stats();
	assert.deepEqual([images.count, texts.count], [0, 0]);
});

test('everything is there after a restart', async (t) => {
	const first = await openIndex(t);
	await first.index.upsert([{ ...FULL, image: image(3, 4), text: text(1, 0) }]);
	const before = await first.index.get(FULL.id);
	await first.store.close();
	const { index } = await openIndex(t, { dataDir: first.dataDir });
	assert.deepEqual(await index.get(FULL.id), before);
	const { hits } = await index.searchVector('image', image(3, 4), 5);
	assert.deepEqual(hits, [{ id: FULL.id, score: 1 }]);
	assert.equal((await index.searchKeywords([asTyped('sunset')], 5)).length, 1);
});

test('ids page through a filter without gaps or repeats', async (t) => {
	const { index } = await openIndex(t);
	const photos = Array.from({ length: 25 }, (_, i) => ({
		id: `p${String(i).padStart(2, '0')}`,
		tags: i % 2 ? ['odd'] : [],
	}));
	await index.upsert(photos);
	const seen: string[] = [];
	for (let after: string | undefined; ; after = seen.at(-1)) {
		const page = await index.ids({ tags_all: ['odd'] }, { ...(after && { after }), limit: 5 });
		if (page.length === 0) break;
		seen.push(...page);
	}
	assert.deepEqual(
		seen,
		photos.filter(({ tags }) => tags.length > 0).map(({ id }) => id),
	);
});

const BAD_IDS = {
	empty: '',
	'too long': 'x'.repeat(1025),
	'with NUL': 'a\0b',
	'half a character': '\ud83d',
};
for (const [name, id] of Object.entries(BAD_IDS)) {
	test(`an id that is ${name} keeps only its own item out`, async (t) => {
		const { index } = await openIndex(t);
		const [bad, good] = await index.upsert([{ id }, { id: 'x'.repeat(1024) }]);
		assert.equal((bad as { code?: string }).code, 'BAD_REQUEST');
		assert.equal(good, 'created');
	});
}

test('ids and words outside ASCII survive', async (t) => {
	const { index } = await openIndex(t);
	const id = 'fotos/Ünïcode 🌄/日本.jpg';
	await index.upsert([{ id, title: '日本 🌄 naïve' }]);
	assert.equal((await index.get(id))?.title, '日本 🌄 naïve');
	assert.deepEqual(await index.delete([id]), [id]);
});
