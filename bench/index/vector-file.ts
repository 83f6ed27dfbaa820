import { closeSync, openSync, readSync } from 'node:fs';
import { DIMENSION } from './vector-maker';

/** Reads rows of float32 from a file of nothing else. */
export class VectorFile {
	readonly #fd: number;

	constructor(file: string) {
		this.#fd = openSync(file, 'r');
	}

	/** Whole vectors, one after the other, from row `from` on. */
	read(from: number, count: number): Float32Array {
		const floats = new Float32Array(count * DIMENSION);
		const bytes = Buffer.from(floats.buffer);
		for (let done = 0; done < bytes.length; ) {
			const position = from * 4 * DIMENSION + done;
			const read = readSync(this.#fd, bytes, done, bytes.length - done, position);
			if (read === 0) throw new Error(`the file ends before row ${from + count}`);
			done += read;
		}
		return floats;
	}

	close(): void {
		closeSync(this.#fd);
	}
}

/** One of several vectors that lie one after the other. */
export function vectorAt(floats: Float32Array, row: number): Float32Array {
	return floats.subarray(row * DIMENSION, (row + 1) * DIMENSION);
}
