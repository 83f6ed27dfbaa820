import type { SearchRequest } from '../../engine/service/contract';
import { uniformOf } from '../index/random';
import { EVERYWHERE, FIRST_NAMES, tagAt, wordAt } from './album';

export const SCENARIOS = ['text', 'list', 'filtered', 'negative', 'facets'] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** Of what people type: every kind as often. */
const KINDS = 6;

const SALT = { word: 401, everywhere: 421, name: 431, filter: 441 };

/** Different questions of each scenario, the same in every run; no two ask for the same words. */
export class Questions {
	readonly #asked = new Set<string>();
	#nth = 0;

	next(scenario: Scenario): SearchRequest {
		for (;;) {
			const nth = this.#nth++;
			const request = requestOf(scenario, nth);
			if (this.#asked.has(request.text!)) continue;
			this.#asked.add(request.text!);
			return request;
		}
	}
}

function requestOf(scenario: Scenario, nth: number): SearchRequest {
	switch (scenario) {
		case 'text':
			return { text: textOf(nth) };
		case 'list': {
			const [a, b] = [nameOf(nth, 0), nameOf(nth, 1)];
			return { text: `${a}, ${b} and ${wordOf(nth, 0)}` };
		}
		case 'filtered':
			return { text: textOf(nth), filter: filterOf(nth) };
		case 'negative':
			return { text: `${textOf(nth)} -${wordOf(nth, 8)}` };
		case 'facets':
			return { text: textOf(nth), facets: true, sort: 'newest' };
	}
}

/** What somebody types: one word, some, a sentence, a slip; rare words and such that are everywhere. */
function textOf(nth: number): string {
	const word = (i: number) => wordOf(nth, i);
	const [some, other] = [everywhereOf(nth, 0), everywhereOf(nth, 1)];
	switch (nth % KINDS) {
		case 0:
			return word(0);
		case 1:
			return `${word(0)} ${word(1)}`;
		case 2:
			return `${some} ${word(0)}`;
		case 3:
			return `a ${word(0)} ${word(1)} by the ${word(2)} ${some}`;
		case 4:
			return `${some} ${other} ${word(0)} ${word(1)}`;
		default:
			return `${word(0)} ${slip(word(1))}`;
	}
}

/** Photos of half of the years, with one of some tags, or of one person's. */
function filterOf(nth: number): SearchRequest['filter'] {
	const chance = uniformOf(nth, SALT.filter);
	switch (nth % 3) {
		case 0:
			return { taken_after: '2015-01-01' };
		case 1:
			return { tags_any: [tagAt(chance / 4), tagAt(chance / 2)] };
		default:
			return { has_people: true };
	}
}

const wordOf = (nth: number, i: number) => wordAt(uniformOf(nth, SALT.word + i));

const everywhereOf = (nth: number, i: number) =>
	EVERYWHERE[Math.floor(EVERYWHERE.length * uniformOf(nth, SALT.everywhere + i))]!;

/** Two names of one question differ. */
function nameOf(nth: number, i: number): string {
	const first = Math.floor(FIRST_NAMES.length * uniformOf(nth, SALT.name));
	return FIRST_NAMES[(first + 3 * i) % FIRST_NAMES.length]!;
}

/** Without its third letter. */
function slip(word: string): string {
	return word.slice(0, 2) + word.slice(3);
}
