import { ALBUM_WORDS } from './data/album-words';
import { WORDNET } from './data/wordnet';
import { tokensOf } from './fold';

/** How close another word for the same thing, or for a kind of it, is to the word that was typed. */
export const SYNONYM = 0.8;

/** The same of a wider word that captions often have instead: "vehicle" may well be the car. */
const WIDER = 0.7;

export interface Synonym {
	text: string;
	closeness: number;
}

/** The most words of an entry, as in "new year's eve" with its s apart. */
export const LONGEST_ENTRY = 4;

/** Together something else than apart. */
const IDIOMS = new Set([
	...[
		'hot dog',
		'guinea pig',
		'sea lion',
		'teddy bear',
		'fire engine',
		'black and white',
		'new year s eve',
	],
	...[
		'sea horse',
		'jelly fish',
		'star fish',
		'lady bird',
		'dragon fly',
		'prairie dog',
		'christmas eve',
	],
]);

let entries: Map<string, Synonym[]> | undefined;

/**
 * What else a thing is called, and words for kinds of it, but no wider words save a few. Empty if the
 * dictionaries do not know the word.
 *
 * @param tokens folded, in the singular
 */
export function synonymsOf(tokens: string[]): readonly Synonym[] {
	entries ??= readEntries(`${ALBUM_WORDS}\n${WORDNET}`);
	return entries.get(tokens.join(' ')) ?? [];
}

/** Whether words, folded and in the singular, must stand together: a hot dog is no dog. */
export function isIdiom(tokens: string[]): boolean {
	return IDIOMS.has(tokens.join(' '));
}

/** Reads `a = b, c` (the same), `a > b, c` (kinds of a) and `a < b` (wider). */
function readEntries(text: string): Map<string, Synonym[]> {
	const found = new Map<string, Synonym[]>();
	const add = (word: string, other: string, closeness: number) => {
		const key = tokensOf(word).join(' ');
		if (key === tokensOf(other).join(' ')) return;
		const others = found.get(key) ?? [];
		if (!others.some((known) => known.text === other)) others.push({ text: other, closeness });
		found.set(key, others);
	};
	for (const line of text.split('\n')) {
		const [, word, relation, list] = /^([^=<>]+) ([=<>]) (.+)$/.exec(line) ?? [];
		if (!word || !list) continue;
		const others = list.split(', ');
		const closeness = relation === '<' ? WIDER : SYNONYM;
		for (const other of others) add(word, other, closeness);
		if (relation !== '=') continue;
		const same = [word, ...others];
		for (const one of others) for (const other of same) add(one, other, SYNONYM);
	}
	return found;
}
