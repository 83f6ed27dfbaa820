import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faissProcess } from '../../../engine/index/faiss/process';
import { needsFaiss } from '../faiss-support';
import { until } from '../../harness/until';
import { bruteForce, clusteredVectors, OF_INDEX, openIndex, photoOf, upsertAll } from '../support';

test('An index of type faiss finds what is nearest, also what FAISS does not know yet and after FAISS was killed', async (t) => {
	if (!needsFaiss(t)) return;
	const { index } = await openIndex(t, { type: { type: 'faiss', graphFrom: 300 } });
	const photos = clusteredVectors(2_000, 64).map((vector, i) => photoOf(i, vector));
	const queries = clusteredVectors(30, 64, { seed: 9 });
	const recall = async () => {
		let found = 0;
		for (const vector of queries) {
			const truth = new Set(bruteForce(photos, vector, 10));
			const { hits } = await index.searchVector('image', { vector, model: 'vision@1' }, 10);
			assert.equal(hits.length, 10);
			found += hits.filter(({ id }) => truth.has(id)).length;
		}
		return found / (10 * queries.length);
	};
	await upsertAll(index, photos.slice(0, 1_500));
	const usesFaiss = async () => (await index.stats()).image.method === 'HNSW32_SQ8';
	await until('FAISS is used', usesFaiss, OF_INDEX);
	await upsertAll(index, photos.slice(1_500));
	assert.ok((await recall()) >= 0.98);
	process.kill(faissProcess().pid!, 'SIGKILL');
	assert.ok((await recall()) >= 0.98);
	await until('FAISS is used again', usesFaiss, OF_INDEX);
	assert.ok((await recall()) >= 0.98);
	assert.deepEqual((await index.verify()).findings, []);
});
