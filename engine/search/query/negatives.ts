import { gapOf, isPlain, type Item } from './item';
import type { Notes } from './notes';
import * as vocabulary from './vocabulary';

/** What is negated by words has no more of them; longer, it is part of a description. */
const MAX_NEGATED_WORDS = 2;

/**
 * Reads `NOT`, "without people", "but no cars": the words that negate become gaps, and the item
 * behind them, or the words up to the end of the part, one negated item.
 */
export function readNegatives(items: Item[], notes: Notes): Item[] {
	return new Negatives(items, notes).read();
}

class Negatives {
	readonly #items: Item[];
	readonly #notes: Notes;

	constructor(items: Item[], notes: Notes) {
		this.#items = [...items];
		this.#notes = notes;
	}

	read(): Item[] {
		for (let at = 0; at < this.#items.length; at++) {
			const item = this.#items[at];
			if (!isPlain(item)) continue;
			if (item.text === 'NOT') this.#not(at);
			else this.#without(at);
		}
		return this.#items;
	}

	#not(at: number): void {
		const next = this.#items[at + 1];
		if (next && next.kind !== 'comma') {
			if (!isPlain(next) || next.text !== 'NOT') this.#items[at + 1] = { ...next, not: true };
			this.#clear(this.#joinerBefore(at), at + 1);
		} else {
			this.#notes.add('NOT wants something behind it, and was read as a word.', this.#items[at]!);
		}
	}

	#without(at: number): void {
		const said = this.#negation(at);
		if (said === 0) return;
		const next = this.#items[at + said];
		if (next && (next.kind === 'phrase' || next.kind === 'field' || next.weight !== undefined)) {
			this.#items[at + said] = { ...next, not: true };
			this.#clear(this.#joinerBefore(at), at + said);
			return;
		}
		let end = this.#negateWords(this.#joinerBefore(at), at + said);
		if (end === undefined && vocabulary.isWithout(this.#plainText(at)) && isPlain(next)) {
			const message =
				'Read as a word. To leave something out, put a minus right before it: beach -people.';
			this.#notes.add(message, this.#items[at]!);
		}
		while (end !== undefined && this.#goesOn(end)) end = this.#negateWords(end, end + 1);
	}

	/** Of "with no" and "AND NOT" the first word belongs to the negation. */
	#joinerBefore(at: number): number {
		return vocabulary.isJoiner(this.#plainText(at - 1)) ? at - 1 : at;
	}

	/** How many words negate here: 1 for "without", 2 for "but no", 0 if none do. */
	#negation(at: number): number {
		const word = this.#plainText(at);
		const next = this.#plainText(at + 1);
		if (vocabulary.isOr(this.#plainText(at - 1))) return 0;
		if (vocabulary.isBut(word)) {
			const negates = vocabulary.isNo(next) || vocabulary.isWithout(next) || next === 'not';
			return negates ? 2 : 0;
		}
		if (vocabulary.isWithout(word)) return 1;
		if (!vocabulary.isNo(word)) return 0;
		const before = this.#items[at - 1];
		const isNewPart = before !== undefined && this.#isSeparator(at - 1);
		return isNewPart || vocabulary.isPeople(next) ? 1 : 0;
	}

	/**
	 * Negates the words from `start` to the end of their part, in place of what stands from `at` on.
	 * Nothing happens if they are too many.
	 *
	 * @returns where the next item stands
	 */
	#negateWords(at: number, start: number): number | undefined {
		let first = start;
		while (vocabulary.isAny(this.#plainText(first)) && this.#isNegatable(first + 1)) first++;
		let end = first;
		while (end - first <= MAX_NEGATED_WORDS && this.#isNegatable(end)) end++;
		if (end === first || end - first > MAX_NEGATED_WORDS) return undefined;
		const words = this.#items.slice(first, end);
		// "A man without a shirt on a bench" describes, and its photo may say so with these words.
		const goesOn = vocabulary.isPlace(this.#plainText(end));
		if (goesOn && !words.every(({ text }) => vocabulary.isPeople(text))) return undefined;
		const place = { from: words[0]!.from, to: words.at(-1)!.to };
		this.#clear(at, end);
		this.#items[first] = {
			...{ kind: 'word', not: true, ...place },
			text: words.map(({ text }) => text).join(' '),
		};
		return end;
	}

	/** "without people or dogs": the joiner is no separator then, but says the same again. */
	#goesOn(at: number): boolean {
		const next = this.#plainText(at + 1);
		const negated = next === 'NOT' || vocabulary.isNo(next) || vocabulary.isWithout(next);
		return vocabulary.negationGoesOn(this.#plainText(at)) && !negated;
	}

	#isNegatable(at: number): boolean {
		const word = this.#plainText(at);
		const ends =
			this.#isSeparator(at) ||
			vocabulary.isPlace(word) ||
			vocabulary.isBut(word) ||
			vocabulary.isWithout(word);
		return vocabulary.isTelling(word) && !ends && !vocabulary.negationGoesOn(word);
	}

	#isSeparator(at: number): boolean {
		return this.#items[at]?.kind === 'comma' || vocabulary.isJoiner(this.#plainText(at));
	}

	/** '' if there is no word, or one with a weight or a minus. */
	#plainText(at: number): string {
		const item = this.#items[at];
		return isPlain(item) ? item.text : '';
	}

	#clear(from: number, to: number): void {
		for (let at = from; at < to; at++) this.#items[at] = gapOf(this.#items[at]!);
	}
}
