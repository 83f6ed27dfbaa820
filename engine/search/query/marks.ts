/** Marks that end a phrase, by the mark that opens it. */
const CLOSING = new Map([
	['"', '"“”'],
	['“', '”"'],
	['”', '”"'],
	['„', '“”"'],
	['«', '»'],
	['»', '«'],
	['＂', '＂'],
	['「', '」'],
	['『', '』'],
]);
const QUOTES = new Set([...CLOSING].flat().join(''));
/** Stand between words where nobody puts a space. */
const CJK_QUOTES = new Set('「『');

const COMMAS = new Set(',;，、；､،؛');
const BRACKETS = new Set('()（）');
const STARS = new Set('*＊');
const MINUSES = new Set('-−－');

export const isQuote = (mark: string) => QUOTES.has(mark);
export const isCjkQuote = (mark: string) => CJK_QUOTES.has(mark);
export const isComma = (mark: string) => COMMAS.has(mark);
export const isBracket = (mark: string) => BRACKETS.has(mark);
/** Brackets and stars, which say nothing. */
export const isIgnored = (mark: string) => BRACKETS.has(mark) || STARS.has(mark);
export const isMinus = (mark: string) => MINUSES.has(mark);

/** Whether a comma stands inside a number: 1,000. */
export function groupsDigits(text: string, at: number): boolean {
	return /^\d,\d{3}$/.test(text.slice(at - 1, at + 4)) && !/\d/.test(text.charAt(at + 4));
}

/** Finds where phrases end, each mark of a text looked at once however many phrases begin. */
export class Phrases {
	readonly #text: string;
	/** The first of each mark at or after where it was last looked for. */
	readonly #next = new Map<string, number>();

	constructor(text: string) {
		this.#text = text;
	}

	/** Where the phrase that this mark opens is closed; -1 if it is not, or if the mark is none. */
	end(at: number): number {
		const ends = [...(CLOSING.get(this.#text.charAt(at)) ?? '')]
			.map((mark) => this.#find(mark, at + 1))
			.filter((end) => end >= 0);
		return ends.length > 0 ? Math.min(...ends) : -1;
	}

	#find(mark: string, from: number): number {
		let next = this.#next.get(mark);
		if (next === undefined || (next >= 0 && next < from)) {
			next = this.#text.indexOf(mark, from);
			this.#next.set(mark, next);
		}
		return next;
	}
}

/** A phrase without quote marks in it. */
export function withoutQuotes(text: string): string {
	return Array.from(text, (mark) => (QUOTES.has(mark) ? ' ' : mark))
		.join('')
		.replace(/ +/g, ' ')
		.trim();
}
