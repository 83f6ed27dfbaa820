import type { VectorIndex, WordForm, Wording } from '../index/vector-index';
import { tokensOf } from './fold';
import { inflectionsOf, pluralOf, singularsOf } from './inflection';
import { isKnownWord } from './known-words';
import { isStopWord } from './stop-words';
import { isIdiom, LONGEST_ENTRY, synonymsOf } from './synonyms';
import { typedWordsOf, type TypedWord } from './typed-words';

/** What an index knows of its words. */
export type StoredWords = Pick<VectorIndex, 'countWords' | 'similarWords'>;

export interface WordingOptions {
	/** The tokens of the names of stored people. */
	names?: ReadonlySet<string>;
}

/** Beyond this a query is no longer words someone typed. */
const MAX_WORDS = 64;

const BEGINNING = 0.6;
/** Times the closeness of the form to the word that was meant. */
const MISSPELT = 0.5;

/** Letters of a beginning; of one that is a word by itself, "cat", which does not mean "cathedral". */
const SHORTEST_BEGINNING = 3;
const SHORTEST_KNOWN_BEGINNING = 5;

/** Of words as few letters away as the nearest. */
const MOST_CORRECTIONS = 3;

/** Words looked at for spelling: each may read a tenth of the vocabulary. */
const MOST_MISSPELT = 8;

/**
 * The telling words of a text, or of one thing asked for, each in every form that counts as it and
 * is stored: as typed and inflected; synonyms; and only where none of those is stored, words that
 * begin with it and words it may be a slip for. A word that exists is not taken for a slip, and the
 * name of a person has no synonyms. "hot dog", which the dictionary knows, is one word.
 *
 * Words that say nothing are left out; where there are no others, several are looked up as a phrase,
 * and one as the name of a person. Empty if there is nothing to look up.
 */
export async function wordingsOf(
	text: string,
	stored: StoredWords,
	{ names = new Set() }: WordingOptions = {},
): Promise<Wording[]> {
	const typed = typedWordsOf(text);
	const candidates = unitsOf(typed).map((unit) => candidateOf(unit, names));
	const counts = await stored.countWords(
		candidates.flatMap(({ parts, forms }) => [
			...forms.map((form) => form.text),
			...parts.flatMap((part) => part.forms.map((form) => form.text)),
		]),
	);
	const isStored = (form: WordForm) => (counts.get(form.text) ?? 0) > 0;
	// Words that often stand together may stand apart, unless together they are something else.
	const chosen = candidates.flatMap((candidate) =>
		candidate.parts.length === 0 || candidate.forms.some(isStored) ? [candidate] : candidate.parts,
	);
	const telling = chosen.filter(({ tokens }) => !tokens.every(isStopWord));
	if (telling.length === 0) {
		const isName = chosen.length === 1 && names.has(typed[0]!.tokens[0]!);
		return chosen.length > 1 || isName ? phraseWording(text) : [];
	}
	const words = telling.slice(0, MAX_WORDS);
	let unknown = 0;
	const wordings: Wording[] = [];
	for (const [i, candidate] of words.entries()) {
		const { word, tokens, forms } = candidate;
		const kept = forms.filter((form) => form.text === word || isStored(form));
		if (!forms.some(isStored) && ++unknown <= MOST_MISSPELT) {
			kept.push(...(await guessesAt(tokens, word, i === words.length - 1, stored, names)));
		}
		wordings.push({ word, forms: kept });
	}
	return wordings;
}

/** Words that follow one another exactly as typed; empty if there are none. */
export function phraseWording(text: string): Wording[] {
	const word = text.trim();
	if (tokensOf(word).length === 0) return [];
	const forms = [{ text: word, closeness: 1 }];
	const typed = typedWordsOf(word);
	if (typed.some(({ spelledOut }) => spelledOut)) {
		const spelled = typed.map(({ spelledOut, tokens }) => (spelledOut ?? tokens).join(' '));
		forms.push({ text: spelled.join(' '), closeness: 1 });
	}
	return [{ word, forms }];
}

/** A word, or several that are one, before anybody looked what is stored. */
interface Candidate {
	word: string;
	tokens: string[];
	/** The closest first. */
	forms: WordForm[];
	/** What it consists of, where it may be looked up so as well. */
	parts: Candidate[];
}

/** The words, the longest runs that the dictionary knows together. */
function unitsOf(words: TypedWord[]): TypedWord[][] {
	const units: TypedWord[][] = [];
	for (let i = 0; i < words.length; ) {
		let length = Math.min(LONGEST_ENTRY, words.length - i);
		while (length > 1 && !isEntry(words.slice(i, i + length))) length--;
		units.push(words.slice(i, i + length));
		i += length;
	}
	return units;
}

const isEntry = (words: TypedWord[]) => {
	const tokens = words.flatMap((word) => word.tokens);
	return basesOf(tokens).some((base) => isIdiom(base) || synonymsOf(base).length > 0);
};

function candidateOf(words: TypedWord[], names: ReadonlySet<string>): Candidate {
	const tokens = words.flatMap((word) => word.tokens);
	const word = words.map(({ text }) => text).join(' ');
	const forms = new Map<string, WordForm>();
	const add = (form: WordForm) => {
		const folded = tokensOf(form.text).join(' ');
		if (!forms.has(folded)) forms.set(folded, form);
	};
	add({ text: word, closeness: 1 });
	if (words.some(({ spelledOut }) => spelledOut)) {
		const spelled = words.flatMap((one) => one.spelledOut ?? one.tokens);
		add({ text: spelled.join(' '), closeness: 1 });
	}
	if (/['’]s$/i.test(word) && tokens.length > 1) {
		add({ text: tokens.slice(0, -1).join(' '), closeness: 1 });
	}
	const isName = tokens.length === 1 && names.has(tokens[0]!);
	for (const text of inflected(tokens)) add({ text, closeness: 1, notNames: true });
	if (!isName) {
		for (const base of basesOf(tokens)) {
			if (base.length === 1 && names.has(base[0]!)) continue;
			for (const { text, closeness } of synonymsOf(base)) {
				for (const form of [text, pluralOf(text)]) {
					// In an album with a Robin, "robin" is not the bird.
					if (!names.has(form)) add({ text: form, closeness, notNames: true });
				}
			}
		}
	}
	const isOne = words.length === 1 || basesOf(tokens).some(isIdiom);
	return {
		...{ word, tokens },
		forms: [...forms.values()].sort((a, b) => b.closeness - a.closeness),
		parts: isOne ? [] : words.map((one) => candidateOf([one], names)),
	};
}

/** The tokens with the last one in its other forms. */
function inflected(tokens: string[]): string[] {
	const before = tokens.slice(0, -1);
	return inflectionsOf(tokens.at(-1)!).map((last) => [...before, last].join(' '));
}

/** As the dictionary may have it: as typed, in the singular, without a possessive. */
function basesOf(tokens: string[]): string[][] {
	const before = tokens.slice(0, -1);
	const last = tokens.at(-1)!;
	const bases = [tokens, ...singularsOf(last).map((singular) => [...before, singular])];
	if (last === 's' && before.length > 0) bases.push(before);
	return bases;
}

/** What somebody may have meant by a word that is nowhere. */
async function guessesAt(
	tokens: string[],
	word: string,
	isLast: boolean,
	stored: StoredWords,
	names: ReadonlySet<string>,
): Promise<WordForm[]> {
	const last = tokens.at(-1)!;
	const letters = tokens.join('').length;
	const isKnown = tokens.length === 1 && isKnownWord(last);
	const guesses: WordForm[] = [];
	const shortest = isKnown ? SHORTEST_KNOWN_BEGINNING : SHORTEST_BEGINNING;
	if (letters >= shortest && (isLast || !isKnown)) {
		guesses.push({ text: word, prefix: true, closeness: BEGINNING });
	}
	if (tokens.length > 1 || isKnown) return guesses;
	const similar = await stored.similarWords(last, 20);
	const fewest = Math.min(...similar.map(({ edits }) => edits));
	const nearest = similar.filter(({ edits }) => edits === fewest).slice(0, MOST_CORRECTIONS);
	const corrected = nearest.flatMap((one) =>
		candidateOf(typedWordsOf(one.word), names).forms.map((form) => ({
			...form,
			closeness: Number((MISSPELT * form.closeness).toFixed(2)),
		})),
	);
	const counts = await stored.countWords(corrected.map((form) => form.text));
	guesses.push(...corrected.filter((form) => (counts.get(form.text) ?? 0) > 0));
	return guesses;
}
