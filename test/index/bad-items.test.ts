import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhotoRecord } from '../../engine/index/vector-index';
import { asTyped } from '../words/as-typed';
import { openIndex } from './support';

function nested(levels: number): Record<string, unknown> {
	return levels === 1 ? {} : { x: nested(levels - 1) };
}

const BAD: [string, object, RegExp][] = [
	['a title that is a number', { title: 5 }, /^title is a number/],
	['tags that are a text', { tags: 'x' }, /^tags is a text, not a list/],
	['a tag that is null', { tags: ['x', null] }, /^tags\[1\] is null/],
	['people that are an object', { people: {} }, /^people is an object/],
	['a size that is a text', { size: '5' }, /^size is a text/],
	['a latitude beyond the pole', { lat: 90.1 }, /^lat is 90.1/],
	['a longitude that is no number', { lon: NaN }, /^lon is NaN/],
	['metadata that is a list', { metadata: [1] }, /^metadata is a list/],
	['metadata that is a text', { metadata: '{}' }, /^metadata is a text/],
	['metadata of 10 MB', { metadata: { x: 'y'.repeat(10_000_000) } }, /^metadata has 100000/],
	['metadata of 1,500 levels', { metadata: nested(1_500) }, /^metadata has more than 100 levels/],
	['a hundred thousand tags', { tags: Array(100_000).fill('x') }, /^tags has 100000 entries/],
	['a tag of a megabyte', { tags: ['x'.repeat(1_000_000)] }, /^tags\[0\] has 1000000/],
	['a description of 2 MB', { description: 'x'.repeat(2_000_000) }, /^description has 2000000/],
	['an etag that is true', { etag: true }, /^etag is a boolean/],
	['a vector that is a list', { image: { vector: [1, 0], model: 'm' } }, /Float32Array/],
	['an id with half a character', { id: 'a\udc00' }, /surrogates/],
	['an id that is a number', { id: 5 }, /^An id has 1 to 1024/],
];
for (const [name, bad, says] of BAD) {
	test(`${name} keeps only its own item out, and says which field it was`, async (t) => {
		const { index } = await openIndex(t);
		const results = await index.upsert([
			{ id: 'before', title: 'x' },
			{ id: 'bad', ...bad } as unknown as PhotoRecord,
			{ id: 'after', title: 'x' },
		]);
		assert.deepEqual([results[0], results[2]], ['created', 'created']);
		const { code, message } = results[1] as unknown as { code: string; message: string };
		assert.ok(['BAD_REQUEST', 'BAD_VECTOR'].includes(code), code);
		assert.match(message, says);
		assert.ok(message.length < 300);
		assert.deepEqual(await index.ids({}), ['after', 'before']);
	});
}

test('metadata that cannot be JSON keeps only its own item out', async (t) => {
	const { index } = await openIndex(t);
	const ring: Record<string, unknown> = {};
	ring.ring = ring;
	const [bad, good] = await index.upsert([{ id: 'a', metadata: ring }, { id: 'b' }]);
	assert.equal((bad as { code?: string }).code, 'BAD_REQUEST');
	assert.equal(good, 'created');
});

test('a limit that is no whole number is rounded, and one that is no number refused by name', async (t) => {
	const { index } = await openIndex(t);
	const image = { vector: Float32Array.of(1, 0), model: 'm' };
	await index.upsert(['a', 'b', 'c'].map((id) => ({ id, title: 'cat', tags: ['pet'], image })));
	const asked: Record<string, (limit: number) => Promise<unknown[]>> = {
		ids: (limit) => index.ids({}, { limit }),
		list: (limit) => index.list({}, { limit }),
		filtered: (limit) => index.list({ tags_all: ['pet'] }, { limit }),
		owed: (limit) => index.owedTexts(limit),
		keywords: (limit) => index.searchKeywords([asTyped('cat')], limit),
		vectors: async (limit) => (await index.searchVector('image', image, limit)).hits,
	};
	for (const [name, ask] of Object.entries(asked)) {
		for (const [limit, found] of [
			...[[Infinity, 3] as const, [1e300, 3] as const, [2.9, 2] as const],
			...[[0.5, 0] as const, [-1, 0] as const, [-Infinity, 0] as const],
		]) {
			assert.equal((await ask(limit)).length, found, `${name}, ${limit}`);
		}
		await assert.rejects(ask(NaN), { code: 'BAD_REQUEST', message: /limit/ }, name);
	}
});

test('an item that is no photo keeps only itself out', async (t) => {
	const { index } = await openIndex(t);
	const [none, good] = await index.upsert([null as unknown as PhotoRecord, { id: 'b' }]);
	assert.equal((none as { code?: string }).code, 'BAD_REQUEST');
	assert.equal(good, 'created');
});

test('metadata of as many levels as can be stored is filtered by, or one photo spoils every filter', async (t) => {
	const { index } = await openIndex(t);
	const results = await index.upsert([
		{ id: 'deep', metadata: nested(100) },
		{ id: 'flat', metadata: { rating: 5 } },
	]);
	assert.deepEqual(results, ['created', 'created']);
	const filter = { metadata: [{ field: 'rating', op: '>' as const, value: 4 }] };
	assert.deepEqual(await index.ids(filter), ['flat']);
	assert.deepEqual(await index.ids({ metadata: [{ field: 'x.x.x', op: '=', value: null }] }), [
		'flat',
	]);
});

test('ids of any Unicode and 1,024 characters are stored and found again as they are', async (t) => {
	const { index } = await openIndex(t);
	const ids = [
		...['ß', 'ẞ', 'é', 'e\u0301', '日本', '\u202eabc', '🏳️‍🌈', '\ufeff', ' ', '\n', '\u0001'],
		...[
			'../../etc',
			'%00',
			"'; --",
			'💥'.repeat(512),
			'é'.repeat(1024),
			'__proto__',
			'constructor',
		],
	];
	const results = await index.upsert(ids.map((id, i) => ({ id, title: `t${i}` })));
	assert.deepEqual(new Set(results), new Set(['created']));
	for (const [i, id] of ids.entries()) assert.equal((await index.get(id))?.title, `t${i}`);
	assert.equal((await index.getMany(ids)).size, ids.length);
	assert.equal((await index.ids({})).length, ids.length);
	assert.deepEqual(new Set(await index.delete(ids)), new Set(ids));
});
