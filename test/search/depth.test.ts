import assert from 'node:assert/strict';
import { after, before, describe, it, test } from 'node:test';
import type { Encoder } from '../../engine/encode/encoder';
import type { VectorIndex } from '../../engine/index/vector-index';
import { Cursors } from '../../engine/search/cursor';
import { depthOf, mostListed } from '../../engine/search/depth';
import type { Probe } from '../../engine/search/probe';
import { search, type SearchInput } from '../../engine/search/search';
import type { TextEmbedder } from '../../engine/text/text-embedder';
import { clusteredVectors, openIndex } from '../index/support';

const MODEL = 'eyes@1';
const TAGGED = 500;
const cursors = new Cursors(Buffer.alloc(32, 1));

describe('a search for what hundreds of photos have', () => {
	let index: VectorIndex;
	const ends: (() => unknown)[] = [];
	const vectors = clusteredVectors(900, 16, { clusters: 900 });
	before(async () => {
		const opened = await openIndex({ after: (end: () => unknown) => ends.unshift(end) } as never);
		index = opened.index;
		await index.upsert(
			vectors.map((vector, i) => ({
				id: `photo-${i}`,
				...(i < TAGGED && { tags: ['holiday'] }),
				...(i % 2 === 0 && { title: `a longer title of photo ${'x'.repeat(i % 7)}` }),
				taken_at: i % 3 === 0 ? '2022-05-01' : '2023-05-01',
				image: { vector, model: MODEL },
			})),
		);
	});
	after(async () => {
		for (const end of ends) await end();
	});

	const encoder: Encoder = {
		info: () => Promise.resolve({ model: MODEL, imageSize: 8 }),
		embedText: () => Promise.resolve(vectors[700]!),
		embedImage: () => Promise.reject(new Error('not asked for')),
	};
	const ask = (input: Partial<SearchInput>) =>
		search(
			index,
			{ limit: 20, foldDuplicates: false, ...input },
			{ encoder, textEmbedder: {} as TextEmbedder, cursors },
		);
	async function pages(first: Partial<SearchInput>, rest = first): Promise<string[]> {
		const ids: string[] = [];
		let found = await ask(first);
		for (;;) {
			ids.push(...found.page.map(({ id }) => id));
			if (!found.nextCursor) return ids;
			found = await ask({ ...rest, cursor: found.nextCursor });
		}
	}

	it('shows each of them on some page, and none on two', async () => {
		for (const limit of [20, 70, 200]) {
			const ids = await pages({ text: 'holiday', limit });
			assert.equal(new Set(ids).size, ids.length);
			const tagged = ids.filter((id) => Number(id.slice(6)) < TAGGED);
			assert.equal(tagged.length, TAGGED, `${limit} a page`);
		}
	});

	it('never finds relevance rising, or somebody who stops at a low one would miss a higher', async () => {
		for (const text of ['holiday', 'palm', 'holiday, palm']) {
			let [last, shown]: [number, number] = [1, 0];
			for (let cursor: string | undefined; ; ) {
				const found = await ask({ text, cursor });
				for (const { id, relevance } of found.page) {
					assert.ok(relevance <= last, `${text}: ${relevance} after ${last}, ${id}`);
					last = relevance;
				}
				shown += found.page.length;
				cursor = found.nextCursor ?? undefined;
				if (!cursor) break;
			}
			assert.ok(shown > 200);
		}
	});

	it('keeps its order where facets come with the first page only', async () => {
		const first = { text: 'holiday', facets: true };
		assert.deepEqual(await pages(first, { text: 'holiday' }), await pages(first));
	});

	it('goes on behind a deleted photo, wherever it stood', async () => {
		for (const pagesBefore of [2, 7]) {
			const ids: string[] = [];
			let cursor: string | undefined;
			for (let page = 1; page === 1 || cursor; page++) {
				const found = await ask({ text: 'holiday', cursor });
				ids.push(...found.page.map(({ id }) => id));
				cursor = found.nextCursor ?? undefined;
				if (page === pagesBefore) await index.delete([ids.at(-1)!]);
			}
			// Another photo comes into the first two hundred, and may move others over the place.
			assert.ok(ids.length - new Set(ids).size <= 2, `${new Set(ids).size} of ${ids.length}`);
			const tagged = [...new Set(ids)].filter((id) => Number(id.slice(6)) < TAGGED).length;
			assert.ok(tagged >= TAGGED - pagesBefore, `${tagged} of ${TAGGED}`);
		}
	});

	it('says that a year has more photos than were looked at', async () => {
		const found = await ask({ text: '2023' });
		assert.ok(found.capped || found.total === 600, `${found.total} of 600`);
	});

	it('thinks the same of a photo however many beside it were looked at', async () => {
		const query = { text: 'palm', filter: { tags_any: ['holiday'] } };
		const [few, many] = [await ask(query), await ask({ ...query, facets: true })];
		for (const [i, { id, relevance }] of few.page.entries()) {
			assert.equal(many.page[i]!.id, id);
			assert.ok(Math.abs(many.page[i]!.relevance - relevance) < 0.01, `${id}: ${relevance}`);
		}
	});
});

test('what most photos show is left out of a list of thousands, not only the first of them', async (t) => {
	const { index } = await openIndex(t);
	const [snow, grass] = [Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 0)];
	await index.upsert(
		Array.from({ length: 3_000 }, (_, i) => ({
			id: `photo-${i}`,
			image: { vector: i % 4 === 0 ? grass : snow, model: MODEL },
		})),
	);
	const encoder: Encoder = {
		info: () => Promise.resolve({ model: MODEL, imageSize: 8, logit: { scale: 30, bias: -15 } }),
		embedText: () => Promise.resolve(snow),
		embedImage: () => Promise.reject(new Error('not asked for')),
	};
	const tools = { encoder, textEmbedder: {} as TextEmbedder, cursors };
	const found = await search(index, { text: '-snow', limit: 1 }, tools);
	assert.equal(found.total, 750);
});

test('the more is asked at once, the fewer photos are judged by it', () => {
	const probes = (n: number) => Array.from({ length: n }, () => ({}) as Probe);
	const plan = (terms: number, without = 0) => ({
		...{ filter: [], steps: [] },
		...{ terms: probes(terms), without: probes(without) },
	});
	assert.deepEqual(depthOf(plan(1)), { few: 200, many: 1_000 });
	assert.deepEqual(depthOf({ ...plan(4), whole: {} as Probe }).few, 200);
	for (const [terms, without] of [
		[1, 24],
		[16, 0],
		[16, 24],
	] as const) {
		const { many } = depthOf(plan(terms, without));
		assert.ok(many >= 1 && 3 * many * terms * (terms + without) <= 30_000, `${many}`);
	}
	assert.equal(mostListed(plan(0, 1)), 10_000);
	assert.ok(mostListed(plan(0, 16)) * 16 <= 30_000);
});
