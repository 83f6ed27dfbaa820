import { createMatrixMemory, Kernel } from './kernel';
import { layoutOf, MERGE_DESK, ROW_SCALE } from './matrix-layout';
import { growTo, type SharedMemory } from './shared-memory';

/** At the beginning of a code on its way. */
export const SCALE_BYTES = 4;

/** Of a row's code on its way from one thread to another: its scale (float32) and its numbers. */
export function codeBytes(dimension: number): number {
	return SCALE_BYTES + layoutOf(dimension).padded;
}

/** Makes codes for the rows of a matrix that belongs to another thread. */
export class Encoder {
	readonly #memory: SharedMemory;
	readonly #kernel: Kernel;

	constructor(dimension: number) {
		const layout = layoutOf(dimension);
		this.#memory = createMatrixMemory(layout);
		growTo(this.#memory, layout.rows + layout.stride);
		this.#kernel = new Kernel(this.#memory, dimension, MERGE_DESK);
	}

	/**
	 * Writes the code of a vector.
	 *
	 * @param vector unit length
	 * @param to {@link codeBytes} long
	 */
	encode(vector: Float32Array, to: Uint8Array): void {
		this.#kernel.quantise(vector, 0);
		const { rows, code, padded } = this.#kernel.layout;
		const { buffer } = this.#memory;
		to.set(new Uint8Array(buffer, rows + ROW_SCALE, SCALE_BYTES));
		to.set(new Uint8Array(buffer, rows + code, padded), SCALE_BYTES);
	}
}
