/** The `k` rows with the highest scores of those offered. */
export class NearestList {
	readonly #scores: Float64Array;
	readonly #rows: Int32Array;
	#size = 0;
	/** What a newcomer must exceed. */
	threshold = -Infinity;

	constructor(readonly k: number) {
		this.#scores = new Float64Array(k);
		this.#rows = new Int32Array(k);
	}

	offer(row: number, score: number): void {
		if (score <= this.threshold) return;
		let at = this.#size < this.k ? this.#size++ : this.k - 1;
		for (; at > 0 && this.#scores[at - 1]! < score; at--) {
			this.#scores[at] = this.#scores[at - 1]!;
			this.#rows[at] = this.#rows[at - 1]!;
		}
		this.#scores[at] = score;
		this.#rows[at] = row;
		if (this.#size === this.k) this.threshold = this.#scores[this.k - 1]!;
	}

	/** Takes in what another list holds. */
	merge({ rows, scores }: Nearest): void {
		rows.forEach((row, i) => this.offer(row, scores[i]!));
	}

	/** Best first. */
	toNearest(): Nearest {
		return {
			rows: this.#rows.slice(0, this.#size),
			scores: this.#scores.slice(0, this.#size),
		};
	}
}

export interface Nearest {
	rows: Int32Array;
	scores: Float64Array;
}
