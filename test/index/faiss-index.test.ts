import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { faissProcess } from '../../engine/index/faiss/process';
import type { PhotoRecord, VectorIndex } from '../../engine/index/vector-index';
import { until } from '../harness/until';
import { isAlive, needsFaiss } from './faiss-support';
import {
	bruteForce,
	clusteredVectors,
	OF_INDEX,
	openIndex,
	photoOf,
	untilMethod,
	upsertAll,
} from './support';

const COUNT = 2_000;
const DIMENSION = 64;
const FAISS = { type: { type: 'faiss', graphFrom: 1_000 } } as const;
const METHOD = 'HNSW32_SQ8';
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

test('with FAISS an index finds what an exact search finds, also what came and went since', async (t) => {
	if (!needsFaiss(t)) return;
	const { index } = await openIndex(t, FAISS);
	await upsertAll(index, photos);
	await untilMethod(index, METHOD);
	assert.ok((await recallAt10(index, photos)) >= 0.98);
	await index.delete(photos.filter((_, i) => i % 10 === 0).map(({ id }) => id));
	const moved = clusteredVectors(COUNT, DIMENSION, { seed: 5 });
	const replaced = photos.flatMap((_, i) => (i % 10 === 1 ? [photoOf(i, moved[i]!)] : []));
	await upsertAll(index, replaced);
	const added = QUERIES.map((vector, i) => photoOf(COUNT + i, vector));
	await upsertAll(index, added);
	const truth = [...photos.filter((_, i) => i % 10 > 1), ...replaced, ...added];
	assert.ok((await recallAt10(index, truth)) >= 0.98);
});

test('with FAISS a filter never gives fewer photos than there are', async (t) => {
	if (!needsFaiss(t)) return;
	const { index } = await openIndex(t, FAISS);
	const tagged = photos.map((photo, i) => ({ ...photo, tags: [i % 2 ? 'odd' : 'even'] }));
	await upsertAll(index, tagged);
	await untilMethod(index, METHOD);
	const odd = tagged.filter(({ tags }) => tags[0] === 'odd');
	for (const vector of QUERIES.slice(0, 10)) {
		const query = { vector, model: 'vision@1' };
		const { hits } = await index.searchVector('image', query, 50, { tags_all: ['odd'] });
		const expected = new Set(bruteForce(odd, vector, 50));
		assert.equal(hits.length, 50);
		assert.ok(hits.filter(({ id }) => expected.has(id)).length >= 48);
	}
});

test('while FAISS dies and comes back every search is answered, whole', async (t) => {
	if (!needsFaiss(t)) return;
	const { index } = await openIndex(t, FAISS);
	await upsertAll(index, photos);
	await untilMethod(index, METHOD);
	process.kill(faissProcess().pid!, 'SIGABRT');
	assert.ok((await recallAt10(index, photos)) >= 0.98);
	await until('its death', async () => (await index.stats()).image.method === 'flat', OF_INDEX);
	assert.ok((await recallAt10(index, photos)) >= 0.98);
	await untilMethod(index, METHOD);
	assert.ok((await recallAt10(index, photos)) >= 0.98);
});

test('closed, an index leaves a snapshot and no process; without FAISS it takes that away', async (t) => {
	if (!needsFaiss(t)) return;
	const { dataDir, store, index } = await openIndex(t, FAISS);
	await upsertAll(index, photos);
	await untilMethod(index, METHOD);
	const pid = faissProcess().pid!;
	await store.close();
	assert.ok(!isAlive(pid));
	const snapshots = () =>
		readdirSync(join(dataDir, 'indexes', 'photos')).filter((file) => file.includes('.faiss'));
	assert.equal(snapshots().length, 1);
	await openIndex(t, { dataDir });
	assert.deepEqual(snapshots(), []);
});
