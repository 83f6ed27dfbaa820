import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { EngineError } from '../../engine/errors';
import { Cursors, queryDigest } from '../../engine/search/cursor';
import { cursorKey } from '../../engine/service/cursor-key';

describe('a cursor', () => {
	const key = randomBytes(32);
	const cursors = new Cursors(key);
	const query = queryDigest(['photos', 'beach']);
	const place = { id: 'bucket/grün 💥 \u0001.jpg', score: 0.1 + 0.2, rank: 20 };
	const refused = (cursor: string, by = cursors) =>
		assert.throws(
			() => by.read(cursor, query),
			(error) => error instanceof EngineError && error.code === 'BAD_CURSOR',
			cursor,
		);

	it('leads back to its place, to the last bit of the score', () => {
		assert.deepEqual(cursors.read(cursors.write(place, query), query), place);
	});

	it('of another query or another engine is refused rather than misread', () => {
		refused(cursors.write(place, queryDigest(['photos', 'snow'])));
		refused(cursors.write(place, query), new Cursors(randomBytes(32)));
	});

	it('cannot be made or changed by hand, in any of its characters', () => {
		const cursor = cursors.write(place, query);
		for (let at = 0; at < cursor.length; at++) {
			const other = cursor[at] === 'A' ? 'B' : 'A';
			refused(cursor.slice(0, at) + other + cursor.slice(at + 1));
		}
		const plain = Buffer.from(JSON.stringify(place)).toString('base64url');
		const cut = [cursor.slice(0, -1), cursor.slice(0, 21), cursor.slice(0, 22)];
		for (const bad of [plain, ...cut, `${cursor}=`, ` ${cursor}`, 'rubbish', 'e30', '💥', 'A']) {
			refused(bad);
		}
	});

	it('outlives the process: the next one finds the same key, and makes a new one of a torn one', (t) => {
		const dataDir = mkdtempSync(path.join(tmpdir(), 'cursor-key-'));
		t.after(() => rmSync(dataDir, { recursive: true }));
		const first = cursorKey(dataDir);
		assert.deepEqual(cursorKey(dataDir), first);
		const file = path.join(dataDir, 'cursor.key');
		if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
		writeFileSync(file, 'torn');
		assert.equal(cursorKey(dataDir).length, 32);
	});
});
