import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keywords, parseQuery } from '../../engine/search/query';

describe('a text query', () => {
	it('that lists things is taken apart, so that each is looked for', () => {
		assert.deepEqual(parseQuery('Pat, Jack, and an automobile').parts, [
			'Pat',
			'Jack',
			'automobile',
		]);
		assert.deepEqual(parseQuery('Pat, Jack, and automobile').parts, ['Pat', 'Jack', 'automobile']);
		assert.deepEqual(parseQuery('Pat & Jack and a car').parts, ['Pat', 'Jack', 'car']);
	});

	it('that describes one scene stays whole', () => {
		assert.deepEqual(parseQuery('beach sunset with people').parts, ['beach sunset with people']);
		assert.deepEqual(parseQuery('a black and white dog').parts, ['a black and white dog']);
		const sentence = 'A dog shakes its head near the shore , a red ball next to it .';
		assert.deepEqual(parseQuery(sentence).parts, [sentence]);
	});

	it('with a hundred commas is one question, not a hundred', () => {
		const flood = Array.from({ length: 100 }, (_, i) => `word${i}`).join(',');
		assert.deepEqual(parseQuery(flood).parts, [flood]);
		assert.deepEqual(parseQuery('Pat, pat, PAT, Jack').parts, ['PAT', 'Jack']);
	});

	it('of commas only is not lost', () => {
		assert.deepEqual(parseQuery(' , , ').parts, [', ,']);
	});

	it('keeps its telling words, in any script', () => {
		assert.deepEqual(keywords('a photo of Zoë at the Côte d’Azur'), ['Zoë', 'Côte', 'd', 'Azur']);
		assert.deepEqual(keywords('東京 タワー'), ['東京', 'タワー']);
		assert.deepEqual(keywords('the and of'), ['the', 'and', 'of']);
		assert.deepEqual(keywords('"; DROP TABLE photos; --'), ['DROP', 'TABLE', 'photos']);
	});
});
