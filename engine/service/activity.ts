/** Counts requests in flight and remembers when the last one ended, for the idle exit. */
export class Activity {
	#inFlight = 0;
	#lastEnd = Date.now();

	begin(): void {
		this.#inFlight++;
	}

	end(): void {
		this.#inFlight--;
		this.#lastEnd = Date.now();
	}

	/** Milliseconds since the last request ended; 0 while one runs. */
	idleFor(): number {
		return this.#inFlight > 0 ? 0 : Date.now() - this.#lastEnd;
	}
}
