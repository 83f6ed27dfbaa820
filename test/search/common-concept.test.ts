import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { Random } from '../../eval/album/random';
import { normal } from '../../eval/photos/variant';
import type { Encoder, Logit } from '../../engine/encode/encoder';
import { withoutShown } from '../../engine/search/common-concept';
import { Cursors } from '../../engine/search/cursor';
import { search, type SearchInput } from '../../engine/search/search';
import type { TextEmbedder } from '../../engine/text/text-embedder';
import { openIndex } from '../index/support';

const [MEAN, STD] = [0.19, 0.025];

/** Cosines of photos, of which a share stands so many deviations above the others. */
function cosines(count: number, share: number, distance: number): number[] {
	const random = new Random(count + 100 * share);
	return Array.from({ length: count }, (_, i) => {
		const isShown = i < share * count;
		return MEAN + STD * (normal(random) + (isShown ? distance : 0));
	});
}

function backgroundOf(values: number[]) {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
	return {
		...{ mean, std: Math.sqrt(variance), count: values.length },
		sample: Float32Array.from(values),
	};
}

describe('the background of a word', () => {
	it('is that of the photos that do not show it, or nothing that many show would stand out', () => {
		for (const share of [0.1, 0.25, 0.5]) {
			const unrelated = withoutShown(backgroundOf(cosines(500, share, 4)));
			assert.ok(Math.abs(unrelated.mean - MEAN) < 0.2 * STD, `${share}: ${unrelated.mean}`);
			assert.ok(Math.abs(unrelated.std / STD - 1) < 0.15, `${share}: ${unrelated.std}`);
			assert.ok(Math.abs(unrelated.share! - share) < 0.06, `${share}: ${unrelated.share}`);
		}
	});

	it('stays as it was where none stand apart, or the best of a bad lot would look good', () => {
		for (const [share, distance] of [
			[0, 0],
			[0.005, 4],
			[0.25, 1.5],
			[0.5, 2],
		] as const) {
			const background = backgroundOf(cosines(500, share, distance));
			const unrelated = withoutShown(background);
			assert.ok(Math.abs(unrelated.mean - background.mean) < 0.1 * STD, `${share}`);
			assert.ok(Math.abs(unrelated.std / background.std - 1) < 0.05, `${share}`);
			assert.ok(unrelated.share! < 0.02, `${share}: ${unrelated.share}`);
		}
	});

	it("stays as it was where the model's sigmoid denies it, or horses would be zebras", () => {
		const background = backgroundOf(cosines(500, 0.25, 4));
		assert.ok(withoutShown(background, (cosine) => 100 * cosine - 34).share! < 0.01);
		assert.ok(withoutShown(background, (cosine) => 100 * cosine - 24).share! > 0.2);
	});

	it('is no number of its own where all photos are alike, or there are none', () => {
		for (const count of [0, 1, 3, 100]) {
			const background = { ...backgroundOf(new Array<number>(count).fill(0.2)), mean: 0.2, std: 0 };
			const { mean, std, share = 0 } = withoutShown(background);
			assert.deepEqual([mean, std, share], [0.2, 0, 0]);
		}
	});
});

const SIGMOIDS: [string, Logit | undefined][] = [
	['with a sigmoid', { scale: 90, bias: -32 }],
	['without one', undefined],
];
for (const [how, logit] of SIGMOIDS) {
	test(`a crowd in a quarter of all photos is found, and left out (${how})`, async (t) => {
		const { index } = await openIndex(t);
		const random = new Random(3);
		const values = cosines(1_200, 0.25, 4);
		const isCrowd = (id: string) => Number(id.slice(6)) < 300;
		await index.upsert(
			values.map((cosine, i) => ({
				id: `photo-${i}`,
				image: { vector: at(cosine, random), model: 'eyes@1' },
			})),
		);
		const encoder: Encoder = {
			info: () => Promise.resolve({ model: 'eyes@1', imageSize: 8, logit }),
			embedText: () => Promise.resolve(at(1, random)),
			embedImage: () => Promise.reject(new Error('not asked for')),
		};
		const cursors = new Cursors(Buffer.alloc(32, 1));
		const ask = async (input: Partial<SearchInput>) => {
			const request = { onlyRelevant: true, limit: 1_000, ...input };
			const tools = { encoder, textEmbedder: {} as TextEmbedder, cursors };
			const found = (await search(index, request, tools)).page.map(({ id }) => id);
			const right = found.filter(isCrowd).length;
			return { right, others: found.length - right };
		};
		const wanted = await ask({ text: 'crowd' });
		assert.ok(wanted.right > 255 && wanted.others < 30, JSON.stringify(wanted));
		const without = await ask({ text: '-crowd' });
		assert.ok(without.right < 45 && without.others > 870, JSON.stringify(without));
		// Of a sentence it might be but the part that most photos show.
		const sentence = await ask({ text: 'crowd cheering a cyclist' });
		assert.ok(sentence.right < 30, JSON.stringify(sentence));
	});
}

/** A vector with this cosine to the first axis. */
function at(cosine: number, random: Random): Float32Array {
	const rest = Array.from({ length: 63 }, () => normal(random));
	const scale = Math.sqrt(1 - cosine ** 2) / Math.hypot(...rest);
	return Float32Array.of(cosine, ...rest.map((value) => value * scale));
}
