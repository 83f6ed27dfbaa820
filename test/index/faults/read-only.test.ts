import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { createIndexStore } from '../../../engine/index/index-store';
import { asTyped } from '../../words/as-typed';
import { image, openIndex } from '../support';
import { needsMounts, runMounted } from './mounted';

test('a folder that cannot be written is named, and what is in it is left as it was', async (t) => {
	if (!needsMounts(t)) return;
	const { store, index, dataDir } = await openIndex(t);
	await index.upsert([{ id: 'a', title: 'harbour', image: image(1, 0) }]);
	await store.close();
	const mounts = 'mount --bind "$FOLDER" "$FOLDER"; mount -o remount,ro,bind "$FOLDER"';
	const script = join(__dirname, 'read-only-scenario.js');
	const said = await runMounted(script, { mounts, folder: dataDir });
	t.diagnostic(said.trim());
	const again = createIndexStore({ dataDir });
	t.after(() => again.close());
	const reopened = await again.open('photos', { create: false });
	assert.equal((await reopened.searchKeywords([asTyped('harbour')], 3))[0]?.id, 'a');
	assert.deepEqual(await reopened.upsert([{ id: 'b' }]), ['created']);
});
