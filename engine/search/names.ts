import { tokensOf } from '../words/fold';

/** A stored name, or a tag, and the photos that carry it. */
export interface Label {
	name: string;
	photos: number;
}

interface Known {
	name: string;
	words: string[];
}

/** Names of people, or tags, as somebody may mean them. */
export class Names {
	/** Lists are the same object until somebody stores another name. */
	static readonly #read = new WeakMap<readonly Label[], Names>();

	/** Every word of every name, folded. */
	readonly words: ReadonlySet<string>;
	readonly #known: readonly Known[];

	static of(labels: readonly Label[]): Names {
		const known = Names.#read.get(labels);
		if (known) return known;
		const names = new Names(labels);
		Names.#read.set(labels, names);
		return names;
	}

	private constructor(labels: readonly Label[]) {
		this.#known = labels.map(({ name }) => ({ name, words: tokensOf(name) }));
		this.words = new Set(this.#known.flatMap(({ words }) => words));
	}

	/**
	 * The stored names that somebody means by `name`: those that have all its words, so that "Pat" is
	 * every Pat and case and accents do not matter. If there are none, those with words that begin so.
	 */
	meantBy(name: string): string[] {
		const wanted = tokensOf(name);
		if (wanted.length === 0) return [];
		const whole = this.#having(wanted, (words, word) => words.includes(word));
		if (whole.length > 0) return whole;
		return this.#having(wanted, (words, word) => words.some((other) => other.startsWith(word)));
	}

	/** Whether somebody stored is called so. */
	has(name: string): boolean {
		const wanted = tokensOf(name);
		if (wanted.length === 0 || !wanted.every((word) => this.words.has(word))) return false;
		return this.#having(wanted, (words, word) => words.includes(word)).length > 0;
	}

	#having(wanted: string[], has: (words: string[], word: string) => boolean): string[] {
		return this.#known
			.filter(({ words }) => wanted.every((word) => has(words, word)))
			.map(({ name }) => name);
	}
}

/** The people of a photo whom a term names. */
export function peopleNamed(people: readonly string[], term: string): string[] {
	const wanted = tokensOf(term);
	if (wanted.length === 0) return [];
	return people.filter((name) => {
		const words = tokensOf(name);
		if (words.length === 0) return false;
		return wanted.every((word) => words.includes(word)) || words.every((w) => wanted.includes(w));
	});
}

/** "People", in the languages of most queries: whoever has a name on a photo is one. */
const PEOPLE = new Set(
	[
		...['people', 'person', 'persons', 'somebody', 'someone', 'anybody', 'anyone', 'humans'],
		...['menschen', 'leute', 'personen', 'gens', 'personnes', 'gente', 'personas', 'persone'],
	].flatMap(tokensOf),
);

export function meansPeople(term: string): boolean {
	const words = tokensOf(term);
	return words.length === 1 && PEOPLE.has(words[0]!);
}
