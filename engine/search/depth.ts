import type { Ranked } from './fusion';
import type { Plan } from './plan';

/** Candidates taken from each channel before fusion; far beyond the first page. */
const CANDIDATES = 200;

/** The same where all that is relevant is counted, or sorted by date, or paged through. */
const MANY_CANDIDATES = 1_000;

/**
 * Judgements of one search: each is the look at two vectors and some words, up to 70 µs, and a webhook
 * is open to strangers. Reached only by more than four things at once.
 */
const MOST_JUDGEMENTS = 20_000;

/** What each thing that is asked for may bring: of two kinds of vectors, and of words. */
const CHANNELS = 3;

/** Photos that are listed where nothing is asked for but a filter: these need no ranking. */
const MOST_LISTED = 10_000;

/** A page that reaches beyond so many photos needs the greater number. */
export const DEEP = 128;

/** How many photos each channel is asked for, at first and further on. */
export function depthOf({ terms, without, whole }: Plan): { few: number; many: number } {
	const asking = terms.length + (whole ? 1 : 0);
	const judging = asking + without.length;
	const most = Math.ceil(MOST_JUDGEMENTS / (CHANNELS * asking * judging));
	return { few: Math.min(CANDIDATES, most), many: Math.min(MANY_CANDIDATES, most) };
}

/** How many photos are listed where each is judged by what must not be there. */
export function mostListed({ without }: Plan): number {
	return Math.min(MOST_LISTED, Math.ceil(MOST_JUDGEMENTS / Math.max(1, without.length)));
}

/**
 * What was found further on, behind what the first pages have shown. More candidates are in another
 * order: pages cut from one order and then from the other would repeat photos and pass over others.
 */
export function continued(first: readonly Ranked[], more: readonly Ranked[]): Ranked[] {
	const shown = first.slice(0, DEEP);
	const ids = new Set(shown.map(({ id }) => id));
	return [...shown, ...more.filter(({ id }) => !ids.has(id))];
}

/**
 * Relevance as it is told of a list that goes deeper. A photo that is among the first of no channel, but
 * fair by all of them, is found only there, and may be a trace better than the last one before it (0.013
 * behind 0.009; 0.581 behind 0.574): it is said to be as good.
 */
export function neverRising(ordered: readonly Ranked[]): Map<string, number> {
	let least = 1;
	return new Map(
		ordered.map(({ id, relevance }) => {
			least = Math.min(least, relevance);
			return [id, least];
		}),
	);
}
