import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { createIndexStore } from '../../engine/index/index-store';
import { image, openIndex, temporaryFolder } from './support';

for (const name of ['../x', 'x/y', '', '.', 'A', 'a'.repeat(65), 'a\n', 'ä', '.dropped-x']) {
	test(`the index name ${JSON.stringify(name)} is refused`, async (t) => {
		const dataDir = temporaryFolder(t);
		const store = createIndexStore({ dataDir });
		for (const attempt of [store.open(name, { create: true }), store.drop(name)]) {
			await assert.rejects(attempt, { code: 'BAD_INDEX_NAME' });
		}
		assert.deepEqual(readdirSync(dataDir), []);
	});
}

test('an index that is not there is not created by looking', async (t) => {
	const dataDir = temporaryFolder(t);
	const store = createIndexStore({ dataDir });
	await assert.rejects(store.open('photos', { create: false }), { code: 'INDEX_NOT_FOUND' });
	await assert.rejects(store.drop('photos'), { code: 'INDEX_NOT_FOUND' });
	assert.deepEqual(await store.list(), []);
});

test('opening twice gives the same index, also when both wait', async (t) => {
	const { store, index } = await openIndex(t);
	assert.equal(await store.open('photos', { create: false }), index);
	const [one, two] = await Promise.all([1, 2].map(() => store.open('new', { create: true })));
	assert.equal(one, two);
});

test('a dropped index is gone with its files, and its name is free', async (t) => {
	const { store, index, dataDir } = await openIndex(t);
	await index.upsert([{ id: 'a', image: image(1, 0) }]);
	await store.open('other', { create: true });
	assert.deepEqual(await store.list(), ['other', 'photos']);
	await store.drop('photos');
	assert.deepEqual(await store.list(), ['other']);
	assert.deepEqual(readdirSync(join(dataDir, 'indexes')), ['other']);
	await assert.rejects(index.count(), { code: 'ENGINE_STOPPING' });
	assert.equal(await (await store.open('photos', { create: true })).count(), 0);
});

test('an index can be closed and opened again', async (t) => {
	const { store, index } = await openIndex(t);
	await index.upsert([{ id: 'a' }]);
	await index.close();
	await index.close();
	assert.equal(await (await store.open('photos', { create: false })).count(), 1);
});

test('the folder is for its owner only, even if it was there', async (t) => {
	const dataDir = temporaryFolder(t);
	const folder = join(dataDir, 'indexes', 'photos');
	mkdirSync(folder, { recursive: true, mode: 0o755 });
	await openIndex(t, { dataDir });
	assert.equal(statSync(folder).mode & 0o777, 0o700);
});

test('a database of a newer version is refused and left alone', async (t) => {
	const { store, dataDir } = await openIndex(t);
	await store.close();
	const file = join(dataDir, 'indexes', 'photos', 'photos.db');
	const db = new DatabaseSync(file);
	db.exec('PRAGMA user_version = 99');
	db.close();
	const newer = createIndexStore({ dataDir });
	await assert.rejects(newer.open('photos', { create: true }), {
		code: 'ENGINE_INCOMPATIBLE',
		message: /newer version/,
	});
	assert.ok(existsSync(file));
});

test('a database of another program is refused and left alone', async (t) => {
	const dataDir = temporaryFolder(t);
	const folder = join(dataDir, 'indexes', 'photos');
	mkdirSync(folder, { recursive: true });
	const db = new DatabaseSync(join(folder, 'photos.db'));
	db.exec('CREATE TABLE recipes (name TEXT)');
	db.close();
	const store = createIndexStore({ dataDir });
	await assert.rejects(store.open('photos', { create: true }), { code: 'ENGINE_INCOMPATIBLE' });
});

test('a file that is no database is reported, and the next attempt is fresh', async (t) => {
	const dataDir = temporaryFolder(t);
	const folder = join(dataDir, 'indexes', 'photos');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'photos.db'), 'not a database, but long enough to look at'.repeat(50));
	const store = createIndexStore({ dataDir });
	await assert.rejects(store.open('photos', { create: true }), { message: /backup/ });
	writeFileSync(join(folder, 'photos.db'), '');
	assert.equal(await (await store.open('photos', { create: true })).count(), 0);
	await store.close();
});
