import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
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

test('an index that is opened while one of its name is dropped is a new one, or photos vanish after they were acknowledged', async (t) => {
	const { store, index, dataDir } = await openIndex(t);
	await index.upsert([{ id: 'old', image: image(1, 0) }]);
	const rename = fs.rename.bind(fs);
	t.mock.method(fs, 'rename', async (from: string, to: string) => {
		await sleep(100);
		await rename(from, to);
	});
	const dropping = store.drop('photos');
	const opened = await store.open('photos', { create: true });
	assert.deepEqual(await opened.upsert([{ id: 'new', image: image(1, 0) }]), ['created']);
	await dropping;
	assert.deepEqual(await opened.ids({}), ['new']);
	await store.close();
	const again = createIndexStore({ dataDir });
	t.after(() => again.close());
	assert.deepEqual(await (await again.open('photos', { create: false })).ids({}), ['new']);
});

test('two who drop an index at once do not drop the one that follows it', async (t) => {
	const { store } = await openIndex(t);
	const [first, second] = await Promise.allSettled([store.drop('photos'), store.drop('photos')]);
	assert.equal(first.status, 'fulfilled');
	assert.equal(second.status, 'rejected');
	assert.equal((second.reason as { code?: string }).code, 'INDEX_NOT_FOUND');
	assert.equal(await (await store.open('photos', { create: true })).count(), 0);
});

test('an index whose removal was cut off is removed at the next start, or it takes up the disk for ever', async (t) => {
	const dataDir = temporaryFolder(t);
	const left = join(dataDir, 'indexes', '.dropped-photos-1');
	mkdirSync(left, { recursive: true });
	writeFileSync(join(left, 'photos.db'), 'what is left of it');
	createIndexStore({ dataDir });
	assert.deepEqual(readdirSync(join(dataDir, 'indexes')), []);
});

test('a store that is closed while an index is being opened leaves none open, or its lock stays', async (t) => {
	const { store, index, dataDir } = await openIndex(t);
	const closing = index.close();
	const late = store.open('photos', { create: false });
	await Promise.all([assert.rejects(late, { code: 'ENGINE_STOPPING' }), store.close(), closing]);
	const again = createIndexStore({ dataDir });
	t.after(() => again.close());
	assert.equal(await (await again.open('photos', { create: false })).count(), 0);
});

test('an index that cannot be opened does not keep the others from being closed', async (t) => {
	const { store, dataDir } = await openIndex(t);
	const broken = join(dataDir, 'indexes', 'broken');
	mkdirSync(broken);
	writeFileSync(join(broken, 'photos.db'), 'not a database, but long enough to look at'.repeat(50));
	const opening = assert.rejects(store.open('broken', { create: false }));
	await Promise.all([store.close(), opening]);
	const again = createIndexStore({ dataDir });
	t.after(() => again.close());
	assert.equal(await (await again.open('photos', { create: false })).count(), 0);
});

test('an index opens although what it replaced cannot be removed, or it stays locked', async (t) => {
	const { store, dataDir, warnings } = await openIndex(t);
	await store.close();
	const aside = join(dataDir, 'indexes', '.aside-photos');
	mkdirSync(aside);
	writeFileSync(join(aside, 'photos.db'), 'the old one');
	t.mock.method(fs, 'rename', () => Promise.reject(new Error('EBUSY')));
	const next = await openIndex(t, { dataDir });
	assert.deepEqual(await next.index.upsert([{ id: 'a' }]), ['created']);
	assert.match(next.warnings.join(), /what it replaced was not removed: EBUSY/);
	assert.deepEqual(warnings, []);
});

test('a write that came before the index is closed is done, or one after it would be without it', async (t) => {
	const { index, store } = await openIndex(t);
	await index.upsert([{ id: 'a', image: image(1, 0) }]);
	const writes = [
		index.upsert([{ id: 'b', image: image(0, 1) }]),
		index.delete(['a']),
		index.upsert([{ id: 'c' }]),
	];
	await index.close();
	assert.deepEqual(await Promise.all(writes), [['created'], ['a'], ['created']]);
	assert.deepEqual(await (await store.open('photos', { create: false })).ids({}), ['b', 'c']);
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
