/** Milliseconds of each stage of a search. */
export class Stopwatch {
	readonly timings: Record<string, number> = {};
	#since = performance.now();

	/** Ends a stage; what follows belongs to the next one. */
	lap(stage: string): void {
		const now = performance.now();
		this.timings[stage] = Math.round(((this.timings[stage] ?? 0) + now - this.#since) * 100) / 100;
		this.#since = now;
	}
}
