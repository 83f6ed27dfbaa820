import { FIELDS, type Field, type Item } from './item';
import * as marks from './marks';
import type { Notes } from './notes';
import { splitWeight, weightAt } from './weight';

const FIELD_NAMES = new Map<string, Field>([
	...FIELDS.map((field) => [field, field] as const),
	['people', 'person'],
	['tags', 'tag'],
]);
const FIELD_NAME = /([A-Za-z]{2,6})[:：]/y;
/** Looks like a field. Not addresses (`http://`), times (`10:30`) and drives (`C:\`). */
const LIKE_A_FIELD = /^([A-Za-z]{3,20}):(?!\/\/)./;

const NUMBER = String.raw`[+-]?\d{1,9}(?:\.\d{0,20})?`;
/** Spaces may stand behind its commas; a radius after a space needs its unit, "5 dogs" is none. */
const UNIT = '(?:km|kilomet(?:er|re)s?|mi|miles?|m|met(?:er|re)s?)(?![a-z])';
const PLACE = new RegExp(
	`${NUMBER} ?, ?${NUMBER}(?:,${NUMBER}(?: ?${UNIT})?|, ${NUMBER} ?${UNIT})?(?=,(?!\\d)|[ ;)]|$)`,
	'iy',
);

/** Marks of direction and breaks of no width, which keyboards put before a minus or into a name. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** As typed, in the form in which everything is said about it. */
export function normalise(input: string): string {
	return input
		.replace(/\p{Cs}/gu, '\ufffd')
		.replace(INVISIBLE, '')
		.normalize('NFC')
		.replace(/[\p{Cc}\s]+/gu, ' ')
		.trim();
}

/** Takes a normalised text apart from left to right, in linear time. */
export function scan(typed: string, notes: Notes): Item[] {
	return new Lexer(typed, notes).items();
}

class Lexer {
	readonly #typed: string;
	readonly #notes: Notes;
	readonly #phrases: marks.Phrases;
	readonly #items: Item[] = [];
	#at = 0;

	constructor(typed: string, notes: Notes) {
		this.#typed = typed;
		this.#notes = notes;
		this.#phrases = new marks.Phrases(typed);
	}

	items(): Item[] {
		while (this.#at < this.#typed.length) {
			const mark = this.#typed.charAt(this.#at);
			if (mark === ' ' || marks.isIgnored(mark)) this.#at++;
			else if (this.#isSeparator(this.#at)) this.#push('comma', mark, this.#at, this.#at + 1);
			else this.#item();
		}
		return this.#items;
	}

	/** One item with its minus; moves on at least one character. */
	#item(): void {
		const from = this.#at;
		const fresh = this.#isFresh(from);
		const not = fresh && this.#negates(from);
		if (not) this.#skipBrackets(from);
		const quote = this.#typed.charAt(this.#at);
		if (marks.isQuote(quote) && (not || fresh || marks.isCjkQuote(quote))) {
			if (this.#phrase(from, not)) return;
			this.#unbalanced();
		} else if (marks.isQuote(quote)) {
			this.#at++;
			return;
		}
		if (!this.#field(from, not)) this.#word(from, not);
	}

	#phrase(from: number, not: boolean): boolean {
		const phrase = this.#quoted();
		if (!phrase) return false;
		this.#at = phrase.to;
		if (phrase.text !== '') {
			this.#push('phrase', phrase.text, from, phrase.to, { not, ...weighted(phrase.weight) });
		}
		return true;
	}

	/** The phrase that begins here, with its weight. */
	#quoted(): { text: string; weight?: number; to: number } | undefined {
		const end = this.#phrases.end(this.#at);
		if (end < 0) return undefined;
		const text = marks.withoutQuotes(this.#typed.slice(this.#at + 1, end));
		return { text, ...weightAt(this.#typed, end + 1, this.#notes) };
	}

	#field(from: number, not: boolean): boolean {
		FIELD_NAME.lastIndex = this.#at;
		const match = FIELD_NAME.exec(this.#typed);
		const is = match ? FIELD_NAMES.get(match[1]!.toLowerCase()) : undefined;
		if (!match || !is) return false;
		this.#at += match[0].length;
		const field = { is, name: match[1]! };
		const quoted = this.#quoted();
		if (quoted) {
			this.#push('field', quoted.text, from, quoted.to, {
				...{ field, not },
				...weighted(quoted.weight),
			});
			return true;
		}
		if (marks.isQuote(this.#typed.charAt(this.#at))) this.#unbalanced();
		const value = this.#typed.slice(this.#at, this.#endOfValue(is));
		const to = this.#at + value.length;
		const { text, weight } = splitWeight(value, { from, to }, this.#notes);
		this.#push('field', text, from, to, { field, not, ...weighted(weight) });
		return true;
	}

	#word(from: number, not: boolean): void {
		const start = this.#at;
		let to = start;
		while (to < this.#typed.length && !this.#endsWord(to)) to++;
		if (to === start) return;
		const place = { from, to };
		const word = this.#typed.slice(start, to);
		const { text, weight } = splitWeight(word, place, this.#notes);
		const name = LIKE_A_FIELD.exec(text)?.[1];
		if (name !== undefined) {
			const fields = FIELDS.map((field) => `${field}:`).join(' ');
			this.#notes.add(`“${name}:” is no field and was read as a word. Fields: ${fields}.`, place);
		}
		this.#push('word', text, from, to, { not, ...weighted(weight) });
	}

	#endsWord(at: number): boolean {
		const mark = this.#typed.charAt(at);
		if (mark === ' ' || marks.isIgnored(mark) || marks.isQuote(mark)) return true;
		return this.#isSeparator(at);
	}

	/** A value ends like a word, but may have brackets and stars in it; `type:` has commas, too. */
	#endOfValue(field: Field): number {
		if (field === 'near') {
			PLACE.lastIndex = this.#at;
			if (PLACE.test(this.#typed)) return PLACE.lastIndex;
		}
		let open = 0;
		for (let at = this.#at; at < this.#typed.length; at++) {
			const mark = this.#typed.charAt(at);
			if (mark === ' ' || marks.isQuote(mark)) return at;
			if (mark === '(') open++;
			// Of brackets around the whole field.
			if (mark === ')' && open-- === 0) return at;
			const lists = field === 'type' && /^,[a-z\d.]/i.test(this.#typed.slice(at, at + 2));
			if (this.#isSeparator(at) && !lists) return at;
		}
		return this.#typed.length;
	}

	#isSeparator(at: number): boolean {
		const mark = this.#typed.charAt(at);
		return marks.isComma(mark) && !(mark === ',' && marks.groupsDigits(this.#typed, at));
	}

	/** Whether a minus or a quote mark here stands before something, not inside it. */
	#isFresh(at: number): boolean {
		const before = this.#typed.charAt(at - 1);
		if (at === 0 || before === ' ' || marks.isIgnored(before) || marks.isComma(before)) return true;
		const last = this.#items.at(-1);
		return last?.kind === 'phrase' && last.to === at;
	}

	/** A minus right before something that is no second minus. */
	#negates(at: number): boolean {
		if (!marks.isMinus(this.#typed.charAt(at))) return false;
		let next = at + 1;
		while (marks.isBracket(this.#typed.charAt(next))) next++;
		const mark = this.#typed.charAt(next);
		return ![' ', ''].includes(mark) && !marks.isMinus(mark) && !this.#isSeparator(next);
	}

	#skipBrackets(minus: number): void {
		this.#at = minus + 1;
		while (marks.isBracket(this.#typed.charAt(this.#at))) this.#at++;
		if (this.#at > minus + 1) {
			this.#notes.add(
				'Brackets are not read: the minus belongs to the next word. Write -one -two.',
				{ from: minus, to: this.#at },
			);
		}
	}

	#unbalanced(): void {
		const place = { from: this.#at, to: this.#at + 1 };
		this.#notes.add('This quote mark has no partner and was left out.', place);
		this.#at++;
	}

	#push(kind: Item['kind'], text: string, from: number, to: number, more: Partial<Item> = {}) {
		const spaced = this.#typed.charAt(from - 1) === ' ';
		this.#items.push({ kind, text, not: false, from, to, ...(spaced && { spaced }), ...more });
		this.#at = to;
	}
}

function weighted(weight: number | undefined): { weight?: number } {
	return weight === undefined ? {} : { weight };
}
