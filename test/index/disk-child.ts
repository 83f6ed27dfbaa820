/**
 * The child of disk.test.ts, in a file system of its own: argv[2] is its root, argv[3] what to try.
 * Ends with code 0 if all is as it should be.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIndexStore } from '../../engine/index/index-store';
import type { VectorIndex } from '../../engine/index/vector-index';
import { asTyped } from '../words/as-typed';
import { clusteredVectors } from './support';

const root = process.argv[2]!;
const vectors = clusteredVectors(20, 768);

function photos(batch: number) {
	return vectors.map((vector, i) => ({
		id: `p${batch}-${i}`,
		title: `word${batch}`,
		image: { vector, model: 'vision@1' },
	}));
}

async function writeUntilFull(index: VectorIndex): Promise<number> {
	for (let batch = 0; ; batch++) {
		try {
			await index.upsert(photos(batch));
		} catch (error) {
			const { code, message } = error as { code?: string; message: string };
			assert.equal(code, 'DISK_FULL', message);
			assert.match(message, /indexes\/photos\/photos\.db.*Make room/);
			return batch;
		}
		assert.ok(batch < 1_000, 'the disk was never full');
	}
}

async function diskFull(): Promise<void> {
	const filler = join(root, 'filler');
	writeFileSync(filler, new Uint8Array(4 * 1024 * 1024));
	let store = createIndexStore({ dataDir: root });
	let index = await store.open('photos', { create: true });
	const batches = await writeUntilFull(index);
	assert.ok(batches > 2);
	assert.equal(await index.count(), 20 * batches);
	const query = { vector: vectors[7]!, model: 'vision@1' };
	const { hits } = await index.searchVector('image', query, 1_000);
	assert.equal(hits.length, 20 * batches, 'searches go on, and nothing of the last batch is there');
	assert.equal((await index.searchKeywords([asTyped(`word${batches}`)], 5)).length, 0);
	assert.equal((await index.searchKeywords([asTyped('word0')], 50)).length, 20);
	await store.close();
	store = createIndexStore({ dataDir: root });
	index = await store.open('photos', { create: false });
	assert.equal(await index.count(), 20 * batches, 'it can be opened while the disk is full');
	assert.equal((await index.searchVector('image', query, 1_000)).hits.length, 20 * batches);
	rmSync(filler);
	await index.upsert(photos(batches));
	assert.deepEqual((await index.verify()).findings, []);
	await store.close();
	store = createIndexStore({ dataDir: root });
	index = await store.open('photos', { create: false });
	assert.equal(await index.count(), 20 * (batches + 1));
	await store.close();
}

async function readOnly(): Promise<void> {
	const store = createIndexStore({ dataDir: root });
	await (await store.open('photos', { create: true })).upsert(photos(0));
	await store.close();
	execFileSync('mount', ['-o', 'remount,ro', root]);
	const again = createIndexStore({ dataDir: root });
	for (const name of ['photos', 'new']) {
		await assert.rejects(again.open(name, { create: true }), (error: Error) => {
			assert.equal((error as { code?: string }).code, 'INDEX_READ_ONLY', error.message);
			assert.ok(error.message.includes(join(root, 'indexes', name)), error.message);
			return true;
		});
	}
	execFileSync('mount', ['-o', 'remount,rw', root]);
	assert.equal(await (await again.open('photos', { create: true })).count(), 20);
	await again.close();
}

void { diskFull, readOnly }[process.argv[3] as 'diskFull' | 'readOnly']();
