import type { StoredPhoto, Wording } from '../index/vector-index';
import { fileNameOf, fileNameParts } from './file-name';
import { tokensOf } from './fold';
import { locatedTokensOf, type LocatedToken } from './located-tokens';

/** Where a text of a photo has words that were looked for. */
export interface MatchedField {
	field: 'title' | 'description' | 'tags' | 'people' | 's3_path' | 'id';
	/** Which of the tags or people, from 0. */
	item?: number;
	/** In the order of the text, none within another. */
	words: MatchedWord[];
}

export interface MatchedWord {
	/** As the photo has it. */
	text: string;
	/** UTF-16 units of the field, or of the tag or name; `to` is exclusive. */
	from: number;
	to: number;
	/** As it was typed. */
	typed: string;
	closeness: number;
}

type Worded = Pick<StoredPhoto, 'id' | 's3_path' | 'title' | 'description' | 'tags' | 'people'>;

/** The words of a photo that were looked for, in its own spelling; fields without any are left out. */
export function matchedWords(photo: Worded, wordings: Wording[]): MatchedField[] {
	const wanted = wantedOf(wordings);
	const texts: (Omit<MatchedField, 'words'> & { text: string | undefined })[] = [
		{ field: 'title', text: photo.title },
		{ field: 'description', text: photo.description },
		...photo.tags.map((text, item) => ({ field: 'tags' as const, item, text })),
		...photo.people.map((text, item) => ({ field: 'people' as const, item, text })),
	];
	const fields = texts.map(({ text = '', ...place }) => {
		const forms = wanted.filter(({ notNames }) => !notNames || place.field !== 'people');
		return { ...place, words: matchesIn(text, locatedTokensOf(text), forms) };
	});
	const file = fileNameOf(photo);
	if (file) {
		const tokens = fileNameParts(file.path).flatMap((part) =>
			locatedTokensOf(part.text).map((token) => ({
				...token,
				from: part.from + token.from,
				to: part.from + token.to,
			})),
		);
		fields.push({ field: file.field, words: matchesIn(file.path, tokens, wanted) });
	}
	return fields.filter(({ words }) => words.length > 0);
}

/** A form of a word that was looked for. */
interface Wanted {
	typed: string;
	tokens: string[];
	prefix: boolean;
	notNames: boolean;
	closeness: number;
}

/** The closest first, of those the longest: where two overlap the first is taken. */
function wantedOf(wordings: Wording[]): Wanted[] {
	return wordings
		.flatMap(({ word, forms }) =>
			forms.map(({ text, prefix = false, notNames = false, closeness }) => ({
				...{ typed: word, tokens: tokensOf(text) },
				...{ prefix, notNames, closeness },
			})),
		)
		.filter(({ tokens }) => tokens.length > 0)
		.sort((a, b) => b.closeness - a.closeness || b.tokens.length - a.tokens.length);
}

function matchesIn(text: string, tokens: LocatedToken[], wanted: Wanted[]): MatchedWord[] {
	const taken = new Set<number>();
	const matches: MatchedWord[] = [];
	for (const form of wanted) {
		const { length } = form.tokens;
		for (let at = 0; at + length <= tokens.length; at++) {
			const here = tokens.slice(at, at + length);
			if (here.some((_, i) => taken.has(at + i)) || !isForm(here, form)) continue;
			here.forEach((_, i) => taken.add(at + i));
			const from = here[0]!.from;
			const { to } = here.at(-1)!;
			const { typed, closeness } = form;
			matches.push({ text: text.slice(from, to), from, to, typed, closeness });
		}
	}
	return matches.sort((a, b) => a.from - b.from);
}

function isForm(here: LocatedToken[], { tokens, prefix }: Wanted): boolean {
	return tokens.every((wanted, i) => {
		const { token, spelledOut } = here[i]!;
		if (prefix && i === tokens.length - 1) {
			return token.startsWith(wanted) || spelledOut.startsWith(wanted);
		}
		return token === wanted || spelledOut === wanted;
	});
}
