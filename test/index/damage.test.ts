import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { exportIndex } from '../../engine/index/operations/export-index';
import { image, openIndex } from './support';

const PHOTOS = ['a', 'b', 'c'].map((id, i) => ({
	...{ id, title: `word-${id}`, tags: [id], metadata: { n: i } },
	image: image(1, i),
}));

/** Three photos, after this SQL has been at them. */
async function damaged(t: TestContext, sql: string) {
	const first = await openIndex(t);
	await first.index.upsert(PHOTOS);
	await first.store.close();
	const db = new DatabaseSync(join(first.dataDir, 'indexes', 'photos', 'photos.db'));
	db.exec(sql);
	db.close();
	return await openIndex(t, { dataDir: first.dataDir });
}

const DAMAGES: Record<string, string> = {
	'a letter of its title is another': "UPDATE photos SET title = 'wOrd-b' WHERE id = 'b'",
	'its metadata is no JSON': `UPDATE photos SET metadata = '{"n"' WHERE id = 'b'`,
	'its tags are no list': `UPDATE photos SET tags = '{}' WHERE id = 'b'`,
	'an integer is no number': `UPDATE photos SET taken_wall = ${2n ** 62n} WHERE id = 'b'`,
};

for (const [name, sql] of Object.entries(DAMAGES)) {
	test(`a photo is not taken for right where ${name}; the others stay, and storing it again heals it`, async (t) => {
		const { index } = await damaged(t, sql);
		const { findings } = await index.verify();
		assert.deepEqual(findings.find(({ invariant }) => invariant === 'photo-bytes')?.ids, ['b']);
		await assert.rejects(index.get('b'), { code: 'INDEX_DAMAGED', message: /"b"/ });
		assert.deepEqual([...(await index.getMany(['a', 'b', 'c'])).keys()], ['a', 'c']);
		await assert.rejects(text(Readable.from(exportIndex(index))), { code: 'INDEX_DAMAGED' });
		assert.deepEqual(
			(await index.owedTexts(5)).map(({ id }) => id),
			['a', 'c'],
		);
		const [refused] = await index.upsert([{ id: 'b', description: 'more', mustExist: true }]);
		assert.equal((refused as { code?: string }).code, 'INDEX_DAMAGED');

		assert.deepEqual(await index.upsert([{ id: 'b', title: 'word-b', tags: ['b'] }]), ['updated']);
		assert.deepEqual((await index.verify()).findings, []);
		const { title, tags, metadata, has_image_vector } = (await index.get('b'))!;
		assert.deepEqual([title, tags, metadata, has_image_vector], ['word-b', ['b'], {}, true]);
	});
}

test('a vector with a sign flipped is left out and not exported, and storing it again heals it', async (t) => {
	const { index } = await damaged(
		t,
		"UPDATE vectors SET vector = x'000080bf00000000' WHERE seq = 1",
	);
	const { findings } = await index.verify();
	assert.deepEqual(
		findings.map(({ invariant, ids }) => [invariant, ids]),
		[['vector-bytes', ['a']]],
	);
	const hits = async () =>
		(await index.searchVector('image', image(-1, 0), 5)).hits.map(({ id }) => id);
	assert.deepEqual((await hits()).sort(), ['b', 'c']);
	await assert.rejects(index.vector('a', 'image'), { code: 'INDEX_DAMAGED', message: /"a"/ });
	await assert.rejects(text(Readable.from(exportIndex(index))), { code: 'INDEX_DAMAGED' });
	await index.upsert([PHOTOS[0]!]);
	assert.deepEqual((await hits()).sort(), ['a', 'b', 'c']);
	assert.deepEqual((await index.verify()).findings, []);
});

test('texts that UTF-8 cannot hold as they are do not pass for damaged', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([
		{ id: 'a', title: 'half \ud83d, NUL \0, -0', size: -0, lat: 1e-7, tags: ['\udc00', '\udc01'] },
	]);
	assert.deepEqual((await index.verify()).findings, []);
	assert.equal((await index.get('a'))?.title, 'half \ufffd, NUL \0, -0');
});
