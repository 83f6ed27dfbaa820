/**
 * Bytes that may be in use by decoding at once. Small images pass two at a time; a large one waits
 * until it is alone. First come, first served: a large image is not overtaken for ever.
 */
export class DecodeBudget {
	readonly #total: number;
	#used = 0;
	readonly #waiting: { bytes: number; start: () => void }[] = [];

	constructor(total: number) {
		this.#total = total;
	}

	/** Runs `work` once `bytes` are free; more than all of them wait for all of them. */
	async run<T>(bytes: number, work: () => T | Promise<T>): Promise<T> {
		const needed = Math.min(bytes, this.#total);
		await new Promise<void>((resolve) => {
			this.#waiting.push({ bytes: needed, start: resolve });
			this.#next();
		});
		try {
			return await work();
		} finally {
			this.#used -= needed;
			this.#next();
		}
	}

	#next(): void {
		for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
			if (this.#used + first.bytes > this.#total) return;
			this.#waiting.shift();
			this.#used += first.bytes;
			first.start();
		}
	}
}
