/** The words a query is taken apart by: English, German, French. Lower case, as {@link fold} makes them. */

/** What they join must all be there. `AND` in capitals is one, too. */
const JOINERS = listed('and & + with und mit et avec');

/** Say nothing about what they stand before. */
const ARTICLES = listed(
	`a an the my our your his her their some
	der die das den dem des ein eine einen einem einer mein meine unser unsere
	le la les un une des mon ma mes`,
);

const WITHOUT = listed('without ohne');
/** Negate only where nothing else can be meant: "no parking sign" is a thing to look for. */
const NO = listed('no kein keine keinen');
const BUT = listed('but aber');
const OR = listed('or oder ou');
const ANY = listed('any irgendwelche');
/** "no people" is never the name of a thing. */
const PEOPLE = listed('people persons humans faces menschen personen leute');
/** Go on with a negation: "without people or dogs". */
const NEGATION_GOES_ON = listed('and & or nor und oder');
/** Where a place or a time begins, what was negated ends: "without people at sunset". */
const PLACES = listed(
	'at on in by near under over behind during am an auf bei im vor unter hinter',
);

/** Belong to the date that follows: "Christmas in 2023". */
const DATE_PREPOSITIONS = listed('in from of during im in aus von en de');
/** Begin a range of dates. */
const BETWEEN = listed('between zwischen entre');
/** Say that the date that follows is not the one that is meant. */
const DATE_BOUNDS = new Map([
	...['before', 'until', 'till', 'vor', 'bis', 'avant'].map((word) => [word, 'before'] as const),
	...['after', 'since', 'nach', 'seit', 'ab', 'après', 'depuis'].map(
		(word) => [word, 'after'] as const,
	),
]);

/** By number; without accents. */
const MONTHS = new Map(
	[
		'january jan januar janvier',
		'february feb februar fevrier fevr',
		'march mar marz maerz mars',
		'april apr avril avr',
		'may mai',
		'june jun juni juin',
		'july jul juli juillet juil',
		'august aug aout',
		'september sep sept septembre',
		'october oct oktober okt octobre',
		'november nov novembre',
		'december dec dezember dez decembre',
	].flatMap((names, i) => names.split(' ').map((name) => [name, i + 1] as const)),
);

export const isArticle = (word: string) => ARTICLES.has(fold(word));
export const isAny = (word: string) => ANY.has(fold(word)) || isArticle(word);
export const isWithout = (word: string) => WITHOUT.has(fold(word));
export const isNo = (word: string) => NO.has(fold(word));
export const isOr = (word: string) => OR.has(fold(word));
export const isBut = (word: string) => BUT.has(fold(word));
export const isPeople = (word: string) => PEOPLE.has(fold(word));
export const isPlace = (word: string) => PLACES.has(fold(word));
export const negationGoesOn = (word: string) => NEGATION_GOES_ON.has(fold(word));
export const isDatePreposition = (word: string) => DATE_PREPOSITIONS.has(fold(word));
export const isBetween = (word: string) => BETWEEN.has(fold(word));

/** Whether words before and after it are two things. */
export function isJoiner(word: string): boolean {
	// MIT is a university, ET an alien.
	return word === 'AND' || (JOINERS.has(fold(word)) && !/^\p{Lu}{2}/u.test(word));
}

/** The field that says what was said with this word before a date; `undefined` for another word. */
export function dateBoundOf(word: string): 'before' | 'after' | undefined {
	return DATE_BOUNDS.get(fold(word));
}

/** From 1 to 12; `undefined` if the word is no name of a month, in full or cut short. */
export function monthOf(word: string): number | undefined {
	return MONTHS.get(fold(word).normalize('NFD').replace(/\p{M}/gu, '').replace(/\.$/, ''));
}

/** Whether something can be looked for: a letter, a digit or a pictogram. */
export function isTelling(text: string): boolean {
	return /[\p{L}\p{N}\p{So}\p{Extended_Pictographic}]/u.test(text);
}

function fold(word: string): string {
	return word.toLowerCase();
}

function listed(words: string): ReadonlySet<string> {
	return new Set(words.trim().split(/\s+/));
}
