import { tokensOf } from '../../words/fold';
import type { WordForm, Wording } from '../vector-index';

export type Match = 'any' | 'all';

/** The forms of one word as phrases of FTS5, any of which will do. */
export type WordPhrases = string[];

/** Beyond this a query is no longer words someone typed, and every word costs a look-up. */
const MAX_WORDS = 64;

/** Of one word; the closest, which come first, are kept. */
const MAX_FORMS = 100;

/** The closenesses that occur, the narrowest first. */
export function levelsOf(words: Wording[]): number[] {
	const levels = new Set(words.flatMap(({ forms }) => forms.map(({ closeness }) => closeness)));
	return [...levels].sort((a, b) => b - a);
}

/**
 * The forms of at least this closeness, for each word; `undefined` if they can match no photo. Words
 * of which folding leaves nothing are dropped: where all are wanted no photo would have them.
 */
export function phrasesOf(
	words: Wording[],
	match: Match,
	closeness: number,
): WordPhrases[] | undefined {
	const phrases: WordPhrases[] = [];
	for (const { forms } of words.slice(0, MAX_WORDS)) {
		const useful = forms.flatMap((form) => {
			const tokens = tokensOf(form.text);
			if (tokens.length === 0) return [];
			return [{ closeness: form.closeness, phrase: phraseOf(tokens, form) }];
		});
		if (useful.length === 0) continue;
		const close = useful
			.filter((form) => form.closeness >= closeness)
			.sort((a, b) => b.closeness - a.closeness)
			.slice(0, MAX_FORMS);
		if (close.length > 0) phrases.push(close.map(({ phrase }) => phrase));
		else if (match === 'all') return undefined;
	}
	return phrases.length > 0 ? phrases : undefined;
}

/** Quoted, so that `near` is a word; no token has a character that would end the quote. */
function phraseOf(tokens: string[], { prefix, notNames }: WordForm): string {
	return `${notNames ? '-people : ' : ''}"${tokens.join(' ')}"${prefix ? ' *' : ''}`;
}
