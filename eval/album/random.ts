/** Choices that are the same for the same seed on every machine. */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
		// Seeds that lie side by side begin alike.
		for (let i = 0; i < 8; i++) this.next();
	}

	/** In [0, 1); the linear congruential generator of Numerical Recipes. */
	next(): number {
		this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
		return this.#state / 2 ** 32;
	}

	/** From 0 up to but without `limit`. */
	below(limit: number): number {
		return Math.floor(this.next() * limit);
	}

	/** Both ends included. */
	between(least: number, most: number): number {
		return least + this.below(most - least + 1);
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(list: readonly T[]): T {
		return list[this.below(list.length)]!;
	}

	/** As many as there are, at most. */
	sample<T>(list: readonly T[], count: number): T[] {
		const left = [...list];
		const taken: T[] = [];
		while (taken.length < count && left.length > 0) {
			taken.push(...left.splice(this.below(left.length), 1));
		}
		return taken;
	}
}
