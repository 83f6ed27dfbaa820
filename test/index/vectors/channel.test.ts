import assert from 'node:assert/strict';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import type { PhotoRecord, VectorIndex } from '../../../engine/index/vector-index';
import type { IndexTypeOptions } from '../../../engine/index/vectors/index-type';
import { until } from '../../harness/until';
import { OF_INDEX, openIndex, temporaryFolder } from '../support';
import { clusteredVectors, cosine, unit } from './random-vectors';

const DIMENSION = 48;
const MODEL = 'vision@1';
const COUNT = 1_500;
const VECTORS = clusteredVectors(COUNT + 100, DIMENSION, 1, 30);
const QUERIES = VECTORS.slice(COUNT);

/** Low enough that fifteen hundred photos have a graph and a snapshot. */
const GRAPH: { type: Partial<IndexTypeOptions> } = {
	type: { type: 'graph', graphFrom: 300, snapshotFrom: 400 },
};

function photo(i: number, vector = VECTORS[i]!): PhotoRecord {
	const tags = [i % 2 === 0 ? 'even' : 'odd', `of-20-${i % 20}`, `of-500-${i % 500}`];
	return { id: `p${String(i).padStart(5, '0')}`, tags, image: { vector, model: MODEL } };
}

async function fill(index: VectorIndex, from = 0, to = COUNT): Promise<void> {
	for (let i = from; i < to; i += 250) {
		const batch = Array.from({ length: Math.min(250, to - i) }, (_, j) => photo(i + j));
		await index.upsert(batch);
	}
}

async function untilMerged(index: VectorIndex): Promise<void> {
	await until(
		'everything is in the graph',
		async () => {
			const { method, unmerged } = (await index.stats()).image;
			return method === 'graph' && unmerged === 0;
		},
		OF_INDEX,
	);
}

async function search(index: VectorIndex, vector: Float32Array, k = 10, tag?: string) {
	const filter = tag === undefined ? undefined : { tags_all: [tag] };
	const { hits } = await index.searchVector('image', { vector, model: MODEL }, k, filter);
	return hits;
}

/** Ids of the truly nearest among these photos. */
function nearest(photos: Map<string, Float32Array>, query: Float32Array, k: number): string[] {
	return [...photos]
		.map(([id, vector]) => ({ id, score: cosine(vector, query) }))
		.sort((a, b) => b.score - a.score)
		.slice(0, k)
		.map(({ id }) => id);
}

async function recall(index: VectorIndex, photos: Map<string, Float32Array>, tag?: string) {
	let found = 0;
	let wanted = 0;
	for (const query of QUERIES) {
		const truth = new Set(nearest(photos, query, 10));
		const hits = await search(index, query, 10, tag);
		assert.equal(hits.length, truth.size);
		found += hits.filter(({ id }) => truth.has(id)).length;
		wanted += truth.size;
	}
	return found / wanted;
}

function stored(from = 0, to = COUNT): Map<string, Float32Array> {
	return new Map(
		Array.from({ length: to - from }, (_, i) => [photo(from + i).id, VECTORS[from + i]!]),
	);
}

async function merged(t: TestContext, dataDir = temporaryFolder(t)) {
	const opened = await openIndex(t, { ...GRAPH, dataDir });
	await fill(opened.index);
	await untilMerged(opened.index);
	return { ...opened, dataDir };
}

function snapshotOf(dataDir: string): string {
	const folder = join(dataDir, 'indexes', 'photos');
	const files = readdirSync(folder).filter((file) => file.startsWith('rows-'));
	assert.equal(files.length, 1, `one snapshot, not: ${files.join()}`);
	return join(folder, files[0]!);
}

test('A search through the graph finds the nearest, with their exact cosines', async (t) => {
	const { index } = await merged(t);
	assert.ok((await recall(index, stored())) >= 0.99);
	for (const { id, score } of await search(index, QUERIES[0]!)) {
		const vector = (await index.vector(id, 'image'))!.vector;
		assert.ok(Math.abs(score - cosine(vector, QUERIES[0]!)) < 1e-6);
	}
});

for (const [tag, every] of [
	['even', 2],
	['of-20-3', 20],
	['of-500-77', 500],
] as const) {
	test(`A filter that one in ${every} photos passes leaves the true nearest of them, never fewer`, async (t) => {
		const { index } = await merged(t);
		const passing = new Map(
			[...stored()].filter(([id]) => photo(Number(id.slice(1))).tags!.includes(tag)),
		);
		assert.ok((await recall(index, passing, tag)) >= 0.99);
		assert.equal((await search(index, QUERIES[0]!, 2_000, tag)).length, passing.size);
	});
}

test('A photo is found the moment its upsert resolved, and not the moment its delete did', async (t) => {
	const { index } = await merged(t);
	for (let i = 0; i < 30; i++) {
		const added = photo(COUNT + i);
		await index.upsert([added]);
		assert.equal((await search(index, VECTORS[COUNT + i]!, 1))[0]?.id, added.id);
		await index.delete([added.id]);
		assert.notEqual((await search(index, VECTORS[COUNT + i]!, 1))[0]?.id, added.id);
	}
});

test('A replaced picture is found by its new vector only', async (t) => {
	const { index } = await merged(t);
	const { id } = photo(7);
	await index.upsert([photo(7, QUERIES[5]!)]);
	assert.equal((await search(index, QUERIES[5]!, 1))[0]?.id, id);
	assert.notEqual((await search(index, VECTORS[7]!, 1))[0]?.id, id);
});

test('Most photos deleted: the rest is found, and the memory of the others is given back', async (t) => {
	const { index } = await merged(t);
	const before = (await index.stats()).image.bytesInMemory;
	await index.delete(Array.from({ length: 1_000 }, (_, i) => photo(i).id));
	assert.ok((await recall(index, stored(1_000))) >= 0.99);
	await until(
		'the tombstones are gone',
		async () => (await index.stats()).image.tombstones === 0,
		OF_INDEX,
	);
	await untilMerged(index);
	assert.ok((await index.stats()).image.bytesInMemory < before);
	assert.ok((await recall(index, stored(1_000))) >= 0.99);
	assert.deepEqual((await index.verify()).findings, []);
});

test('Writes while the graph is rebuilt are neither lost nor doubled', async (t) => {
	const { index } = await merged(t);
	await index.delete(Array.from({ length: 600 }, (_, i) => photo(i).id));
	for (let i = 0; i < 100; i++) {
		await index.upsert([photo(i)]);
		await index.delete([photo(1_400 + (i % 100)).id]);
	}
	await index.optimize();
	const expected = stored(600, 1_400);
	for (let i = 0; i < 100; i++) expected.set(photo(i).id, VECTORS[i]!);
	const hits = await search(index, QUERIES[0]!, 2_000);
	assert.deepEqual(hits.map(({ id }) => id).sort(), [...expected.keys()].sort());
	assert.ok((await recall(index, expected)) >= 0.99);
	assert.deepEqual((await index.verify()).findings, []);
});

test('An index opens with its snapshot, and with all that was written and deleted since', async (t) => {
	const { store, dataDir } = await merged(t);
	await store.close();
	const file = snapshotOf(dataDir);
	const bytes = readFileSync(file);
	// Opened with a type that keeps no snapshots in step: it stands for a crash before the next one.
	const meanwhile = await openIndex(t, { dataDir, type: { snapshotFrom: Infinity } });
	await meanwhile.index.delete([photo(3).id, photo(4).id]);
	await meanwhile.index.upsert([photo(5, QUERIES[1]!), photo(COUNT + 20)]);
	await meanwhile.store.close();
	assert.deepEqual(readFileSync(file), bytes);
	const { index: again, warnings } = await openIndex(t, { ...GRAPH, dataDir });
	assert.equal((await again.stats()).image.method, 'graph');
	const expected = stored();
	for (const gone of [3, 4]) expected.delete(photo(gone).id);
	expected.set(photo(5).id, QUERIES[1]!).set(photo(COUNT + 20).id, VECTORS[COUNT + 20]!);
	assert.ok((await recall(again, expected)) >= 0.99);
	assert.equal((await search(again, QUERIES[0]!, 2_000)).length, expected.size);
	assert.deepEqual((await again.verify()).findings, []);
	assert.deepEqual(warnings, []);
});

for (const [what, damage] of [
	['cut off in its head', (file: string) => truncateSync(file, 100)],
	['cut off in the middle', (file: string) => truncateSync(file, 200_000)],
	['empty', (file: string) => truncateSync(file, 0)],
	['some other file', (file: string) => writeFileSync(file, 'x'.repeat(300_000))],
	[
		'changed in one bit',
		(file: string) => {
			const bytes = readFileSync(file);
			bytes[bytes.length >> 1]! ^= 4;
			writeFileSync(file, bytes);
		},
	],
] as const) {
	test(`A snapshot that is ${what} is noticed, and everything is found without it`, async (t) => {
		const { store, dataDir } = await merged(t);
		await store.close();
		damage(snapshotOf(dataDir));
		const { index, warnings } = await openIndex(t, { ...GRAPH, dataDir });
		assert.ok((await recall(index, stored())) >= 0.99);
		assert.match(warnings.join(), /the snapshot is not used/);
		await untilMerged(index);
		assert.deepEqual((await index.verify()).findings, []);
	});
}

test('A hundred searches beside a writer see whole answers', async (t) => {
	const { index } = await merged(t);
	let writing = true;
	const writer = (async () => {
		for (let i = 0; writing; i = (i + 50) % 1_000) {
			const batch = Array.from({ length: 50 }, (_, j) => photo(i + j));
			await index.upsert(batch);
		}
	})();
	for (let i = 0; i < 100; i++) {
		const hits = await search(index, QUERIES[i % QUERIES.length]!, 20);
		assert.equal(hits.length, 20);
		assert.equal(new Set(hits.map(({ id }) => id)).size, 20);
	}
	writing = false;
	await writer;
	assert.deepEqual((await index.verify()).findings, []);
});

test('Among thousands of nearly the same pictures an exact search finds the nearest', async (t) => {
	const { index } = await openIndex(t, GRAPH);
	const [base] = clusteredVectors(1, DIMENSION, 5);
	const frames = clusteredVectors(3_000, DIMENSION, 6, 1).map((noise, i) =>
		unit(base!.map((value, j) => value + 0.02 * noise[j]! * ((i % 7) + 1))),
	);
	for (let i = 0; i < frames.length; i += 250) {
		await index.upsert(frames.slice(i, i + 250).map((vector, j) => photo(i + j, vector)));
	}
	const truth = nearest(new Map(frames.map((vector, i) => [photo(i).id, vector])), base!, 10);
	const query = { vector: base!, model: MODEL };
	const { hits } = await index.searchVector('image', query, 10, undefined, { exact: true });
	assert.deepEqual(
		hits.map(({ id }) => id),
		truth,
	);
});

test('Optimizing several times at once while photos are written loses none of them', async (t) => {
	const { index } = await merged(t);
	const optimizing = [1, 2, 3, 4].map(() => index.optimize());
	await fill(index, 0, 750);
	for (let i = 0; i < 500; i += 50) {
		await index.upsert(Array.from({ length: 50 }, (_, j) => photo(i + j, VECTORS[i + j + 1]!)));
	}
	await Promise.all(optimizing);
	await index.optimize();
	assert.deepEqual((await index.verify()).findings, []);
	assert.equal((await search(index, QUERIES[0]!, 2_000)).length, COUNT);
});

test('What is gone is forgotten once a snapshot knows it, or the list of it would grow for ever', async (t) => {
	const { index, dataDir } = await merged(t);
	for (let round = 0; round < 4; round++) {
		const moved = Array.from({ length: 300 }, (_, i) => photo(i, VECTORS[i + round + 1]!));
		await index.upsert(moved);
		await index.optimize();
	}
	const db = new DatabaseSync(join(dataDir, 'indexes', 'photos', 'photos.db'), { readOnly: true });
	t.after(() => db.close());
	assert.equal(db.prepare('SELECT count(*) AS n FROM gone').get()?.n, 0);
});

test('One damaged vector does not spoil every snapshot to come', async (t) => {
	const { store, dataDir } = await merged(t);
	await store.close();
	const file = join(dataDir, 'indexes', 'photos', 'photos.db');
	const db = new DatabaseSync(file);
	db.exec("UPDATE vectors SET vector = x'00' WHERE seq = 5; DELETE FROM snapshots");
	db.close();
	const second = await openIndex(t, { ...GRAPH, dataDir });
	await untilMerged(second.index);
	await second.store.close();
	const { index, warnings } = await openIndex(t, { ...GRAPH, dataDir });
	assert.equal((await index.stats()).image.method, 'graph');
	assert.doesNotMatch(warnings.join(), /snapshot is not used/);
});
