import { Random } from './random';
import * as concepts from './vocabulary/concepts';
import * as names from './vocabulary/names';
import * as places from './vocabulary/places';
import type { ForeignPlace, PlaceName } from './vocabulary/places';

/** A name of something, as a record writes it and a query asks for it. */
export interface Noun {
	singular: string;
	plural: string;
	/** Whether it means just this, and so can be asked for. */
	asked: boolean;
}

/** Something that can be in a photo. */
export interface Concept {
	id: string;
	nouns: Noun[];
}

export interface Person {
	id: string;
	first: string;
	last: string;
	full: string;
	/** Nobody else in the album is called that. */
	firstIsUnique: boolean;
}

export interface Place extends PlaceName {
	id: string;
	/** Where nothing is written in Latin letters. */
	texts?: ForeignPlace['texts'];
}

export interface Occasion extends Concept {
	days?: string[];
}

/** What an album is made of; every album of another seed is made of something else. */
export interface World {
	firstYear: number;
	people: Person[];
	places: Place[];
	things: Concept[];
	scenes: Concept[];
	occasions: Occasion[];
	newYear: Concept;
	/** First names as words: a rose, the summer. */
	wordsThatAreNames: Concept[];
	/** The ids of things that are people. */
	human: Set<string>;
	germanWords: string[];
	adjectives: string[];
	nowhere: string[];
	nobody: string[];
}

/** The album that is developed with. */
export const DEVELOPMENT_SEED = 1;
export const YEARS = 4;

export function makeWorld(seed: number): World {
	const random = new Random(seed);
	const isDevelopment = seed === DEVELOPMENT_SEED;
	/** Other albums take what the development album left, as far as there is enough. */
	const take = <T>(list: readonly T[], count: number): T[] => {
		if (isDevelopment) return list.slice(0, count);
		const rest = list.slice(count);
		return random.sample(rest.length >= count ? rest : list, count);
	};
	const named = take(concepts.NAMED_TWICE, 16);
	const nameWords = take(names.NAMES_THAT_ARE_WORDS, 6);
	const foreign = take(places.FOREIGN_PLACES, 4);
	return {
		firstYear: isDevelopment ? 2021 : 2004 + random.below(14),
		people: makePeople(
			[...take(names.SHARED_FIRST_NAMES, 2).flatMap((name) => [name, name])],
			[...nameWords.map(([name]) => name), ...take(names.FIRST_NAMES, 6)],
			take(names.LAST_NAMES, 16),
			take(names.NAMES_IN_OTHER_SCRIPTS, 2),
		),
		places: [
			...[places.PLAIN_PLACES[0]!, ...take(places.PLAIN_PLACES.slice(1), 2)],
			...take(places.ACCENTED_PLACES, 6),
			...foreign,
		].map((place) => ({ ...place, id: `place ${place.name}` })),
		things: [...named, ...take(concepts.NAMED_ONCE, 20)].map(toConcept),
		scenes: take(concepts.SCENES, 10).map(toConcept),
		occasions: take(concepts.OCCASIONS, 9).map(({ words, days }) => ({
			...toConcept(words),
			days,
		})),
		newYear: toConcept(concepts.NEW_YEAR),
		wordsThatAreNames: nameWords.map(([, words]) => toConcept(words)),
		human: new Set(concepts.HUMAN),
		germanWords: take(places.GERMAN_WORDS, 5),
		adjectives: take(concepts.ADJECTIVES, 8),
		nowhere: take(concepts.NOWHERE, 7),
		nobody: take(names.NOBODY, 3),
	};
}

/** `dog dogs, hound hounds, >puppy puppies` */
function toConcept(entry: string): Concept {
	const nouns = entry.split(', ').map((part): Noun => {
		const asked = !part.startsWith('>');
		const [singular, plural] = part
			.replace('>', '')
			.split(' ')
			.map((word) => word.replaceAll('_', ' '));
		return { singular: singular!, plural: plural ?? singular!, asked };
	});
	return { id: nouns[0]!.singular, nouns };
}

function makePeople(
	shared: string[],
	others: string[],
	lastNames: string[],
	foreign: [first: string, last: string][],
): Person[] {
	const latin = [...shared, ...others].map((first, i) => {
		const last = lastNames[i % lastNames.length]!;
		return { first, last, full: `${first} ${last}` };
	});
	// Both are written with the family name first.
	const rest = foreign.map(([first, last]) => ({ first, last, full: `${last} ${first}` }));
	return [...latin, ...rest].map((person) => ({
		...person,
		id: `person ${person.full}`,
		firstIsUnique: !shared.includes(person.first),
	}));
}
