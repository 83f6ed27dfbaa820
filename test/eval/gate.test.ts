import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { evaluateAll, readBaseline } from '../../eval/evaluate-all';
import { fallen, watched } from '../../eval/gate';
import { sharedData } from '../harness/shared-data';

describe('the gate of npm run eval', () => {
	it('bears two points, and names what falls deeper', () => {
		const baseline = { 'demo r1': 0.9, 'demo r5': 0.9, 'album recall': 0.9 };
		const now = { 'demo r1': 0.88, 'demo r5': 0.8799, 'album recall': 1 };
		assert.deepEqual(fallen(now, baseline), ['demo r5 is 0.8799, and was 0.9']);
	});

	it('knows of which figures less is better', () => {
		const baseline = { 'photos reliability ece': 0.1, 'album violations': 0 };
		const worse = { 'photos reliability ece': 0.13, 'album violations': 1 };
		assert.equal(fallen(worse, baseline).length, 2);
		assert.deepEqual(
			fallen({ 'photos reliability ece': 0.01, 'album violations': 0 }, baseline),
			[],
		);
	});

	it('does not compare what there is no data for, or nothing to compare with', () => {
		assert.deepEqual(fallen({}, { 'demo r1': 1 }), []);
		assert.deepEqual(fallen({ 'demo r1': 0 }, {}), []);
	});

	it('finds nothing worse now than in the baseline', async (t) => {
		if (!existsSync(sharedData('photos100', 'photos.json'))) {
			t.diagnostic('without the photos with vectors, which are not here');
		}
		const figures = watched(await evaluateAll(() => {}));
		const baseline = readBaseline();
		assert.deepEqual(fallen(figures, baseline), []);
		// A figure that lost its name is watched no longer.
		for (const name of Object.keys(figures)) assert.ok(name in baseline, `no baseline of ${name}`);
	});
});
