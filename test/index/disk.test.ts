import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { asIndexError } from '../../engine/index/catalogue/disk-errors';
import { createIndexStore } from '../../engine/index/index-store';
import { clusteredVectors, image, openIndex, photoOf, temporaryFolder } from './support';

/** Runs a command where a file system of 12 MB is mounted on a folder, without being root. */
function inSmallDisk(t: TestContext, ...command: string[]) {
	const folder = temporaryFolder(t);
	const mount = 'mount -t tmpfs -o size=12m tmpfs "$0" && cmd="$1" && shift && exec "$cmd" "$@"';
	const [program, ...rest] = command.map((word) => (word === '{folder}' ? folder : word));
	return spawnSync('unshare', ['-rm', 'sh', '-c', mount, folder, program!, ...rest], {
		encoding: 'utf8',
		timeout: 120_000,
	});
}

for (const [trial, name] of [
	['diskFull', 'a full disk refuses the write, searches go on, and with room all goes on'],
	['readOnly', 'a folder that cannot be written is named, and nothing in it is lost'],
] as const) {
	test(name, (t) => {
		const probe = inSmallDisk(t, 'true');
		if (probe.status !== 0) {
			t.skip(`no file system of our own here: ${probe.error?.message ?? probe.stderr}`);
			return;
		}
		const child = join(__dirname, 'disk-child.js');
		const { status, stderr } = inSmallDisk(t, process.execPath, child, '{folder}', trial);
		assert.equal(status, 0, stderr);
	});
}

test('damage in the middle of the file is told by name where it is read, and by verify', async (t) => {
	const first = await openIndex(t);
	const photos = clusteredVectors(200, 768).map((vector, i) => photoOf(i, vector));
	await first.index.upsert(photos.map((photo) => ({ ...photo, title: 'word' })));
	await first.store.close();
	const file = join(first.dataDir, 'indexes', 'photos', 'photos.db');
	const pages = statSync(file).size / 16_384;
	const fd = openSync(file, 'r+');
	for (let page = 3; page < pages; page++) {
		writeSync(fd, new Uint8Array(8_000).fill(0xa5), 0, 8_000, page * 16_384);
	}
	closeSync(fd);
	const store = createIndexStore({ dataDir: first.dataDir });
	t.after(() => store.close());
	const attempt = async () => {
		const index = await store.open('photos', { create: false });
		await index.getMany(photos.map(({ id }) => id));
		await index.count({ tags_none: ['x'] });
		await index.upsert(photos);
	};
	await assert.rejects(attempt, (error: Error) => {
		assert.equal((error as { code?: string }).code, 'INDEX_DAMAGED', error.message);
		assert.ok(error.message.includes(file) && /backup/.test(error.message), error.message);
		return true;
	});
});

test('a file that is no database is not written to', async (t) => {
	const { store, dataDir } = await openIndex(t);
	await store.close();
	const file = join(dataDir, 'indexes', 'photos', 'photos.db');
	writeFileSync(file, 'hello '.repeat(5_000));
	const before = readFileSync(file);
	const again = createIndexStore({ dataDir });
	await assert.rejects(again.open('photos', { create: true }), { code: 'INDEX_DAMAGED' });
	assert.deepEqual(readFileSync(file), before);
});

for (const [errcode, code] of [
	[13, 'DISK_FULL'],
	[10 | (12 << 8), 'DISK_ERROR'],
	[11, 'INDEX_DAMAGED'],
	[8 | (6 << 8), 'INDEX_READ_ONLY'],
	[5, 'BUSY'],
	[1, 'INTERNAL'],
] as const) {
	test(`SQLite's error ${errcode} is ${code}`, () => {
		const error = Object.assign(new Error('from SQLite'), { errcode });
		const { code: stable, message, details } = asIndexError(error, '/data/indexes/photos');
		assert.equal(stable, code);
		assert.match(message, /\/data\/indexes\/photos/);
		assert.equal(details?.reason, 'from SQLite');
	});
}

test('verify finds vectors that were changed behind the index’s back, and names their photos', async (t) => {
	const { index, store, dataDir } = await openIndex(t);
	await index.upsert(['a', 'b'].map((id, i) => ({ id, image: image(1, i), tags: [id] })));
	await store.close();
	const { DatabaseSync } = await import('node:sqlite');
	const db = new DatabaseSync(join(dataDir, 'indexes', 'photos', 'photos.db'));
	db.exec("UPDATE vectors SET vector = x'0000803f0000803f' WHERE seq = 1");
	db.exec("DELETE FROM labels WHERE name = 'b'");
	db.exec('DELETE FROM words WHERE rowid = 2');
	db.exec('UPDATE generations SET vectors = 5');
	db.close();
	const { index: damaged } = await openIndex(t, { dataDir });
	const { findings, checked } = await damaged.verify();
	const found = Object.fromEntries(findings.map(({ invariant, ids }) => [invariant, ids]));
	assert.deepEqual(found['vector-bytes'], ['a']);
	assert.deepEqual(found.labels, ['b']);
	assert.deepEqual(found.words, ['b']);
	assert.ok('generations' in found);
	for (const { invariant } of findings) assert.ok(checked.includes(invariant), invariant);
});
