import type { PixelMemory } from './pixel-memory';
import { PRECISION_BITS, type Taps } from './resample-taps';

const CHANNELS = 3;
const ROWS_AT_ONCE = 2;

/** The pass along the rows: simd/resample.ts' `resampleTwoRows` with its weights in memory. */
export class RowPass {
	readonly #memory: PixelMemory;
	readonly #positions: number;
	readonly #weights: number;
	readonly #lowOffset: number;
	readonly #shift: number;
	readonly #outWidth: number;

	/** @param fromColumn the input column with which the rows will begin */
	constructor(memory: PixelMemory, taps: Taps, fromColumn: number) {
		const { positions, high, low, shift } = packColumns(taps, fromColumn);
		this.#memory = memory;
		this.#positions = memory.put(positions);
		this.#weights = memory.put(high);
		this.#lowOffset = memory.put(low) - this.#weights;
		this.#shift = shift;
		this.#outWidth = taps.first.length;
	}

	/** An odd number of rows reads and writes one more. Addresses and strides in bytes. */
	run(from: number, fromStride: number, to: number, toStride: number, rows: number): void {
		const { resampleTwoRows } = this.#memory.code;
		for (let row = 0; row < rows; row += ROWS_AT_ONCE) {
			resampleTwoRows(
				from + row * fromStride,
				fromStride,
				to + row * toStride,
				toStride,
				this.#positions,
				this.#weights,
				this.#lowOffset,
				this.#shift,
				this.#outWidth,
			);
		}
	}
}

/** Which of a step's eight taps each 16-bit lane of its three registers weighs: see simd/resample.ts. */
const LANE_TAPS = [
	[0, 1, 0, 1, 0, 1, 2, 3],
	[2, 3, 2, 3, 4, 5, 4, 5],
	[4, 5, 6, 7, 6, 7, 6, 7],
].flat();
const STEP_TAPS = 8;
const MAX_LEVEL = 255;

interface PackedColumns {
	/** Four numbers per output pixel. */
	positions: Int32Array;
	high: Int16Array;
	low: Int16Array;
	shift: number;
}

/** As simd/resample.ts reads them: `weight = high * 2^shift + low`, each laid out step by step. */
function packColumns(taps: Taps, fromColumn: number): PackedColumns {
	const { first, count, weights, size } = taps;
	const shift = shiftOf(weights);
	const round = shift === 0 ? 0 : 1 << (shift - 1);
	const positions = new Int32Array(first.length * 4);
	const capacity = first.length * Math.ceil(size / STEP_TAPS) * LANE_TAPS.length;
	const high = new Int16Array(capacity);
	const low = new Int16Array(capacity);
	let at = 0;
	first.forEach((from, out) => {
		const steps = Math.ceil(count[out]! / STEP_TAPS);
		// What the low halves can add at least and at most, with the half that rounds.
		let least = 1 << (PRECISION_BITS - 1);
		let greatest = least;
		for (let tap = 0; tap < count[out]!; tap++) {
			const weight = weights[out * size + tap]!;
			const rest = weight - (((weight + round) >> shift) << shift);
			if (rest < 0) least += rest * MAX_LEVEL;
			else greatest += rest * MAX_LEVEL;
		}
		positions.set([(from - fromColumn) * CHANNELS, steps, least, greatest], out * 4);
		for (let step = 0; step < steps; step++) {
			for (const lane of LANE_TAPS) {
				const tap = step * STEP_TAPS + lane;
				const weight = tap < count[out]! ? weights[out * size + tap]! : 0;
				high[at] = (weight + round) >> shift;
				low[at++] = weight - (high[at - 1]! << shift);
			}
		}
	});
	return { positions, high: high.subarray(0, at), low: low.subarray(0, at), shift };
}

/** The least shift with which the high halves fit 16 bits. */
function shiftOf(weights: Int32Array): number {
	let greatest = 0;
	for (const weight of weights) greatest = Math.max(greatest, Math.abs(weight));
	let shift = 0;
	while (greatest / 2 ** shift > 32_766) shift++;
	return shift;
}
