import type { Channel } from '../service/contract';
import { probability } from './normal';
import {
	chance,
	standardScore,
	vectorEvidence,
	type ByVector,
	type Compared,
	type VectorEvidence,
} from './vector-evidence';
import { completeProbability, wordEvidence, type WordMatches } from './word-evidence';

/** Photos among which somebody looks. */
export interface Scope {
	/** Absent: all candidates. */
	members?: ReadonlySet<string>;
	/** All photos in it, candidates or not. */
	size: number;
}

/** What the channels found out about one term of a query. */
export interface TermEvidence {
	/** The widest first; a photo is judged within the narrowest that it is in. */
	scopes: readonly [Scope, ...Scope[]];
	compared: ByVector<Compared>;
	words: WordMatches[];
	/** Photos that have every word, by the closeness it takes. */
	complete: ReadonlyMap<string, number>;
	/** BM25 over the words, higher is better. */
	bm25: ReadonlyMap<string, number>;
	/** Photos of which the term is known to hold, by other means than words: dates, people on them. */
	certain: ReadonlySet<string>;
}

/** What a term makes of one photo. */
export interface Judgement {
	/** How likely the photo has what the term says, 0…1. */
	relevance: number;
	/** In log-odds. */
	evidence: Partial<Record<Channel, number>>;
	/** Cosines and BM25. */
	scores: Partial<Record<Channel, number>>;
}

export type Weights = Partial<Record<Channel, number>>;

/**
 * Odds before any evidence: of a hundred photos one is what somebody looks for, or the one among
 * fewer, two times of three; the third time nothing is.
 */
const priorOdds = ({ size }: Scope) => -Math.log(1.5 * Math.min(100, Math.max(1, size)));

/** The same where many photos are seen to show it. */
function commonOdds(compared: ByVector<Compared>): number {
	const shares = Object.values(compared).map(({ background }) => background.share ?? 0);
	const share = Math.max(0, ...shares);
	return Math.log(share / (1 - share));
}

/**
 * The channels' evidence is not as independent of itself as a product of likelihood ratios has it:
 * what deceives one deceives the other. Three fifths of its logarithm make probabilities that come
 * true (captions of a hundred photos, each asked with its photo and without, whichever was stored:
 * expected calibration error 0.008–0.011, and 0.016–0.021 with two thirds).
 */
const CONFIDENCE = 0.6;

/** What chance would do as often is not quite nothing: its order still counts. */
const LEAST_ODDS = 1e-3;

/**
 * Among photos that have every word, those where BM25 finds the words in better places, and rarer
 * company, come first; by less than a difference in closeness.
 */
const BM25_SHARE = 0.02;

/**
 * Judges every candidate by one term. The channels' likelihood ratios multiply the prior odds; odds
 * that chance alone explains are cut down. A photo that has every word is meant, however it looks, with
 * the probability that such photos are: the term holds if its words do or its picture does.
 *
 * @param photos in the index, for the rarity of words
 */
export function judgeTerm(
	{ scopes, compared, words, complete, bm25, certain }: TermEvidence,
	candidates: readonly string[],
	photos: number,
	weights: Weights = {},
): Map<string, Judgement> {
	const vectors = vectorEvidences(compared, candidates, weights);
	const scopeOf = candidates.map(
		(photo) => scopes.findLast(({ members }) => members?.has(photo)) ?? scopes[0],
	);
	const unexplained = withoutChance(vectors, scopeOf);
	const common = commonOdds(compared);
	const best = Math.max(0, ...bm25.values());
	const judgements = new Map<string, Judgement>();
	for (const [i, photo] of candidates.entries()) {
		const vector = vectors[i];
		const byWords = (weights.keyword ?? 1) * wordEvidence(photo, words, photos);
		const evidence = CONFIDENCE * ((vector?.total ?? 0) + byWords);
		const prior = Math.max(priorOdds(scopeOf[i]!), common);
		const odds = prior + evidence + Math.log(unexplained[i]!);
		const closeness = weights.keyword === 0 ? undefined : complete.get(photo);
		const bm25Share = best > 0 ? Math.max(0, bm25.get(photo) ?? 0) / best : 0;
		const said = certain.has(photo)
			? completeProbability(1)
			: closeness === undefined
				? 0
				: completeProbability(closeness) - BM25_SHARE * (1 - bm25Share);
		const keyword = said > 0 ? Math.log(said / (1 - said)) : byWords;
		judgements.set(photo, {
			relevance: 1 - (1 - probability(odds)) * (1 - said),
			evidence: { ...vector?.parts, ...(keyword !== 0 && { keyword }) },
			scores: scoresOf(photo, compared, bm25),
		});
	}
	return judgements;
}

/** By place among the candidates; undefined for a photo that no vector channel knows. */
function vectorEvidences(
	compared: ByVector<Compared>,
	candidates: readonly string[],
	weights: Weights,
): (VectorEvidence | undefined)[] {
	const channels = (Object.keys(compared) as (keyof typeof compared)[]).filter(
		(channel) => weights[channel] !== 0,
	);
	const scales = channels.map((channel) => standardScore(compared[channel]!));
	return candidates.map((photo) => {
		const scores: ByVector<number> = {};
		channels.forEach((channel, i) => {
			const cosine = compared[channel]!.cosines.get(photo);
			if (cosine !== undefined) scores[channel] = scales[i]!(cosine);
		});
		return Object.keys(scores).length > 0 ? vectorEvidence(scores, weights) : undefined;
	});
}

/** The share of each candidate's odds that chance does not explain, in its scope. */
function withoutChance(
	vectors: readonly (VectorEvidence | undefined)[],
	scopeOf: readonly Scope[],
): number[] {
	const left = vectors.map(() => 1);
	for (const scope of new Set(scopeOf)) {
		const members = vectors.flatMap((vector, i) =>
			vector && scopeOf[i] === scope ? [{ i, at: vector.standing }] : [],
		);
		const shares = chance(
			members.map(({ at }) => at),
			scope.size,
		);
		members.forEach(({ i }, nth) => (left[i] = 1 - shares[nth]! + LEAST_ODDS));
	}
	return left;
}

function scoresOf(
	photo: string,
	compared: ByVector<Compared>,
	bm25: ReadonlyMap<string, number>,
): Judgement['scores'] {
	const scores: Judgement['scores'] = {};
	for (const [channel, { cosines }] of Object.entries(compared) as [Channel, Compared][]) {
		const cosine = cosines.get(photo);
		if (cosine !== undefined) scores[channel] = cosine;
	}
	const keyword = bm25.get(photo);
	if (keyword !== undefined) scores.keyword = keyword;
	return scores;
}
