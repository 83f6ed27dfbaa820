import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';

import { createIndexStore } from '../../engine/index/index-store';
import type { IndexStore, VectorIndex } from '../../engine/index/vector-index';
import { storePhotos } from '../../engine/ingest/store-photos';
import type { ImageInput, UpsertResponse } from '../../engine/service/contract';
import type { OwedTextFiller } from '../../engine/text/owed-texts';

const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const nobody = {} as OwedTextFiller;

describe('storing photos', () => {
	let dataDir: string;
	let indexes: IndexStore;
	let index: VectorIndex;

	beforeEach(async () => {
		dataDir = await mkdtemp(path.join(tmpdir(), 'store-photos-'));
		indexes = createIndexStore({ dataDir, logger: logger as never });
		index = await indexes.open('photos', { create: true });
	});
	afterEach(async () => {
		await indexes.close();
		await rm(dataDir, { recursive: true, force: true });
	});

	const store = (...images: ImageInput[]): Promise<UpsertResponse> =>
		storePhotos(index, { images }, nobody);
	const vector = { embedding: [1, 0, 0, 0], model: 'fake@1' };
	const words = { title: 'Old', description: 'old', tags: ['old'], people: ['Ann'] };
	const place = { taken_at: '2020-01-01T00:00:00', lat: 1, lon: 2, metadata: { camera: 'x' } };
	const photo = { id: 'a', s3_path: 's3://photos/a.jpg', width: 9, height: 9 };

	test('a new picture under a known id does not keep the facts of the old one', async () => {
		await store({ ...photo, ...words, ...place, ...vector, etag: 'one' });
		await store({ id: 'a', ...vector, etag: 'two', title: 'New' });
		const { s3_path, title, description, tags, people, taken_at, lat, lon, metadata, width } =
			(await index.get('a'))!;
		assert.deepEqual([s3_path, title, tags, people], ['s3://photos/a.jpg', 'New', [], []]);
		assert.deepEqual([description, taken_at, lat, lon, width], Array(5).fill(undefined));
		assert.deepEqual(metadata, {});
	});

	test('they are kept for the same file, for words alone and where no etag is known', async () => {
		const title = 'New';
		await store({ ...photo, ...words, ...vector, etag: 'one' });
		await store({ id: 'a', ...vector, etag: 'one', title });
		await store({ id: 'a', etag: 'two', title });
		await store({ id: 'a', ...vector, title });
		assert.equal((await index.get('a'))?.description, 'old');
		await store({ id: 'b', ...words }, { id: 'b', ...vector, etag: 'one' });
		await store({ id: 'b', ...vector, etag: 'one' });
		assert.equal((await index.get('b'))?.description, 'old');
	});

	test('of two pictures uploaded under one id at once, the last does not keep the words of the other', async () => {
		for (let round = 0; round < 10; round++) {
			await Promise.all([
				store({ ...photo, ...words, ...place, ...vector, etag: 'one' }),
				store({ ...photo, ...vector, etag: 'two', title: 'Two' }),
			]);
			const { etag, title, description, tags, people } = (await index.get('a'))!;
			assert.deepEqual(
				[title, description, tags, people],
				etag === 'two' ? ['Two', undefined, [], []] : ['Old', 'old', ['old'], ['Ann']],
			);
		}
	});

	test('an S3 path that is none is refused, also beside an id', async () => {
		const bad = ['https://x/y.jpg', 's3://photos/../secret', 's3://photos', ''];
		const { results, errors } = await store(
			...bad.map((s3_path, i) => ({ id: `bad ${i}`, s3_path })),
			{ id: 'good', s3_path: 's3://photos/a.jpg' },
		);
		assert.deepEqual(
			errors.map(({ code }) => code),
			Array(4).fill('BAD_KEY'),
		);
		assert.deepEqual(
			results.map(({ id }) => id),
			['good'],
		);
	});

	test('a vector without the name of its model is refused, of either kind', async () => {
		const { results, errors } = await store(
			{ id: 'a', embedding: [1, 0] },
			{ id: 'b', text_embedding: [1, 0], title: 'b' },
			{ id: 'c', text_embedding: [1, 0], text_model: 'nomic-embed-text', title: 'c' },
		);
		assert.deepEqual(
			errors.map(({ index: position, code }) => [position, code]),
			[
				[0, 'BAD_REQUEST'],
				[1, 'BAD_REQUEST'],
			],
		);
		assert.match(errors[1]?.message ?? '', /text_model/);
		assert.equal(results[0]?.text_vector, 'stored');
	});
});
