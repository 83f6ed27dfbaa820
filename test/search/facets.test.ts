import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredPhoto } from '../../engine/index/vector-index';
import { countFacets } from '../../engine/search/facets';

const photo = (facts: Partial<StoredPhoto>) =>
	({ id: 'x', tags: [], people: [], metadata: {}, ...facts }) as unknown as StoredPhoto;

test('facets count photos, not mentions, and say the commonest first', () => {
	const facets = countFacets([
		photo({ people: ['Pat', 'Pat'], tags: ['sea'], taken_at: '2024-05-01T10:00:00' }),
		photo({ people: ['Pat', 'Jack'], tags: ['sea', 'sun'], taken_at: '2023-12-31' }),
		photo({ tags: ['sun', 'sea'], taken_at: 'unknown' }),
	]);
	assert.deepEqual(facets, {
		people: [
			{ value: 'Pat', count: 2 },
			{ value: 'Jack', count: 1 },
		],
		tags: [
			{ value: 'sea', count: 3 },
			{ value: 'sun', count: 2 },
		],
		years: [
			{ value: '2023', count: 1 },
			{ value: '2024', count: 1 },
		],
	});
});
