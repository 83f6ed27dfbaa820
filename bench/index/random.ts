/** Reproducible random numbers: the same on every machine, in every thread. */

/** Spreads an integer over 32 bits (the finaliser of MurmurHash3). */
function mix(value: number): number {
	let h = value | 0;
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0;
}

/** A number in 0…1 (exclusive) that belongs to `index`; other salts give independent numbers. */
export function uniformOf(index: number, salt: number): number {
	return mix(mix(index + 0x9e3779b9) ^ Math.imul(salt + 1, 0x27d4eb2f)) / 2 ** 32;
}

/** A stream of numbers (Chris Doty-Humphrey's sfc32); every pair of keys has its own. */
export class RandomStream {
	#a: number;
	#b: number;
	#c: number;
	#counter = 1;
	#spare: number | undefined;

	constructor(key: number, subkey: number) {
		this.#a = mix(key);
		this.#b = mix(subkey ^ 0x5bd1e995);
		this.#c = mix(key ^ Math.imul(subkey + 1, 0x27d4eb2f));
		for (let i = 0; i < 12; i++) this.bits();
	}

	/** 32 random bits, as a signed integer. */
	bits(): number {
		const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
		this.#counter = (this.#counter + 1) | 0;
		this.#a = this.#b ^ (this.#b >>> 9);
		this.#b = (this.#c + (this.#c << 3)) | 0;
		this.#c = (this.#c << 21) | (this.#c >>> 11);
		this.#c = (this.#c + sum) | 0;
		return sum;
	}

	/** Normally distributed (Box and Muller's transform gives two at a time). */
	normal(): number {
		const spare = this.#spare;
		if (spare !== undefined) {
			this.#spare = undefined;
			return spare;
		}
		const radius = Math.sqrt(-2 * Math.log(((this.bits() >>> 0) + 0.5) / 2 ** 32));
		const angle = (2 * Math.PI * (this.bits() >>> 0)) / 2 ** 32;
		this.#spare = radius * Math.sin(angle);
		return radius * Math.cos(angle);
	}

	/**
	 * Nearly normal, and several times as fast: the sum of four random bytes, scaled to a standard
	 * deviation of 1.
	 */
	roughlyNormal(): number {
		const bits = this.bits();
		const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24);
		return (sum - 510) / BYTES_DEVIATION;
	}
}

/** Of the sum of four bytes: each has a variance of (256² − 1) / 12. */
const BYTES_DEVIATION = Math.sqrt((4 * (256 ** 2 - 1)) / 12);
