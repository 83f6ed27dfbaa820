import assert from 'node:assert/strict';
import {
	closeSync,
	openSync,
	readdirSync,
	readFileSync,
	statSync,
	truncateSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import type { PhotoRecord, VectorIndex } from '../../engine/index/vector-index';
import { until } from '../harness/until';
import {
	bruteForce,
	clusteredVectors,
	needsFaiss,
	OF_INDEX,
	openIndex,
	photoOf,
	temporaryFolder,
	untilMethod,
	upsertAll,
} from './support';

const COUNT = 2_000;
const DIMENSION = 64;
const OPTIONS = { faissThreshold: 1_000 };
const QUERIES = clusteredVectors(40, DIMENSION, { seed: 99 });
const photos = clusteredVectors(COUNT, DIMENSION).map((vector, i) => photoOf(i, vector));

async function recallAt10(index: VectorIndex, truth: PhotoRecord[]): Promise<number> {
	let found = 0;
	for (const vector of QUERIES) {
		const { hits } = await index.searchVector('image', { vector, model: 'vision@1' }, 10);
		const expected = new Set(bruteForce(truth, vector, 10));
		assert.equal(hits.length, 10);
		found += hits.filter(({ id }) => expected.has(id)).length;
	}
	return found / (10 * QUERIES.length);
}

/** A closed index whose snapshot is on disk. */
async function closedWithSnapshot(t: TestContext): Promise<{ dataDir: string; folder: string }> {
	const dataDir = temporaryFolder(t);
	const { store, index } = await openIndex(t, { dataDir, ...OPTIONS });
	await upsertAll(index, photos);
	await untilMethod(index, 'HNSW32');
	await store.close();
	return { dataDir, folder: join(dataDir, 'indexes', 'photos') };
}

function snapshotFile(folder: string): string {
	const files = readdirSync(folder).filter((file) => file.endsWith('.faiss'));
	assert.equal(files.length, 1, `one snapshot, not ${files.join(', ')}`);
	return join(folder, files[0]!);
}

test('FAISS finds what the exact search finds', async (t) => {
	if (!(await needsFaiss(t))) return;
	const { index } = await openIndex(t, OPTIONS);
	await upsertAll(index, photos);
	await untilMethod(index, 'HNSW32');
	assert.ok((await recallAt10(index, photos)) >= 0.98);
	const { background } = await index.searchVector('image', photos[0]!.image!, 10);
	assert.equal(background.count, 1_000, 'a sample: the exact scan would have counted all');
});

test('photos added since the graph was built are found at once', async (t) => {
	if (!(await needsFaiss(t))) return;
	const { index } = await openIndex(t, OPTIONS);
	await upsertAll(index, photos);
	await untilMethod(index, 'HNSW32');
	for (const [i, vector] of QUERIES.entries()) {
		await index.upsert([photoOf(COUNT + i, vector)]);
		const { hits } = await index.searchVector('image', { vector, model: 'vision@1' }, 1);
		assert.equal(hits[0]?.id, photoOf(COUNT + i, vector).id);
	}
});

test('a deleted or replaced photo is not found by its old vector', async (t) => {
	if (!(await needsFaiss(t))) return;
	const { index } = await openIndex(t, OPTIONS);
	await upsertAll(index, photos);
	await untilMethod(index, 'HNSW32');
	const deleted = photos.filter((_, i) => i % 10 === 0);
	await index.delete(deleted.map(({ id }) => id));
	const moved = clusteredVectors(COUNT, DIMENSION, { seed: 5 });
	const replaced = photos.flatMap((_, i) => (i % 10 === 1 ? [photoOf(i, moved[i]!)] : []));
	await upsertAll(index, replaced);
	const truth = [...photos.filter((_, i) => i % 10 > 1), ...replaced];
	assert.ok((await recallAt10(index, truth)) >= 0.98);
});

test('a graph of mostly tombstones is built anew', async (t) => {
	if (!(await needsFaiss(t))) return;
	const { index, dataDir } = await openIndex(t, { faissThreshold: 500 });
	await index.upsert(photos);
	await untilMethod(index, 'HNSW32');
	const folder = join(dataDir, 'indexes', 'photos');
	const before = statSync(snapshotFile(folder)).size;
	await index.delete(photos.slice(0, 1_200).map(({ id }) => id));
	await until(
		'a smaller snapshot',
		() => {
			const files = readdirSync(folder).filter((file) => file.endsWith('.faiss'));
			return files.some(
				(file) =>
					(statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? before) < before / 2,
			);
		},
		OF_INDEX,
	);
	assert.ok((await recallAt10(index, photos.slice(1_200))) >= 0.98);
});

test('when most near photos are deleted, as many are found as exist', async (t) => {
	if (!(await needsFaiss(t))) return;
	const { index } = await openIndex(t, OPTIONS);
	await upsertAll(index, photos);
	await untilMethod(index, 'HNSW32');
	const query = QUERIES[0]!;
	const near = bruteForce(photos, query, 250);
	await index.delete(near);
	const gone = new Set(near);
	const expected = bruteForce(
		photos.filter(({ id }) => !gone.has(id)),
		query,
		20,
	);
	const { hits } = await index.searchVector('image', { vector: query, model: 'vision@1' }, 20);
	assert.deepEqual(
		hits.map(({ id }) => id),
		expected,
	);
});

test('a filter never makes FAISS return fewer photos than there are', async (t) => {
	if (!(await needsFaiss(t))) return;
	const { index } = await openIndex(t, OPTIONS);
	const tagged = photos.map((photo, i) => ({ ...photo, tags: [i % 2 ? 'odd' : 'even'] }));
	await upsertAll(index, tagged);
	await untilMethod(index, 'HNSW32');
	for (const vector of QUERIES.slice(0, 10)) {
		const query = { vector, model: 'vision@1' };
		const { hits } = await index.searchVector('image', query, 50, { tags_all: ['odd'] });
		const expected = new Set(
			bruteForce(
				tagged.filter(({ tags }) => tags[0] === 'odd'),
				vector,
				50,
			),
		);
		assert.equal(hits.length, 50);
		assert.ok(hits.filter(({ id }) => expected.has(id)).length >= 48);
	}
});

test('a restart loads the snapshot instead of building', async (t) => {
	if (!(await needsFaiss(t))) return;
	const { dataDir, folder } = await closedWithSnapshot(t);
	const file = snapshotFile(folder);
	const { index, warnings } = await openIndex(t, { dataDir, ...OPTIONS });
	await untilMethod(index, 'HNSW32');
	assert.equal(snapshotFile(folder), file);
	assert.deepEqual(warnings, []);
	assert.ok((await recallAt10(index, photos)) >= 0.98);
});

test('changes made without FAISS are seen by a snapshot from before', async (t) => {
	if (!(await needsFaiss(t))) return;
	const { dataDir } = await closedWithSnapshot(t);
	const meanwhile = await openIndex(t, { dataDir, faissThreshold: Infinity });
	await meanwhile.index.delete(photos.slice(0, 100).map(({ id }) => id));
	const added = QUERIES.map((vector, i) => photoOf(COUNT + i, vector));
	await upsertAll(meanwhile.index, added);
	await meanwhile.store.close();
	const { index } = await openIndex(t, { dataDir, ...OPTIONS });
	await untilMethod(index, 'HNSW32');
	assert.ok((await recallAt10(index, [...photos.slice(100), ...added])) >= 0.98);
});

const DAMAGES: Record<string, (file: string) => void> = {
	'torn at half its length': (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
	'with one byte flipped': (file) => {
		const at = Math.floor(statSync(file).size / 3);
		const byte = readFileSync(file)[at]! ^ 0xff;
		const fd = openSync(file, 'r+');
		writeSync(fd, Buffer.from([byte]), 0, 1, at);
		closeSync(fd);
	},
	'that is not FAISS at all': (file) => writeFileSync(file, 'hello'),
	'that is empty': (file) => writeFileSync(file, ''),
};
for (const [name, damage] of Object.entries(DAMAGES)) {
	test(`a snapshot ${name} is noticed and built anew`, async (t) => {
		if (!(await needsFaiss(t))) return;
		const { dataDir, folder } = await closedWithSnapshot(t);
		damage(snapshotFile(folder));
		const { index, warnings } = await openIndex(t, { dataDir, ...OPTIONS });
		await untilMethod(index, 'HNSW32');
		assert.match(warnings.join(), /snapshot not usable/);
		assert.ok((await recallAt10(index, photos)) >= 0.98);
	});
}

test('a snapshot of another index in its place is noticed and built anew', async (t) => {
	if (!(await needsFaiss(t))) return;
	const { dataDir, folder } = await closedWithSnapshot(t);
	const other = await openIndex(t, OPTIONS);
	await upsertAll(
		other.index,
		clusteredVectors(COUNT, DIMENSION, { seed: 8 }).map((vector, i) => photoOf(i, vector)),
	);
	await untilMethod(other.index, 'HNSW32');
	const foreign = snapshotFile(join(other.dataDir, 'indexes', 'photos'));
	writeFileSync(snapshotFile(folder), readFileSync(foreign));
	const { index, warnings } = await openIndex(t, { dataDir, ...OPTIONS });
	await untilMethod(index, 'HNSW32');
	assert.match(warnings.join(), /checksum/);
	assert.ok((await recallAt10(index, photos)) >= 0.98);
});

test('a snapshot whose load ended the process is not loaded again', async (t) => {
	if (!(await needsFaiss(t))) return;
	const { dataDir, folder } = await closedWithSnapshot(t);
	const db = new DatabaseSync(join(folder, 'photos.db'));
	db.exec('UPDATE snapshots SET loading = 1');
	db.close();
	const { index, warnings } = await openIndex(t, { dataDir, ...OPTIONS });
	await untilMethod(index, 'HNSW32');
	assert.match(warnings.join(), /did not end/);
});

test('left-over files of an interrupted snapshot are removed', async (t) => {
	if (!(await needsFaiss(t))) return;
	const { dataDir, folder } = await closedWithSnapshot(t);
	writeFileSync(join(folder, 'image-1.faiss.tmp'), 'half');
	writeFileSync(join(folder, 'image-2.faiss'), 'renamed but never committed');
	const { index, store } = await openIndex(t, { dataDir, ...OPTIONS });
	await untilMethod(index, 'HNSW32');
	await store.close();
	assert.equal(readdirSync(folder).filter((file) => file.includes('.faiss')).length, 1);
});

test('closing in the middle of a build neither waits for it nor leaves files', async (t) => {
	if (!(await needsFaiss(t))) return;
	const { dataDir, store, index } = await openIndex(t, OPTIONS);
	const many = clusteredVectors(6_000, DIMENSION, { seed: 3 });
	await index.upsert(many.map((vector, i) => photoOf(i, vector)));
	await new Promise((resolve) => setTimeout(resolve, 150));
	await store.close();
	const files = readdirSync(join(dataDir, 'indexes', 'photos'));
	assert.deepEqual(
		files.filter((file) => file.includes('.faiss')),
		[],
	);
});

test('searches go on while the graph is built, and never miss a photo', async (t) => {
	if (!(await needsFaiss(t))) return;
	const { index } = await openIndex(t, { faissThreshold: 100 });
	const done: PhotoRecord[] = [];
	for (let from = 0; from < COUNT; from += 100) {
		const batch = photos.slice(from, from + 100);
		await index.upsert(batch);
		done.push(...batch);
		const probe = batch[50]!;
		const { hits } = await index.searchVector('image', probe.image!, 1);
		assert.equal(hits[0]?.id, probe.id);
		await new Promise((resolve) => setTimeout(resolve, 30));
	}
	await untilMethod(index, 'HNSW32');
	assert.ok((await recallAt10(index, done)) >= 0.98);
});
