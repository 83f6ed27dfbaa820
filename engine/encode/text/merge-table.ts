const MAX_LOAD = 0.7;
const FREE = -1;

/** Ranks of the pairs of tokens that byte-pair encoding joins, lowest first; some 20 bytes a pair. */
export class MergeTable {
	#left = new Int32Array(1 << 10).fill(FREE);
	#right = new Int32Array(1 << 10);
	#rank = new Int32Array(1 << 10);
	#size = 0;

	/** A pair that is listed twice has its last rank, as in the reference's map. */
	add(left: number, right: number, rank: number): void {
		if (this.#size >= this.#left.length * MAX_LOAD) this.#grow();
		const slot = this.#slotOf(left, right);
		if (this.#left[slot] === FREE) this.#size++;
		this.#left[slot] = left;
		this.#right[slot] = right;
		this.#rank[slot] = rank;
	}

	/** @returns -1 for a pair that is not joined */
	rank(left: number, right: number): number {
		const slot = this.#slotOf(left, right);
		return this.#left[slot] === FREE ? -1 : this.#rank[slot]!;
	}

	#slotOf(left: number, right: number): number {
		const lefts = this.#left;
		const rights = this.#right;
		const mask = lefts.length - 1;
		let mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
		mixed ^= mixed >>> 15;
		let slot = mixed & mask;
		while (lefts[slot] !== FREE && (lefts[slot] !== left || rights[slot] !== right)) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	#grow(): void {
		const [left, right, rank] = [this.#left, this.#right, this.#rank];
		this.#left = new Int32Array(left.length * 2).fill(FREE);
		this.#right = new Int32Array(this.#left.length);
		this.#rank = new Int32Array(this.#left.length);
		for (let from = 0; from < left.length; from++) {
			if (left[from] === FREE) continue;
			const slot = this.#slotOf(left[from]!, right[from]!);
			this.#left[slot] = left[from]!;
			this.#right[slot] = right[from]!;
			this.#rank[slot] = rank[from]!;
		}
	}
}
