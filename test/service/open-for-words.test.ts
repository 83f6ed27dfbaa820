import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VectorIndex } from '../../engine/index/vector-index';
import { openForWords } from '../../engine/service/open-for-words';

/** What opening an index asks of an engine, and what the engine was asked. */
function engineWith({ loaded = [] as string[], has = true, fails = false }) {
	const asked: string[] = [];
	const index = (name: string) => ({ name }) as VectorIndex;
	const engine = {
		indexes: {
			loaded: async () => await Promise.resolve(loaded.map(index)),
			open: async (name: string) => {
				asked.push(`open ${name}`);
				return await Promise.resolve(index(name));
			},
		},
		models: { defaultModel: 'demo', has: () => has },
		encoder: {
			embedText: async () => {
				asked.push('embed');
				return await (fails ? Promise.reject(new Error('broken')) : Promise.resolve());
			},
		},
	};
	const open = async () =>
		await openForWords(engine as unknown as Parameters<typeof openForWords>[0], 'photos');
	return { open, asked };
}

test('the model is loaded while the index is read, or a first query waits for one after the other', async () => {
	const { open, asked } = engineWith({});
	assert.equal((await open()).name, 'photos');
	assert.deepEqual(asked, ['embed', 'open photos']);
});

test('an index that is open already costs no embedding', async () => {
	const { open, asked } = engineWith({ loaded: ['photos'] });
	await open();
	assert.deepEqual(asked, ['open photos']);
});

test('a model that is not there is not downloaded for an index that may hold vectors of another', async () => {
	const { open, asked } = engineWith({ has: false });
	await open();
	assert.deepEqual(asked, ['open photos']);
});

test('a model that cannot be loaded keeps no index from being opened', async () => {
	const { open } = engineWith({ fails: true });
	assert.equal((await open()).name, 'photos');
	// An unhandled rejection would end the process, and this test.
	await new Promise((resolve) => setImmediate(resolve));
});
