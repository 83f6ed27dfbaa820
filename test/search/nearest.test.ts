import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Hit, VectorIndex } from '../../engine/index/vector-index';
import { Cursors } from '../../engine/search/cursor';
import { nearest } from '../../engine/search/nearest';

const cursors = new Cursors(Buffer.alloc(32, 7));
const QUERY = { vector: Float32Array.of(1, 0), model: 'eyes@1' };

/** An index that holds these scores and answers with the best, as far as `hide` lets it. */
function indexOf(hits: Hit[], hide: (best: Hit[], exact: boolean) => Hit[] = (best) => best) {
	const asked: { k: number; exact: boolean }[] = [];
	const searchVector: VectorIndex['searchVector'] = async (_kind, _query, k, _filter, options) => {
		const exact = options?.exact ?? false;
		asked.push({ k, exact });
		const best = [...hits].sort((a, b) => b.score - a.score).slice(0, k);
		const background = { mean: 0, std: 0, count: 0, sample: new Float32Array(0) };
		return { hits: hide(best, exact), background, vectors: 0 };
	};
	return { asked, index: { name: 'photos', searchVector } as unknown as VectorIndex };
}

async function all(index: VectorIndex, limit: number, exact = false): Promise<string[]> {
	const ids: string[] = [];
	let cursor: string | undefined;
	do {
		const input = { kind: 'image' as const, by: QUERY, limit, cursor, exact };
		const page = await nearest(index, input, cursors);
		assert.ok(page.hits.length <= limit);
		ids.push(...page.hits.map(({ id }) => id));
		cursor = page.nextCursor ?? undefined;
	} while (cursor);
	return ids;
}

const hits = (count: number, score: (i: number) => number): Hit[] =>
	Array.from({ length: count }, (_, i) => ({ id: String(i).padStart(4, '0'), score: score(i) }));

describe('nearest vectors', () => {
	it('that all tie are shown in the order of ids, whichever the index finds first', async () => {
		const ties = hits(700, () => 0.5);
		// Of those that tie for the last place the index knows others than the first.
		const { index } = indexOf([...ties].reverse());
		assert.deepEqual(
			await all(index, 40),
			ties.map(({ id }) => id),
		);
	});

	it('go on to the end though some vanish while they are searched', async () => {
		const stored = hits(900, (i) => 1 - i / 1000);
		const { index } = indexOf(stored, (best) => best.filter((_, i) => i % 100 !== 50));
		const shown = await all(index, 25);
		assert.equal(shown.length, 891);
		assert.equal(shown.at(-1), '0899');
	});

	it('are not asked for more than once per page where one answer is enough', async () => {
		const { index, asked } = indexOf(hits(2_000, (i) => 1 - i / 2000));
		const input = { kind: 'image' as const, by: QUERY, limit: 10 };
		const first = await nearest(index, input, cursors);
		await nearest(index, { ...input, cursor: first.nextCursor! }, cursors);
		assert.equal(asked.length, 2);
		assert.ok(asked.every(({ k }) => k <= 60));
	});

	it('are all found by whoever asks to miss none', async () => {
		const stored = hits(500, (i) => 1 - i / 1000);
		const { index, asked } = indexOf(stored, (best, exact) =>
			exact || best.length > 100 ? best : best.filter(({ id }) => id !== '0007'),
		);
		assert.equal((await all(index, 20)).length, 499, 'the index misses none');
		assert.equal((await all(index, 20, true)).length, 500);
		assert.ok(asked.some(({ exact }) => exact));
	});
});
