import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIndexStore } from '../../../engine/index/index-store';
import { clusteredVectors, openIndex, photoOf } from '../support';

test('calls under way while an index is closed are answered, and what they answer is so', async (t) => {
	const { dataDir, store, index } = await openIndex(t);
	const photos = clusteredVectors(200, 16).map((vector, i) => photoOf(i, vector));
	await index.upsert(photos.slice(0, 20));
	const writes = photos.slice(20).map((photo) => index.upsert([photo]));
	const begun = ['vision@2', 'vision@3'].map((model) =>
		index.beginGeneration('image', { model, dimension: 16, activateWhenComplete: false }),
	);
	const query = { vector: photos[0]!.image!.vector, model: 'vision@1' };
	const reads = [
		...Array.from({ length: 20 }, () => index.searchVector('image', query, 5)),
		index.generations(),
		index.verify(),
		index.optimize(),
	];
	const settled = Promise.allSettled([...writes, ...begun, ...reads]);
	await store.close();
	for (const outcome of await settled) {
		if (outcome.status === 'fulfilled') continue;
		assert.equal((outcome.reason as { code?: string }).code, 'ENGINE_STOPPING', outcome.reason);
	}
	const acknowledged = (await Promise.allSettled(writes)).filter(
		({ status }) => status === 'fulfilled',
	);
	const again = createIndexStore({ dataDir });
	t.after(() => again.close());
	const reopened = await again.open('photos', { create: false });
	assert.ok((await reopened.count()) >= 20 + acknowledged.length);
	await assert.rejects(index.count(), { code: 'ENGINE_STOPPING' });
});
