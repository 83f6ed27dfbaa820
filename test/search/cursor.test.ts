import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EngineError } from '../../engine/errors';
import { decodeCursor, encodeCursor, queryDigest } from '../../engine/search/cursor';

describe('a cursor', () => {
	const query = queryDigest(['photos', 'beach']);

	it('leads to the next page of its own query', () => {
		assert.equal(decodeCursor(encodeCursor(20, query), query), 20);
		assert.equal(decodeCursor(undefined, query), 0);
	});

	it('of another query, or mangled, is refused rather than misread', () => {
		const other = encodeCursor(20, queryDigest(['photos', 'snow']));
		const negative = Buffer.from(JSON.stringify({ offset: -1, query })).toString('base64url');
		for (const cursor of [other, negative, 'rubbish', 'e30', '💥']) {
			assert.throws(
				() => decodeCursor(cursor, query),
				(error) => error instanceof EngineError && error.code === 'BAD_CURSOR',
				cursor,
			);
		}
	});
});
