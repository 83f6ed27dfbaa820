import type { StoredPhoto } from '../index/vector-index';
import type { SearchResult } from '../service/contract';
import { matchedWords } from '../words/matched';
import type { Ranked } from './fusion';
import { peopleNamed } from './names';
import type { Probe } from './probe';

/** What a query asked for, as far as its words go. */
export interface Asked {
	terms: Pick<Probe, 'term' | 'words'>[];
	/** Names in fields: `person:Pat`. */
	names: string[];
}

/** Why a photo is among the results: matched words, people, and what each term makes of it. */
export function whyOf(photo: StoredPhoto, { terms }: Ranked, asked: Asked): SearchResult['why'] {
	const words = asked.terms.flatMap((term) => term.words);
	const names = [...asked.terms.map(({ term }) => term), ...asked.names];
	return {
		words: matchedWords(photo, words).map((matched) => ({
			...matched,
			words: matched.words.map(({ text, from, to }) => ({ text, from, to })),
		})),
		people: [...new Set(names.flatMap((name) => peopleNamed(photo.people, name)))],
		terms: terms.map(({ term, relevance, evidence }) => ({ term, relevance, evidence })),
	};
}
