import { OVERREAD, type PixelMemory } from './pixel-memory';
import type { Taps } from './resample-taps';

/**
 * The pass along the columns, fed row by row: it keeps the rows that are still needed and writes an
 * output row as soon as its last input row has come.
 */
export class ColumnPass {
	/** Bytes from one input row to the next. */
	readonly stride: number;
	/** Where the output rows go, `outputStride` bytes apart. */
	readonly output: number;
	readonly outputStride: number;

	readonly #memory: PixelMemory;
	readonly #taps: Taps;
	readonly #rowBytes: number;
	readonly #rowsAtOnce: number;
	/** Address of each output row's weights. */
	readonly #weights: number[];
	readonly #rows: number;
	readonly #capacity: number;
	/** The input row that the kept ones begin with. */
	#from: number;
	#kept = 0;
	#done = 0;

	/**
	 * @param rowBytes of a row, in and out
	 * @param rowsAtOnce that {@link take} is told of at most
	 */
	constructor(memory: PixelMemory, taps: Taps, rowBytes: number, rowsAtOnce: number) {
		this.#memory = memory;
		this.#taps = taps;
		this.#rowBytes = rowBytes;
		this.#rowsAtOnce = rowsAtOnce;
		const { offsets, weights } = packRows(taps);
		const weightsAt = memory.put(weights);
		this.#weights = offsets.map((offset) => weightsAt + offset);
		this.#from = taps.first[0]!;

		// Compacted once it is full, so each row is moved once at most.
		this.#capacity = 2 * Math.max(...taps.count) + rowsAtOnce;
		this.stride = align(rowBytes + 1);
		// One row more: an odd run of rows is weighed in pairs, the last with zero.
		this.#rows = memory.take((this.#capacity + 1) * this.stride + OVERREAD);
		this.outputStride = align(rowBytes);
		// One row more: a pass along the rows may go over it in pairs.
		this.output = memory.take((taps.first.length + 1) * this.outputStride + OVERREAD);
	}

	/** Where the next rows go before {@link take}; another place after each. */
	get input(): number {
		this.#makeRoom();
		return this.#rows + this.#kept * this.stride;
	}

	/** Takes the rows that were put at `input`. */
	take(rows: number): void {
		const { resampleColumns } = this.#memory.code;
		const { first, count } = this.#taps;
		this.#kept += rows;
		const end = this.#from + this.#kept;
		for (; this.#done < first.length; this.#done++) {
			const row = this.#done;
			if (first[row]! + count[row]! > end) return;
			resampleColumns(
				this.#rows + (first[row]! - this.#from) * this.stride,
				this.stride,
				this.output + row * this.outputStride,
				this.#weights[row]!,
				Math.ceil(count[row]! / 2),
				this.#rowBytes,
			);
		}
	}

	#makeRoom(): void {
		if (this.#kept + this.#rowsAtOnce <= this.#capacity) return;
		const end = this.#from + this.#kept;
		const needed = Math.min(this.#taps.first[this.#done] ?? end, end);
		const bytes = this.#memory.bytes(this.#rows, this.#kept * this.stride);
		bytes.copyWithin(0, (needed - this.#from) * this.stride);
		this.#kept = end - needed;
		this.#from = needed;
	}
}

/** The next multiple of 16, the width of a SIMD register. */
export function align(bytes: number): number {
	return (bytes + 15) & ~15;
}

/** Per output row its weights in pairs, as `high * 256 + low`: two high halves, two low ones. */
function packRows(taps: Taps): { offsets: number[]; weights: Int16Array } {
	const offsets: number[] = [];
	const packed: number[] = [];
	for (let out = 0; out < taps.first.length; out++) {
		offsets.push(packed.length * Int16Array.BYTES_PER_ELEMENT);
		const from = out * taps.size;
		const count = taps.count[out]!;
		for (let tap = 0; tap < count; tap += 2) {
			const first = taps.weights[from + tap]!;
			const second = tap + 1 < count ? taps.weights[from + tap + 1]! : 0;
			packed.push(first >> 8, second >> 8, first & 0xff, second & 0xff);
		}
	}
	return { offsets, weights: Int16Array.from(packed) };
}
