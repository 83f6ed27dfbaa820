import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { VectorIndex } from '../../engine/index/vector-index';
import { DEEP } from '../../engine/search/depth';
import { pageOf, type PageEnd, type PageRequest } from '../../engine/search/paging';
import { clusteredVectors, openIndex } from '../index/support';

const ranked = (ids: string[]) => ids.map((id) => ({ id, relevance: 1, terms: [] }));
const name = (i: number) => `photo-${String(i).padStart(4, '0')}`;

/** The same picture where the number is a multiple of `same`, others everywhere else. */
async function album(t: TestContext, size: number, same = Infinity): Promise<VectorIndex> {
	const { index } = await openIndex(t);
	const vectors = clusteredVectors(size, 32, { clusters: size });
	await index.upsert(
		vectors.map((vector, i) => ({
			id: name(i),
			// By the hour, the first the newest; the last five undated.
			...(i < size - 5 && { taken_at: new Date(Date.UTC(2024, 0, 1, -i)).toISOString() }),
			image: { vector: i % same === 0 ? vectors[0]! : vector, model: 'eyes@1' },
		})),
	);
	return index;
}

/** Every page of these ids, each page's ids as `change` saw them. */
async function pages(
	index: VectorIndex,
	ids: () => Promise<string[]>,
	request: Omit<PageRequest, 'after'>,
	change: (page: string[]) => Promise<unknown> = async () => undefined,
) {
	const shown: string[] = [];
	const behind: string[] = [];
	let after: PageEnd | undefined;
	do {
		const { page, next } = await pageOf(index, ranked(await ids()), { ...request, after });
		shown.push(...page.map(({ id }) => id));
		behind.push(...page.flatMap(({ duplicates }) => duplicates));
		after = next;
		await change(page.map(({ id }) => id));
	} while (after);
	return { shown, behind };
}

test('a near-duplicate far behind is shown or counted, and not lost between pages', async (t) => {
	const index = await album(t, 400, 50);
	const ids = Array.from({ length: 400 }, (_, i) => name(i));
	for (const limit of [1, 7, 200]) {
		const request = { limit, sort: 'relevance', fold: true } as const;
		const { shown, behind } = await pages(index, async () => ids, request);
		assert.deepEqual([...shown, ...behind].sort(), ids, `${limit} a page`);
		assert.ok(behind.length > 0);
	}
});

test('what may stand elsewhere in the order that goes on is not folded into the first pages', async (t) => {
	const index = await album(t, 200, DEEP - 1);
	const last = name(DEEP - 1);
	const others = Array.from({ length: 200 }, (_, i) => name(i)).filter(
		(id) => id !== name(0) && id !== last,
	);
	const ids = [...others.slice(0, DEEP - 1), last, name(0), ...others.slice(DEEP - 1)];
	const request = { after: undefined, limit: DEEP, sort: 'relevance', fold: true } as const;
	const { page } = await pageOf(index, ranked(ids), request);
	assert.equal(page.at(-1)!.id, last);
	assert.deepEqual(page.at(-1)!.duplicates, []);
});

test('a page deep in a long list takes as long as the first', async (t) => {
	const index = await album(t, 3_000);
	const read: number[] = [];
	const vectors: VectorIndex['vectors'] = (ids, kind) => {
		read.push(ids.length);
		return index.vectors(ids, kind);
	};
	const spied = new Proxy(index, {
		get: (of, key) => (key === 'vectors' ? vectors : (of[key as keyof VectorIndex] as () => void)),
	});
	const ids = Array.from({ length: 3_000 }, (_, i) => name(i));
	const after = { id: name(2_700), score: 1, rank: 2_701 };
	const request = { after, limit: 20, sort: 'relevance', fold: true } as const;
	const { page } = await pageOf(spied, ranked(ids), request);
	assert.equal(page[0]!.id, name(2_701));
	assert.ok(read.reduce((sum, n) => sum + n, 0) <= 256, `${read} vectors were read`);
});

for (const sort of ['newest', 'oldest'] as const) {
	test(`photos deleted as they are shown take no others with them, ${sort} first`, async (t) => {
		const index = await album(t, 60);
		const ids = () => index.list([], { oldestFirst: sort === 'oldest', limit: 1_000 });
		const all = await ids();
		const request = { limit: 7, sort, fold: false };
		const { shown } = await pages(index, ids, request, (page) => index.delete(page));
		assert.deepEqual(shown, all);
	});
}
