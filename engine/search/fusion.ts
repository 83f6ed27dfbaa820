import type { Channel } from '../service/contract';
import type { Judgement } from './term-judgement';

/** A term of a query, judged. */
export interface JudgedTerm {
	/** As asked. */
	term: string;
	/** Against 1; more, and the photo's standing here decides. */
	weight: number;
	byPhoto: ReadonlyMap<string, Judgement>;
	/** Likeness to example pictures: more or less of it, not there or missing. */
	isLikeness?: boolean | undefined;
}

/** A photo in the order of an answer. */
export interface Ranked {
	id: string;
	/** How likely the photo is what was asked for, 0…1. */
	relevance: number;
	/** What each term makes of it. */
	terms: ({ term: string } & Judgement)[];
}

/** From here on a photo is more likely relevant than not. */
export const RELEVANT_FROM = 0.5;

/**
 * What a missing term leaves of a photo's relevance, so that a photo without one of three comes before
 * one without two of them, however sure the channels are of what is missing.
 */
const LEFT_WITHOUT = 0.005;

/**
 * Trust in the whole text of a list beside its parts. A model may see the conjunction as no part of it
 * shows ("beach sunset with people"), and may as well see but one of the parts.
 */
const TRUST_IN_WHOLE = 0.75;

/** A query's terms, judged. */
export interface JudgedQuery {
	/** All of them should be there. */
	terms: readonly JudgedTerm[];
	/** None of them may be there. */
	without: readonly JudgedTerm[];
	/** The terms as one text. */
	whole?: JudgedTerm | undefined;
}

/**
 * Joins the terms of a query: what is looked for is all of them and none of what must not be there, so
 * their probabilities multiply. Photos with all terms come first, those with fewer after. "This, but at
 * night" is neither quite this nor any night: where likeness is asked for, the geometric mean decides.
 * What has a negative more likely than not is left out.
 */
export function joinTerms(
	candidates: readonly string[],
	{ terms, without, whole }: JudgedQuery,
): Ranked[] {
	const weights = terms.reduce((sum, { weight }) => sum + weight, 0);
	const isLikeness = terms.some((term) => term.isLikeness);
	const unit = isLikeness ? weights : weights / Math.max(1, terms.length);
	const left = terms.length > 1 && !isLikeness ? LEFT_WITHOUT : 0;
	const ranked: Ranked[] = [];
	for (const id of candidates) {
		const unwanted = without.map((term) => judgementOf(term, id).relevance);
		if (unwanted.some((relevance) => relevance >= RELEVANT_FROM)) continue;
		const judged = terms.map((term) => ({ term: term.term, ...judgementOf(term, id) }));
		let relevance = 1;
		judged.forEach((one, i) => {
			relevance *= (left + (1 - left) * one.relevance) ** (terms[i]!.weight / unit);
		});
		if (whole) {
			const one = { term: whole.term, ...judgementOf(whole, id) };
			relevance = 1 - (1 - relevance) * (1 - TRUST_IN_WHOLE * one.relevance);
			judged.push(one);
		}
		for (const other of unwanted) relevance *= 1 - other;
		ranked.push({ id, relevance, terms: judged });
	}
	return ranked.sort(compareRanked);
}

function judgementOf({ byPhoto }: JudgedTerm, id: string): Judgement {
	return byPhoto.get(id) ?? { relevance: 0, evidence: {}, scores: {} };
}

/** Negative where `a` comes first: the more relevant; ties by id, so that pages are stable. */
export function compareRanked(
	a: Pick<Ranked, 'id' | 'relevance'>,
	b: Pick<Ranked, 'id' | 'relevance'>,
): number {
	return b.relevance - a.relevance || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The channels that speak for a photo, strongest first; if none does, the one that comes nearest. */
export function speaking({ terms }: Ranked): Channel[] {
	const best = new Map<Channel, number>();
	for (const { evidence } of terms) {
		for (const [channel, value] of Object.entries(evidence) as [Channel, number][]) {
			best.set(channel, Math.max(value, best.get(channel) ?? -Infinity));
		}
	}
	const sorted = [...best].sort((a, b) => b[1] - a[1]);
	const loud = sorted.filter(([, value]) => value > 0);
	return (loud.length > 0 ? loud : sorted.slice(0, 1)).map(([channel]) => channel);
}

/** Of the term that fits best. */
export function scoresOf({ terms }: Ranked): Judgement['scores'] {
	const best = terms.reduce<Ranked['terms'][number] | undefined>(
		(a, b) => (a && a.relevance >= b.relevance ? a : b),
		undefined,
	);
	return best?.scores ?? {};
}
