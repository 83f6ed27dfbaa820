import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { codeBytes, Encoder } from '../../../engine/index/vectors/encoder';
import { VectorMatrix } from '../../../engine/index/vectors/matrix';
import { saveRows } from '../../../engine/index/vectors/save-rows';
import { temporaryFolder } from '../support';

test('a vector that came after the rows of a snapshot, and is gone, stays remembered: the next snapshot may hold it', (t) => {
	const folder = temporaryFolder(t);
	const database = join(folder, 'photos.db');
	const db = new DatabaseSync(database);
	db.exec('CREATE TABLE gone (generation INTEGER, seq INTEGER)');
	db.exec('INSERT INTO gone VALUES (1, 3), (1, 4), (1, 9), (2, 1)');
	db.close();
	const dimension = 16;
	const matrix = new VectorMatrix(dimension);
	const encoder = new Encoder(dimension);
	for (const seq of [1, 2, 3, 4, 5]) {
		const vector = new Float32Array(dimension);
		vector[seq] = 1;
		const code = new Uint8Array(codeBytes(dimension));
		encoder.encode(vector, code);
		matrix.put(seq, seq, code);
	}
	// Of 4 memory has not heard yet.
	matrix.remove(3);
	const { rows, memory } = matrix;
	const { dead, forgettable } = saveRows({
		...{ database, generation: 1, memory, dimension, file: join(folder, 'rows.snapshot') },
		...{ photos: matrix.photos(rows), seqs: matrix.seqs(rows) },
	});
	assert.equal(dead, 1);
	assert.deepEqual(forgettable, [3]);
});
