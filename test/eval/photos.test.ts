import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { reciprocalRankFusion } from '../../eval/photos/channel-rankings';
import { evaluateCommon } from '../../eval/photos/evaluate-common';
import { evaluatePhotos } from '../../eval/photos/evaluate-photos';
import { measureConstants } from '../../eval/photos/measure-constants';
import { readPhotos, readQueries } from '../../eval/photos/photo-file';
import { cutoffFigures, reliability } from '../../eval/photos/reliability';
import { rankFigures } from '../../eval/rank-figures';

const folder = mkdtempSync(join(tmpdir(), 'eval-photos-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function file(content: unknown): string {
	const path = join(folder, 'photos.json');
	writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
	return path;
}

/** Eight photos, each a direction of its own; of `swapped` the pixels are those of its neighbour. */
function photos(swapped = -1) {
	const axis = (i: number) => Array.from({ length: 8 }, (_, j) => (j === i ? 1 : 0));
	return 'apple boat castle dog engine forest garden house'.split(' ').map((thing, i) => ({
		id: `p${i}`,
		captions: [`One ${thing} .`, `The ${thing} that we saw`],
		image_vector: axis(i === swapped ? i + 1 : i),
		caption_vectors: [axis(i), axis(i)],
	}));
}

describe('npm run eval -- --photos --common', () => {
	it('finds what many photos show, and leaves it out, or nobody would know that it does not', async () => {
		const report = await evaluateCommon({ photos: file(photos()), words: ['castle'], size: 400 });
		const [none, ...some] = report.figures.filter(({ sigmoid }) => !sigmoid);
		assert.deepEqual([none!.share, none!.recall, none!.letThrough], [0, 1, 0]);
		for (const { share, precision, recall, letThrough, lost } of some) {
			assert.ok(precision > 0.9 && recall > 0.9, `${share}: ${precision}, ${recall}`);
			assert.ok(letThrough < 0.1 && lost < 0.1, `${share}: ${letThrough}, ${lost}`);
		}
	});

	it('refuses a word that no caption says, or its figures would be those of nothing', async () => {
		const words = ['zebra'];
		await assert.rejects(evaluateCommon({ photos: file(photos()), words }), /have to say "zebra"/);
	});
});

describe('npm run eval -- --photos --constants', () => {
	it('tells where the right photo stands, by each stored caption, or no model could be measured anew', async () => {
		const { measured } = await measureConstants(file(photos()));
		assert.deepEqual(
			measured.map(({ stored }) => stored),
			[1, 2],
		);
		// One cosine of 1 among eight, the others 0: mean 1/8, deviation √7/8.
		for (const { visual, text, correlation } of measured) {
			for (const { mean, std } of [visual, text]) {
				assert.ok(Math.abs(mean - Math.sqrt(7)) < 0.1, `${mean}`);
				assert.ok(std < 0.1, `${std}`);
			}
			assert.ok(correlation.unrelated <= 1 && correlation.relevant <= 1);
		}
	});
});

describe('npm run eval -- --photos', () => {
	it('ranks every photo by each channel, or a channel that fails would not be seen', async () => {
		const report = await evaluatePhotos({ photos: file(photos(3)) });
		assert.equal(report.queries, 8);
		// The one photo, and the neighbour that it looks just like.
		assert.equal(report.visual.r1, 6 / 8);
		assert.equal(report.text.r1, 1);
		assert.equal(report.keyword.r1, 1);
		assert.equal(report.rrf.r1, 1);
		assert.equal(report.hybrid.r5, 1);
	});

	it('asks for every caption of another file, or unseen captions could not be tried', async () => {
		const other = join(folder, 'other.json');
		writeFileSync(other, JSON.stringify(photos().map((photo) => ({ ...photo, image_vector: [] }))));
		const report = await evaluatePhotos({ photos: file(photos()), queries: other });
		assert.equal(report.queries, 16);
	});

	it('asks each query once with its photo and once without, or nothing would be known of "nothing"', async () => {
		const { reliability: table } = await evaluatePhotos({ photos: file(photos()) });
		const results = table.bins.reduce((sum, { count }) => sum + count, 0);
		assert.equal(results, 8 * 8 + 8 * 7);
	});

	it('writes the raw scores of every photo for every caption, or nothing could be tuned by them', async () => {
		const dump = join(folder, 'dump.jsonl');
		await evaluatePhotos({ photos: file(photos()), dump });
		const lines = readFileSync(dump, 'utf8').trim().split('\n');
		assert.equal(lines.length, 8);
		const { q, right, scores } = JSON.parse(lines[1]!) as {
			q: string;
			right: string;
			scores: { id: string; visual: number; bm25: number | null }[];
		};
		assert.deepEqual([q, right, scores.length], ['The boat that we saw', 'p1', 8]);
		assert.equal(scores.find(({ id }) => id === 'p1')!.visual, 1);
		assert.equal(scores.find(({ id }) => id === 'p2')!.bm25, null);
	});

	const refusals: [name: string, content: unknown, message: RegExp][] = [
		['no JSON', '[{', /photos\.json is no JSON/],
		['no list', { photos: [] }, /expected a list of photos/],
		['no id', [{ ...photos()[0], id: undefined }], /entry 1 has no id/],
		['the same id twice', [photos()[0], photos()[0]], /entry 2: the id "p0" came before/],
		['no captions', [{ ...photos()[0], captions: [] }], /entry 1 \("p0"\) has no captions/],
		['no vector', [{ ...photos()[0], image_vector: null }], /\("p0"\): image_vector is missing/],
		['zeros', [{ ...photos()[0], image_vector: [0, 0] }], /image_vector is all zeros/],
		['no numbers', [{ ...photos()[0], image_vector: [1, null] }], /is no number/],
		[
			'vectors of two lengths',
			[photos()[0], { ...photos()[1], image_vector: [1] }],
			/entry 2 \("p1"\): image_vector has 1 numbers, but the first photo's vector has 8/,
		],
		[
			'a caption without a vector',
			[{ ...photos()[0], caption_vectors: [[1]] }],
			/\("p0"\) has 2 captions but 1 caption_vectors/,
		],
	];
	for (const [name, content, message] of refusals) {
		it(`names the entry with ${name}, or nobody would find it among thousands`, () => {
			assert.throws(() => readPhotos(file(content)), message);
		});
	}

	it('names the photo that only --queries knows, or its captions would count as not found', () => {
		const known = readPhotos(file(photos().slice(0, 3)));
		assert.throws(() => readQueries(file(photos()), known), /entry 4 \("p3"\): there is no such/);
	});

	it('says that a file is not there', () => {
		assert.throws(() => readPhotos(join(folder, 'none')), /There is no file .*none/);
	});
});

describe('figures of a ranking', () => {
	it('count a photo that is not found in no share, or a short answer would look good', () => {
		const figures = rankFigures([1, 2, 7, Infinity]);
		assert.deepEqual(figures, { r1: 0.25, r5: 0.5, r10: 0.75, mrr: 0.4107 });
	});

	it('of rank fusion follow the ranks and not the scores', () => {
		const hits = (...ids: string[]) => ids.map((id, i) => ({ id, score: 100 ** -i }));
		const fused = reciprocalRankFusion({
			visual: hits('a', 'b', 'c'),
			text: hits('b', 'c', 'a'),
			keyword: [],
		});
		assert.deepEqual(fused, ['b', 'a', 'c']);
	});
});

describe('figures of relevance', () => {
	const result = (relevance: number, ...ids: string[]) => ({ ids, relevance });

	it('find no error where relevance is the share of right ones, and all of it where it is not', () => {
		const asked = (relevance: number, rights: number) =>
			Array.from({ length: 10 }, (_, i) => ({
				right: i < rights ? 'a' : null,
				results: [result(relevance, 'a')],
				relevant: [],
			}));
		assert.equal(reliability(asked(0.7, 7)).ece, 0);
		assert.equal(reliability(asked(0.95, 0)).ece, 0.95);
		assert.deepEqual(reliability(asked(1, 10)).bins, [
			{ from: 0.9, to: 1, count: 10, relevance: 1, right: 1 },
		]);
	});

	it('count a photo that is folded into its duplicate as found', () => {
		const found = [result(0.9, 'twin', 'a'), result(0.2, 'b')];
		const asked = [
			{ right: 'a', results: found, relevant: found },
			{ right: null, results: [], relevant: [] },
		];
		assert.deepEqual(cutoffFigures(asked), { precision: 0.5, recall: 1, nothing: 1 });
	});
});
