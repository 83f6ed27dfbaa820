/** After the last search, for so long another one is expected. */
const EXPECTED_MS = 1_000;

/** Lets pieces of background work begin, so many at once as there is room for beside searches. */
export class BackgroundTurns {
	readonly #most: number;
	readonly #mostBesideSearches: number;
	#running = 0;
	/** On the clock of `performance`. */
	#lastSearch = -Infinity;
	readonly #waiting: (() => void)[] = [];
	#timer: NodeJS.Timeout | undefined;

	constructor(most: number, mostBesideSearches: number) {
		this.#most = most;
		this.#mostBesideSearches = mostBesideSearches;
	}

	/** Somebody waits for an answer, and may ask again. */
	searching(): void {
		this.#lastSearch = performance.now();
	}

	get isSearched(): boolean {
		return performance.now() - this.#lastSearch < EXPECTED_MS;
	}

	/** Does the work when it is its turn; in the order of the calls. */
	async take<T>(work: () => Promise<T>): Promise<T> {
		await new Promise<void>((resolve) => {
			this.#waiting.push(resolve);
			this.#next();
		});
		try {
			return await work();
		} finally {
			this.#running--;
			this.#next();
		}
	}

	/** The same for work that waits for its turn only beside searches, and never else. */
	async takeIfSearched<T>(work: () => Promise<T>): Promise<T> {
		return this.isSearched ? await this.take(work) : await work();
	}

	get #hasRoom(): boolean {
		return this.#running < (this.isSearched ? this.#mostBesideSearches : this.#most);
	}

	#next(): void {
		while (this.#waiting.length > 0 && this.#hasRoom) {
			this.#running++;
			this.#waiting.shift()!();
		}
		if (this.#timer || this.#waiting.length === 0) return;
		// There may be room before anything ends.
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			this.#next();
		}, EXPECTED_MS).unref();
	}
}
