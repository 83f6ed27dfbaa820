import { DatabaseSync } from 'node:sqlite';
import { HEADER_LINKED, layoutOf, ROW_LIVE } from './matrix-layout';
import type { SharedMemory } from './shared-memory';
import { ROWS_FORMAT, writeRowsFile } from './snapshot-file';

export interface SaveRequest {
	/** photos.db */
	database: string;
	generation: number;
	memory: SharedMemory;
	dimension: number;
	file: string;
	/** By row; their length is how many rows are saved. */
	photos: Float64Array<ArrayBuffer>;
	seqs: Float64Array<ArrayBuffer>;
}

export interface Saved {
	checksum: string;
	/** Tombstones in the file. */
	dead: number;
	/** `seq`s that need no longer be remembered as gone, since the file has none of them alive. */
	forgettable: number[];
}

/**
 * Writes the first rows of a matrix to a snapshot. Rows may die meanwhile: which of those that live in
 * the file are gone since, the database says.
 */
export function saveRows(request: SaveRequest): Saved {
	const { memory, dimension, file, photos, seqs } = request;
	const { header, rows, stride } = layoutOf(dimension);
	const count = photos.length;
	const heads = new DataView(memory.buffer);
	const alive = new Set<number>();
	for (let row = 0; row < count; row++) {
		if (heads.getUint32(rows + row * stride + ROW_LIVE, true) === 1) alive.add(seqs[row]!);
	}
	// What dies while the file is written may be dead in it: then it is remembered for nothing. What came
	// after these rows may still live in memory, and get into the next file.
	const lastSeq = seqs.at(-1) ?? -1;
	const forgettable = goneSeqs(request).filter((seq) => seq <= lastSeq && !alive.has(seq));
	// Links are made by this very thread, so they stand still.
	const linked = Math.min(count, new Int32Array(memory.buffer, header, 16)[HEADER_LINKED]!);
	const checksum = writeRowsFile(file, { dimension, format: ROWS_FORMAT, count, linked }, [
		new Uint8Array(photos.buffer),
		new Uint8Array(seqs.buffer),
		new Uint8Array(memory.buffer, rows, count * stride),
	]);
	return { checksum, dead: count - alive.size, forgettable };
}

function goneSeqs({ database, generation }: SaveRequest): number[] {
	const db = new DatabaseSync(database, { readOnly: true, timeout: 10_000 });
	try {
		const rows = db.prepare('SELECT seq FROM gone WHERE generation = ?').all(generation);
		return rows.map(({ seq }) => Number(seq));
	} finally {
		db.close();
	}
}
