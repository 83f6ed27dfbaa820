import { HEADER_LINKED, layoutOf, ROW_LIVE } from './matrix-layout';
import type { SharedMemory } from './shared-memory';
import { ROWS_FORMAT, writeRowsFile } from './snapshot-file';

export interface SaveRequest {
	memory: SharedMemory;
	dimension: number;
	file: string;
	/** By row; their length is how many rows are saved. */
	photos: Float64Array<ArrayBuffer>;
	seqs: Float64Array<ArrayBuffer>;
}

export interface Saved {
	checksum: string;
	/** `seq` of the rows that were dead already: the snapshot knows of them. */
	dead: number[];
}

/**
 * Writes the first rows of a matrix to a snapshot. Rows may die meanwhile: those of `dead` are dead in
 * the file, of all others the database has to say.
 */
export function saveRows({ memory, dimension, file, photos, seqs }: SaveRequest): Saved {
	const { header, rows, stride } = layoutOf(dimension);
	const count = photos.length;
	const heads = new DataView(memory.buffer);
	const dead: number[] = [];
	for (let row = 0; row < count; row++) {
		if (heads.getUint32(rows + row * stride + ROW_LIVE, true) !== 1) dead.push(seqs[row]!);
	}
	// Links are made by this very thread, so they stand still.
	const linked = Math.min(count, new Int32Array(memory.buffer, header, 16)[HEADER_LINKED]!);
	const checksum = writeRowsFile(file, { dimension, format: ROWS_FORMAT, count, linked }, [
		new Uint8Array(photos.buffer),
		new Uint8Array(seqs.buffer),
		new Uint8Array(memory.buffer, rows, count * stride),
	]);
	return { checksum, dead };
}
