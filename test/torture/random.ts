/** Random numbers that a text decides: the same ones in every run, and in every process. */
export class Random {
	#state: number;

	constructor(seed: string) {
		// FNV-1a
		let hash = 0x811c9dc5;
		for (let i = 0; i < seed.length; i++) {
			hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
		}
		this.#state = hash;
	}

	/** In [0, 1). */
	next(): number {
		// A Weyl sequence through MurmurHash3's finaliser: seeds that differ in one bit share nothing.
		this.#state = (this.#state + 0x9e3779b9) | 0;
		let z = this.#state;
		z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
		z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
		return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32;
	}

	/** A whole number, `from` to `to`, both included. */
	int(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(list: readonly T[]): T {
		return list[Math.floor(this.next() * list.length)]!;
	}

	/** At most `n` different ones, in any order. */
	some<T>(list: readonly T[], n: number): T[] {
		const rest = [...list];
		const chosen: T[] = [];
		while (chosen.length < n && rest.length > 0) {
			chosen.push(rest.splice(Math.floor(this.next() * rest.length), 1)[0]!);
		}
		return chosen;
	}

	/** Standard normal. */
	normal(): number {
		return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
	}
}
