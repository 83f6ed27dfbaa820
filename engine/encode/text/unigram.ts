/** Beneath the worst token: what SentencePiece charges for an unknown character (unigram_model.cc). */
const UNKNOWN_PENALTY = 10;

/**
 * SentencePiece's unigram model: of all ways to cut a text into tokens the one with the highest sum
 * of log probabilities. Sums are kept in 32 bits and the first of equals wins, as in
 * SentencePiece's EncodeOptimized, so that ties ("hahaha") fall the same way.
 */
export class Unigram {
	readonly #ids = new Map<string, number>();
	readonly #scores: Float32Array;
	readonly #control: ReadonlySet<number>;
	readonly #unknownId: number;
	readonly #unknownScore: number;
	/** Of the longest token, in UTF-16 units. */
	readonly #longest: number;

	/**
	 * @param vocabulary tokens with their log probabilities, by id
	 * @param control ids that are never found in a text, like that of `</s>`
	 */
	constructor(
		vocabulary: readonly (readonly [token: string, score: number])[],
		unknownId: number,
		control: ReadonlySet<number>,
	) {
		this.#scores = Float32Array.from(vocabulary, ([, score]) => score);
		this.#unknownId = unknownId;
		this.#control = control;
		let longest = 1;
		let lowest = Infinity;
		vocabulary.forEach(([token, score], id) => {
			this.#ids.set(token, id);
			if (control.has(id) || id === unknownId) return;
			longest = Math.max(longest, token.length);
			lowest = Math.min(lowest, score);
		});
		this.#longest = longest;
		this.#unknownScore = Math.fround(Math.fround(lowest) - UNKNOWN_PENALTY);
	}

	idOf(token: string): number | undefined {
		return this.#ids.get(token);
	}

	/** @returns ids; neighbouring unknown characters are one */
	encode(text: string): number[] {
		const best = new Float32Array(text.length + 1);
		const from = new Int32Array(text.length + 1).fill(-1);
		const ids = new Int32Array(text.length + 1);
		const offer = (start: number, end: number, id: number, score: number) => {
			const candidate = Math.fround(score + best[start]!);
			if (from[end] !== -1 && candidate <= best[end]!) return;
			best[end] = candidate;
			from[end] = start;
			ids[end] = id;
		};
		for (let start = 0, width; start < text.length; start += width) {
			width = text.codePointAt(start)! > 0xffff ? 2 : 1;
			let single = false;
			const limit = Math.min(text.length, start + this.#longest);
			for (let end = start + width; end <= limit; end++) {
				const id = this.#ids.get(text.slice(start, end));
				if (id === undefined || id === this.#unknownId || this.#control.has(id)) continue;
				offer(start, end, id, this.#scores[id]!);
				single ||= end === start + width;
			}
			if (!single) offer(start, start + width, this.#unknownId, this.#unknownScore);
		}
		const path: number[] = [];
		for (let end = text.length; end > 0; end = from[end]!) {
			const id = ids[end]!;
			if (id !== this.#unknownId || path.at(-1) !== id) path.push(id);
		}
		return path.reverse();
	}
}
