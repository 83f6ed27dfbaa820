/** Runs in a small file system of its own, argv[2]; fails if the index does not bear its being full. */
import assert from 'node:assert/strict';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIndexStore } from '../../../engine/index/index-store';
import { writeBackup } from '../../../engine/index/operations/write-backup';
import type { VectorIndex } from '../../../engine/index/vector-index';
import { asTyped } from '../../words/as-typed';
import { clusteredVectors } from '../support';

const folder = process.argv[2]!;
const ballast = join(folder, 'ballast');
const BATCH = 40;
const vectors = clusteredVectors(4_000, 256);
const warnings: string[] = [];
const note = (message: string) => void warnings.push(message);

/** Stored and acknowledged. */
let stored = 0;

function batch(from: number) {
	return Array.from({ length: BATCH }, (_, i) => ({
		id: `p${from + i}`,
		title: `word${from + i}`,
		tags: ['full'],
		image: { vector: vectors[from + i]!, model: 'vision@1' },
	}));
}

function open(): Promise<VectorIndex> {
	const logger = { info: () => {}, warn: note, error: note };
	const type = { type: 'graph', graphFrom: 300, snapshotFrom: 300 } as const;
	const store = createIndexStore({ dataDir: folder, logger, type });
	return store.open('photos', { create: true });
}

/** Until the disk is full. */
async function fill(index: VectorIndex): Promise<void> {
	for (;;) {
		try {
			const results = await index.upsert(batch(stored));
			assert.ok(results.every((result) => result === 'created'));
		} catch (error) {
			assert.equal((error as { code?: string }).code, 'DISK_FULL', String(error));
			return;
		}
		stored += BATCH;
		assert.ok(stored < vectors.length - BATCH, 'the disk never became full');
	}
}

async function checkAll(index: VectorIndex, what: string): Promise<void> {
	const ids = Array.from({ length: stored }, (_, n) => `p${n}`);
	assert.deepEqual((await index.ids({ tags_all: ['full'] })).length, stored, what);
	assert.equal((await index.getMany(ids)).size, stored, what);
	for (let n = 0; n < stored; n += 97) {
		const query = { vector: vectors[n]!, model: 'vision@1' };
		const { hits } = await index.searchVector('image', query, 3);
		assert.equal(hits[0]?.id, `p${n}`, what);
		const worded = await index.searchKeywords([asTyped(`word${n}`)], 3);
		assert.deepEqual(
			worded.map(({ id }) => id),
			[`p${n}`],
			what,
		);
	}
	assert.deepEqual((await index.verify()).findings, [], what);
}

async function main(): Promise<void> {
	writeFileSync(ballast, Buffer.alloc(5 * 1024 * 1024));
	let index = await open();
	await fill(index);
	const before = stored;
	await checkAll(index, 'while the disk is full');
	const backup = join(folder, 'backup.db');
	await assert.rejects(
		writeBackup(index, backup, folder, () => {}),
		{ code: 'DISK_FULL' },
	);
	assert.deepEqual(
		readdirSync(folder).filter((name) => name.startsWith('backup')),
		[],
		'half a backup was left',
	);
	// It may fail, or do what it can.
	await index.optimize().catch((error: unknown) => note(String(error)));
	await checkAll(index, 'after optimizing on a full disk');

	rmSync(ballast);
	await fill(index);
	assert.ok(stored > before, 'writes do not work again although there is room');
	await checkAll(index, 'full again');
	// Snapshots cannot be written now; that must not be anybody's loss.
	await index.close();
	index = await open();
	await checkAll(index, 'opened on a full disk');
	const gone = Array.from({ length: stored / 2 }, (_, n) => `p${stored - 1 - n}`);
	const room = index.delete(gone);
	await room.then(
		() => (stored -= gone.length),
		(error: { code?: string }) => assert.equal(error.code, 'DISK_FULL'),
	);
	await checkAll(index, 'after a deletion on a full disk');
	await index.close();
	process.stdout.write(`full after ${before} photos, then after ${stored}\n`);
	for (const warning of new Set(warnings)) process.stdout.write(`${warning}\n`);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
});
