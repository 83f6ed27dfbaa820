import { KNOWN_WORDS } from './data/known-words';
import { inflectionsOf } from './inflection';

let words: Set<string> | undefined;

/**
 * Whether a folded word is English or a first name, and so not a misspelt other one: who looks for a
 * horse where there is none is not shown houses.
 */
export function isKnownWord(word: string): boolean {
	const known = (words ??= new Set(KNOWN_WORDS.split(/\s+/)));
	if (inflectionsOf(word).some((form) => known.has(form))) return true;
	const stem = /^([a-z]{3,})(?:ed|er|ing|ly)$/.exec(word)?.[1];
	return stem !== undefined && (known.has(stem) || known.has(`${stem}e`));
}
