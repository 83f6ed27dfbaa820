/** A search waits at most about this long for a slice of other work: a few of its own lengths. */
const SLICE_MS = 3;

/** Lets requests that arrived meanwhile pass. */
export function breathe(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

/** How many items make a slice, found out as it goes. */
export class SliceSize {
	#size = 4;
	readonly #most: number;

	constructor(most: number) {
		this.#most = most;
	}

	get size(): number {
		return this.#size;
	}

	/** The last slice took so many milliseconds. */
	took(ms: number): void {
		const ideal = (this.#size * SLICE_MS) / Math.max(0.1, ms);
		// At most doubled: one slice that was quick by chance must not make the next a long one.
		this.#size = Math.max(1, Math.min(this.#most, Math.round(Math.min(ideal, 2 * this.#size))));
	}
}
