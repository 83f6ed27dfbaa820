import assert from 'node:assert/strict';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
} from 'node:fs';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { createIndexStore } from '../../engine/index/index-store';
import { backupName, backupPlace, backupsFolder } from '../../engine/index/operations/backup-place';
import { restoreIndex } from '../../engine/index/operations/restore-index';
import { removeHalfBackups, writeBackup } from '../../engine/index/operations/write-backup';
import type { VectorIndex } from '../../engine/index/vector-index';
import { asTyped } from '../words/as-typed';
import { image, openIndex, temporaryFolder } from './support';

const nobodyLooks = () => undefined;

async function backUp(index: VectorIndex, dataDir: string): Promise<string> {
	const file = path.join(backupsFolder(dataDir), 'photos.db');
	assert.equal(await writeBackup(index, file, dataDir, nobodyLooks), statSync(file).size);
	return file;
}

describe('a backup', () => {
	it('is readable by its owner alone, and its folder too', async (t) => {
		const { index, dataDir } = await openIndex(t);
		const file = await backUp(index, dataDir);
		if (process.platform === 'win32') return;
		assert.equal(statSync(file).mode & 0o777, 0o600);
		assert.equal(statSync(path.dirname(file)).mode & 0o777, 0o700);
	});

	it('overwrites nothing, and makes no folder where a disk is not mounted', async (t) => {
		const { index, dataDir } = await openIndex(t);
		const file = await backUp(index, dataDir);
		const before = readFileSync(file);
		await assert.rejects(writeBackup(index, file, dataDir, nobodyLooks), { code: 'FILE_EXISTS' });
		assert.ok(readFileSync(file).equals(before));
		const lost = path.join(dataDir, '..', 'no-such-disk', 'x.db');
		await assert.rejects(writeBackup(index, lost, dataDir, nobodyLooks), {
			code: 'BAD_BACKUP_PATH',
		});
		assert.ok(!existsSync(path.dirname(lost)));
	});

	it('is not written into a file that another one is being written to', async (t) => {
		const { index, store, dataDir } = await openIndex(t);
		const other = await store.open('other', { create: true });
		await index.upsert([{ id: 'a', image: image(1, 0) }]);
		const file = path.join(dataDir, 'one.db');
		const attempts = [index.backup(file), other.backup(file)];
		assert.deepEqual(
			(await Promise.allSettled(attempts)).map(({ status }) => status),
			['fulfilled', 'rejected'],
		);
		await assert.rejects(attempts[1]!, { code: 'FILE_EXISTS' });
		const restored = await restoreIndex(store, 'restored', file, { replace: false });
		assert.deepEqual(await restored.ids({}), ['a']);
	});

	it('that does not fit says so, and one that is given up leaves no file', async (t) => {
		const { index, dataDir } = await openIndex(t);
		const place = path.join(backupsFolder(dataDir), 'photos.db');
		for (const [thrown, code] of [
			[{ errcode: 13 }, 'DISK_FULL'],
			[{ code: 'ENOSPC' }, 'DISK_FULL'],
			[{ errcode: 8 | (3 << 8) }, 'BAD_BACKUP_PATH'],
			[{ code: 'EACCES' }, 'BAD_BACKUP_PATH'],
		] as const) {
			const failing = { backup: () => Promise.reject(Object.assign(new Error(), thrown)) };
			await assert.rejects(
				writeBackup(failing as unknown as VectorIndex, place, dataDir, nobodyLooks),
				{ code },
			);
		}
		// More than is copied at a time.
		const metadata = { long: 'x'.repeat(1_000_000) };
		await index.upsert(Array.from({ length: 30 }, (_, i) => ({ id: `photo ${i}`, metadata })));
		await assert.rejects(
			writeBackup(index, place, dataDir, () => AbortSignal.abort().throwIfAborted()),
			{ name: 'AbortError' },
		);
		assert.deepEqual(readdirSync(backupsFolder(dataDir)), []);
	});

	it('that was killed leaves nothing for ever, and harms no other', async (t) => {
		const { index, dataDir } = await openIndex(t);
		const file = await backUp(index, dataDir);
		const half = path.join(path.dirname(file), 'photos-20261122T224008Z.db.partial');
		for (const suffix of ['', '-journal']) writeFileSync(half + suffix, 'half');
		removeHalfBackups(dataDir);
		assert.deepEqual(readdirSync(path.dirname(file)), [path.basename(file)]);
		removeHalfBackups(temporaryFolder(t));
	});

	it('has a name that sorts by time', () => {
		const at = (time: string) => backupName('photos', new Date(time));
		assert.equal(at('2026-11-22T22:40:08.123Z'), 'photos-20261122T224008Z.db');
		assert.ok(at('2026-11-22T22:40:08Z') < at('2026-12-01T00:00:00Z'));
	});

	it('is not called as what the next start removes, or it is gone then', () => {
		for (const file of ['photos.partial', 'photos.db-wal', 'photos.db-journal', 'photos.db-shm']) {
			assert.throws(() => backupPlace('/data', file, false), { code: 'BAD_BACKUP_PATH' }, file);
			assert.throws(() => backupPlace('/data', `/mnt/${file}`, true), { code: 'BAD_BACKUP_PATH' });
		}
	});

	it('goes, for whoever has only a token, nowhere but into its folder', () => {
		const place = (file: string, mayChoosePlace: boolean) =>
			backupPlace('/data', file, mayChoosePlace);
		assert.equal(place('a-1.db', false), '/data/backups/a-1.db');
		for (const file of [
			'/etc/passwd',
			'../x.db',
			'..',
			'.hidden',
			'a/b.db',
			'a\\b.db',
			'C:x.db',
			'a\0.db',
			'',
			'x'.repeat(200),
		]) {
			assert.throws(() => place(file, false), { code: 'BAD_BACKUP_PATH' }, file);
		}
		assert.equal(place('/mnt/usb/../usb/x.db', true), '/mnt/usb/x.db');
		assert.equal(place('/data/backups/x.db', true), '/data/backups/x.db');
		for (const file of [
			'relative/x.db',
			'/mnt/a\0.db',
			'/data/indexes/photos/photos.db',
			'/data/x',
		]) {
			assert.throws(() => place(file, true), { code: 'BAD_BACKUP_PATH' }, file);
		}
	});
});

describe('restoring', () => {
	it('brings back what was there when the backup was made', async (t) => {
		const { index, store, dataDir } = await openIndex(t);
		await index.upsert([{ id: 'a', title: 'A wall', image: image(1, 0) }]);
		const file = await backUp(index, dataDir);
		await index.upsert([{ id: 'later', image: image(0, 1) }]);
		const copy = await restoreIndex(store, 'copy', file, { replace: false });
		assert.deepEqual(await copy.ids({}), ['a']);
		assert.equal((await copy.searchKeywords([asTyped('wall')], 1))[0]?.id, 'a');
		assert.equal((await copy.searchVector('image', image(1, 0), 1)).hits[0]?.id, 'a');
		assert.deepEqual((await copy.verify()).findings, []);
		assert.equal(await index.count(), 2);
		await copy.upsert([{ id: 'b', image: image(0, 1) }]);
		assert.equal(await (await store.open('copy', { create: false })).count(), 2);
	});

	it('leaves an index of that name alone unless it is to be replaced', async (t) => {
		const { index, store, dataDir } = await openIndex(t);
		await index.upsert([{ id: 'a', image: image(1, 0) }]);
		const file = await backUp(index, dataDir);
		await index.upsert([{ id: 'later', image: image(0, 1) }]);
		await assert.rejects(restoreIndex(store, 'photos', file, { replace: false }), {
			code: 'INDEX_EXISTS',
		});
		assert.equal(await index.count(), 2);
		const restored = await restoreIndex(store, 'photos', file, { replace: true });
		assert.deepEqual(await restored.ids({}), ['a']);
		assert.deepEqual(await (await store.open('photos', { create: false })).ids({}), ['a']);
		await assert.rejects(index.count(), { code: 'ENGINE_STOPPING' });
		assert.deepEqual(readdirSync(path.join(dataDir, 'indexes')), ['photos']);
	});

	it('lets those who ask meanwhile wait for the new index, and gives them no half of it', async (t) => {
		const { index, store, dataDir } = await openIndex(t);
		await index.upsert([{ id: 'a', image: image(1, 0) }]);
		const file = await backUp(index, dataDir);
		await index.upsert([{ id: 'later' }]);
		let isDone = false;
		const restoring = restoreIndex(store, 'photos', file, { replace: true });
		void restoring.then(() => (isDone = true));
		const counts = new Set<number>();
		while (!isDone) {
			const open = await store.open('photos', { create: true });
			counts.add(await open.count().catch(() => 2));
			await new Promise((resolve) => setTimeout(resolve, 1));
		}
		assert.deepEqual(
			[...counts].filter((n) => n !== 1 && n !== 2),
			[],
		);
		assert.equal(await (await store.open('photos', { create: false })).count(), 1);
	});

	it('refuses what is no backup, and nothing is lost by it', async (t) => {
		const { index, store, dataDir } = await openIndex(t);
		await index.upsert(
			Array.from({ length: 300 }, (_, i) => ({ id: `photo ${i}`, image: image(1, i) })),
		);
		const good = await backUp(index, dataDir);
		const folder = temporaryFolder(t);
		const file = (name: string, bytes: Buffer) => {
			writeFileSync(path.join(folder, name), bytes);
			return path.join(folder, name);
		};
		const bytes = readFileSync(good);
		const changed = (at: number, value: number[]) => {
			const copy = Buffer.from(bytes);
			copy.set(value, at);
			return copy;
		};
		const stranger = path.join(folder, 'stranger.db');
		const db = new DatabaseSync(stranger);
		db.exec('CREATE TABLE a (b)');
		db.close();
		const page = bytes.readUInt16BE(16);
		for (const [what, code] of [
			[path.join(folder, 'not there'), 'BACKUP_NOT_FOUND'],
			[folder, 'BACKUP_NOT_FOUND'],
			[file('empty', Buffer.alloc(0)), 'BACKUP_BROKEN'],
			[file('text', Buffer.from('{"format":"semantic-image-search/export"}')), 'BACKUP_BROKEN'],
			[stranger, 'BACKUP_BROKEN'],
			[file('cut', bytes.subarray(0, Math.floor(bytes.length / page / 2) * page)), 'BACKUP_BROKEN'],
			[file('torn', changed(3 * page, Array<number>(page).fill(0xff))), 'BACKUP_BROKEN'],
			[file('newer', changed(60, [0, 0, 0, 99])), 'ENGINE_INCOMPATIBLE'],
		] as const) {
			for (const name of ['photos', 'new']) {
				await assert.rejects(restoreIndex(store, name, what, { replace: true }), { code }, what);
			}
		}
		assert.equal(await index.count(), 300);
		assert.deepEqual(await store.list(), ['photos']);
		assert.deepEqual(readdirSync(path.join(dataDir, 'indexes')), ['photos']);
	});

	it('that is given up before the exchange changes nothing', async (t) => {
		const { index, store, dataDir } = await openIndex(t);
		await index.upsert([{ id: 'a', image: image(1, 0) }]);
		const file = await backUp(index, dataDir);
		await index.upsert([{ id: 'b', image: image(1, 0) }]);
		await assert.rejects(
			restoreIndex(store, 'photos', file, { replace: true, signal: AbortSignal.abort() }),
			{ name: 'AbortError' },
		);
		assert.equal(await index.count(), 2);
	});

	it('gives the old index back where the new one is good but cannot be opened', async (t) => {
		const { index, store, dataDir } = await openIndex(t);
		await index.upsert([{ id: 'a', image: image(1, 0) }]);
		const file = await backUp(index, dataDir);
		const db = new DatabaseSync(file);
		db.exec('DROP TABLE photos; PRAGMA user_version = 1');
		db.close();
		await assert.rejects(restoreIndex(store, 'photos', file, { replace: true }));
		const again = await store.open('photos', { create: false });
		assert.deepEqual(await again.ids({}), ['a']);
		assert.deepEqual(readdirSync(path.join(dataDir, 'indexes')), ['photos']);
	});

	it('reads a copied folder with its log, where the last writes are', async (t) => {
		const { index, store, dataDir } = await openIndex(t);
		await index.upsert([{ id: 'a', image: image(1, 0) }]);
		const folder = temporaryFolder(t);
		for (const suffix of ['', '-wal']) {
			const from = path.join(dataDir, 'indexes', 'photos', `photos.db${suffix}`);
			copyFileSync(from, path.join(folder, `photos.db${suffix}`));
		}
		assert.ok(statSync(path.join(folder, 'photos.db-wal')).size > 0);
		const copy = await restoreIndex(store, 'copy', path.join(folder, 'photos.db'), {
			replace: false,
		});
		assert.deepEqual(await copy.ids({}), ['a']);
	});

	it('killed between the two renames has lost nothing, and leaves nothing behind', async (t) => {
		const { index, store, dataDir } = await openIndex(t);
		await index.upsert([{ id: 'a', image: image(1, 0) }]);
		await store.close();
		const root = path.join(dataDir, 'indexes');
		renameSync(path.join(root, 'photos'), path.join(root, '.aside-photos'));
		mkdirSync(path.join(root, '.staged-photos-0123'));
		writeFileSync(path.join(root, '.staged-photos-0123', 'photos.db'), 'half a copy');
		const next = createIndexStore({ dataDir });
		t.after(() => next.close());
		assert.deepEqual(await next.list(), ['photos']);
		assert.deepEqual(await (await next.open('photos', { create: false })).ids({}), ['a']);
		assert.deepEqual(readdirSync(root), ['photos']);
	});

	it('killed after both renames goes on with the new index once it has opened', async (t) => {
		const { index, store, dataDir } = await openIndex(t);
		await index.upsert([{ id: 'new', image: image(1, 0) }]);
		await store.close();
		const root = path.join(dataDir, 'indexes');
		mkdirSync(path.join(root, '.aside-photos'));
		writeFileSync(path.join(root, '.aside-photos', 'photos.db'), 'the old one');
		const next = createIndexStore({ dataDir });
		t.after(() => next.close());
		assert.ok(existsSync(path.join(root, '.aside-photos')));
		assert.deepEqual(await (await next.open('photos', { create: false })).ids({}), ['new']);
		assert.deepEqual(readdirSync(root), ['photos']);
	});

	it('that was killed before the new index opened keeps the old one, however often it is tried again', async (t) => {
		const { index, store, dataDir } = await openIndex(t);
		await index.upsert([{ id: 'a', image: image(1, 0) }]);
		const file = await backUp(index, dataDir);
		await store.close();
		const db = new DatabaseSync(file);
		db.exec('DROP TABLE photos; PRAGMA user_version = 1');
		db.close();
		const root = path.join(dataDir, 'indexes');
		renameSync(path.join(root, 'photos'), path.join(root, '.aside-photos'));
		mkdirSync(path.join(root, 'photos'));
		copyFileSync(file, path.join(root, 'photos', 'photos.db'));
		const next = createIndexStore({ dataDir });
		t.after(() => next.close());
		await assert.rejects(next.open('photos', { create: false }));
		await assert.rejects(restoreIndex(next, 'photos', file, { replace: true }));
		assert.deepEqual(await (await next.open('photos', { create: false })).ids({}), ['a']);
		assert.deepEqual(readdirSync(root), ['photos']);
	});
});
