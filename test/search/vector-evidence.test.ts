import assert from 'node:assert/strict';
import { test } from 'node:test';
import { upperTail } from '../../engine/search/normal';
import { chance, standardScore, vectorEvidence } from '../../engine/search/vector-evidence';

const compared = (background: { mean: number; std: number; count: number }, logit?: object) => ({
	...{ cosines: new Map(), background },
	logit: logit as { scale: number; bias: number } | undefined,
});

test('tails of the normal distribution are those of the tables, or chance is misjudged', () => {
	for (const [z, tail] of [
		[0, 0.5],
		[1, 0.158655],
		[1.959964, 0.025],
		[3, 0.001349898],
		[4, 3.167124e-5],
		[6, 9.865877e-10],
		[-1, 0.841345],
	] as const) {
		assert.ok(Math.abs(upperTail(z) / tail - 1) < 2e-3, `${z}: ${upperTail(z)} for ${tail}`);
	}
});

test('a weak channel does not drown the strong one', () => {
	const seen = vectorEvidence({ visual: 3.5, text: 0 });
	const written = vectorEvidence({ visual: 0, text: 3.5 });
	assert.ok(seen.total > written.total + 5);
});

test('a photo without a caption is judged by its picture alone, or captions would be a privilege', () => {
	const typical = vectorEvidence({ visual: 3.5 });
	assert.ok(typical.total > 6);
	// What a relevant photo scores with both says more, but not twice as much: they often agree.
	const both = vectorEvidence({ visual: 3.5, text: 3 });
	assert.ok(both.total > typical.total && both.total < 1.5 * typical.total);
	// A caption that fits as badly as any other speaks against it.
	assert.ok(vectorEvidence({ visual: 3.5, text: 0 }).total < typical.total);
});

test('half way between an unrelated and a relevant photo is no evidence', () => {
	assert.ok(Math.abs(vectorEvidence({ visual: 1.75 }).total) < 1e-9);
	assert.ok(Math.abs(vectorEvidence({ visual: 1.75, text: 1.5 }).total) < 1e-9);
});

test('a channel that somebody switched off says nothing', () => {
	assert.equal(Math.abs(vectorEvidence({ visual: 3, text: 3 }, { text: 0 }).parts['text']!), 0);
});

test('unrelated photos stand at 0 ± 1 whichever channels know them', () => {
	assert.equal(vectorEvidence({ visual: 0 }).standing, 0);
	assert.ok(Math.abs(vectorEvidence({ visual: 0, text: 0 }).standing) < 1e-9);
	assert.ok(Math.abs(vectorEvidence({ visual: 2 }).standing - 2) < 1e-9);
	assert.ok(vectorEvidence({ visual: 2, text: 2 }).standing > 2);
});

test('a background of a handful is not trusted with its deviation', () => {
	const few = standardScore(compared({ mean: 0.2, std: 0.001, count: 3 }));
	assert.ok(few(0.25) < 3);
	const many = standardScore(compared({ mean: 0.2, std: 0.025, count: 500 }));
	assert.ok(Math.abs(many(0.25) - 2) < 0.05);
});

test("SigLIP's own sigmoid keeps the best of a bad lot from looking good", () => {
	const siglip = { scale: 117, bias: -12.93 };
	const background = { mean: -0.02, std: 0.03, count: 500 };
	const both = standardScore(compared(background, siglip));
	// 0.1 is what SigLIP gives a caption and its picture.
	assert.ok(both(0.1) > 3);
	// A query of which all cosines are low: the best stands out, and is still none.
	const low = { mean: -0.1, std: 0.015, count: 500 };
	assert.ok(standardScore(compared(low))(-0.03) > 3);
	assert.ok(standardScore(compared(low, siglip))(-0.03) < 2.6);
});

test('the best of a hundred thousand unrelated photos are explained by chance', () => {
	const normal = Array.from({ length: 200 }, (_, i) => tailInverse((i + 0.5) / 100_000));
	const shares = chance(normal, 100_000);
	assert.ok(Math.min(...shares) > 0.3);
	assert.ok(shares[100]! > 0.9);
	// Among them one that chance does not bring.
	assert.ok(chance([8, ...normal], 100_000)[0]! < 1e-6);
	// A hundred that all stand at 4 are not chance either, where one would be.
	assert.ok(chance(new Array<number>(100).fill(4), 100_000)[0]! < 0.05);
	assert.ok(chance([4], 100_000)[0]! > 0.9);
});

test('chance never explains a better photo more than a worse one', () => {
	const standings = [3.1, 4.2, 2.9, 3.9, 0.4, 3.3, -1];
	const shares = chance(standings, 500);
	const sorted = standings.map((z, i) => ({ z, share: shares[i]! })).sort((a, b) => b.z - a.z);
	sorted.forEach(({ share }, i) => assert.ok(i === 0 || share >= sorted[i - 1]!.share));
	assert.ok(shares.every((share) => share >= 0 && share <= 1));
});

/** By bisection, for the test's own normal sample. */
function tailInverse(tail: number): number {
	let [low, high] = [-10, 10];
	for (let i = 0; i < 80; i++) {
		const middle = (low + high) / 2;
		if (upperTail(middle) > tail) low = middle;
		else high = middle;
	}
	return low;
}
