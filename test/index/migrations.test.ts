import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { toSchema2 } from '../../engine/index/catalogue/schema-2';
import { createIndexStore } from '../../engine/index/index-store';
import { asTyped } from '../words/as-typed';
import { clusteredVectors, image, openIndex, temporaryFolder, text } from './support';
import { writeSchema1, type OldPhoto } from './schema-1';

const OLD: OldPhoto[] = [
	{
		id: 'a',
		title: 'cat',
		tags: ['pet'],
		image: Float32Array.of(1, 0),
		text: Float32Array.of(0, 1),
	},
	{ id: 'b', title: 'dog', tags: ['pet'], image: Float32Array.of(0, 1) },
	{ id: 'c', metadata: { camera: { make: 'Canon', model: 'EOS R5' } } },
];

test('an index of schema 1 is migrated with nothing lost, and says why', async (t) => {
	const dataDir = temporaryFolder(t);
	writeSchema1(dataDir, OLD);
	const said: string[] = [];
	const store = createIndexStore({
		dataDir,
		logger: { info: (message) => void said.push(message), warn: () => {}, error: () => {} },
	});
	t.after(() => store.close());
	const index = await store.open('photos', { create: false });
	assert.match(said.join(), /schema 1 to 2.*beside/);
	assert.match(said.join(), /schema 2 to 3.*script/);
	assert.match(said.join(), /schema 3 to 4.*dropped/);
	assert.deepEqual(await index.ids({}), ['a', 'b', 'c']);
	assert.deepEqual(await index.ids({ tags_all: ['pet'] }), ['a', 'b']);
	assert.deepEqual(await index.vector('a', 'image'), image(1, 0));
	assert.deepEqual(await index.vector('a', 'text'), text(0, 1));
	const { hits } = await index.searchVector('image', image(0, 1), 1);
	assert.deepEqual(hits, [{ id: 'b', score: 1 }]);
	assert.deepEqual(
		(await index.searchKeywords([asTyped('dog')], 5)).map(({ id }) => id),
		['b'],
	);
	assert.deepEqual(
		(await index.owedTexts(5)).map(({ id }) => id),
		['b'],
	);
	const stats = await index.stats();
	assert.equal(stats.schema, 4);
	assert.deepEqual(
		stats.generations.map(({ kind, model, state, vectors, missing }) => [
			...[kind, model, state, vectors, missing],
		]),
		[
			['image', 'vision@1', 'active', 2, 0],
			['text', 'words@1', 'active', 1, 0],
		],
	);
	assert.deepEqual((await index.verify()).findings, []);
	assert.deepEqual(await index.upsert([{ id: 'd', image: image(1, 1) }]), ['created']);
});

test('a migration that is killed leaves the old schema whole, and the next start migrates it', async (t) => {
	const dataDir = temporaryFolder(t);
	const many = clusteredVectors(2_000, 2).map((vector, i) => ({ id: `p${i}`, image: vector }));
	writeSchema1(dataDir, [...OLD, ...many]);
	const script = `
		const { DatabaseSync } = require('node:sqlite');
		const { toSchema2 } = require(${JSON.stringify(require.resolve('../../engine/index/catalogue/schema-2'))});
		const db = new DatabaseSync(process.argv[1], { enableForeignKeyConstraints: true });
		db.exec('PRAGMA cache_size = 10; BEGIN IMMEDIATE');
		toSchema2(db);
		process.kill(process.pid, 'SIGKILL');`;
	const file = join(dataDir, 'indexes', 'photos', 'photos.db');
	const child = spawn(process.execPath, ['-e', script, file], { stdio: 'inherit' });
	const signal = await new Promise((resolve) => child.on('close', (_, name) => resolve(name)));
	assert.equal(signal, 'SIGKILL');
	assert.ok(statSync(`${file}-wal`).size > 0, 'it had written');
	const { index } = await openIndex(t, { dataDir });
	assert.equal(await index.count(), OLD.length + many.length);
	const [{ vectors } = { vectors: 0 }] = await index.generations();
	assert.equal(vectors, 2 + many.length);
	assert.deepEqual((await index.verify()).findings, []);
});

test('an index of schema 2 is found in every script after its migration, even where a photo is damaged', async (t) => {
	const dataDir = temporaryFolder(t);
	writeSchema1(dataDir, [
		{ id: 'a', title: '東京都庁', tags: ['käthe', 'hot', 'dog'] },
		{ id: 'b', title: 'cat', tags: ['pet'] },
	]);
	const file = join(dataDir, 'indexes', 'photos', 'photos.db');
	const db = new DatabaseSync(file, { enableForeignKeyConstraints: true });
	db.exec('BEGIN');
	toSchema2(db);
	db.exec("PRAGMA user_version = 2; COMMIT; UPDATE photos SET tags = '[\"p' WHERE id = 'b'");
	db.close();
	const { index } = await openIndex(t, { dataDir });
	const found = async (word: string) =>
		(await index.searchKeywords([asTyped(word)], 5)).map(({ id }) => id);
	assert.equal((await index.stats()).schema, 4);
	for (const word of ['京都', 'kathe', 'Kaethe']) assert.deepEqual(await found(word), ['a'], word);
	assert.deepEqual(await found('hot dog'), []);
	assert.deepEqual(await found('cat'), ['b']);
	assert.deepEqual(
		(await index.verify()).findings.map(({ invariant, ids }) => [invariant, ids]),
		[
			['photo-bytes', ['b']],
			['labels', ['b']],
		],
	);
});

test('a database of a newer schema is refused, not read as if it were ours', async (t) => {
	const { store, dataDir } = await openIndex(t);
	await store.close();
	const file = join(dataDir, 'indexes', 'photos', 'photos.db');
	const db = new DatabaseSync(file);
	db.exec('PRAGMA user_version = 5');
	db.close();
	const before = readFileSync(file);
	const older = createIndexStore({ dataDir });
	t.after(() => older.close());
	await assert.rejects(older.open('photos', { create: true }), { code: 'ENGINE_INCOMPATIBLE' });
	assert.deepEqual(readFileSync(file), before);
});
