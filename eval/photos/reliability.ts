import { rankOf, type Found } from '../ask';
import { mean, rounded, share } from '../rank-figures';

/** A query's answer, with the right photo in the index and without it. */
export interface Asked {
	/** The right photo's id; null where it was left out, and nothing that is found is right. */
	right: string | null;
	/** Best first. */
	results: Found[];
	/** Those that the search calls relevant. */
	relevant: Found[];
}

/** Results whose relevance is in [from, to). */
export interface Bin {
	from: number;
	to: number;
	count: number;
	/** Mean relevance, and the share of right ones: equal where relevance means what it says. */
	relevance: number;
	right: number;
}

export interface Reliability {
	/** Expected calibration error: how far relevance and share of right ones are apart, by result. */
	ece: number;
	/** The same of first results only: most others are plainly wrong, and easily said to be. */
	eceFirst: number;
	/** Those that hold a result. */
	bins: Bin[];
}

export interface CutoffFigures {
	/** Share of right ones among what is called relevant. */
	precision: number;
	/** Share of the right photos that are called relevant. */
	recall: number;
	/** Of the queries whose photo was left out, the share that is told that nothing matches. */
	nothing: number;
}

const BINS = 10;
/** Results of a query that are looked at. */
const DEPTH = 10;

/** Whether a relevance of 0.7 is right seven times of ten. */
export function reliability(asked: Asked[]): Reliability {
	const first = asked.flatMap((one) => judged(one).slice(0, 1));
	const bins = toBins(asked.flatMap(judged));
	return { ece: calibrationError(bins), eceFirst: calibrationError(toBins(first)), bins };
}

/** What the cut-off keeps and leaves. */
export function cutoffFigures(asked: Asked[]): CutoffFigures {
	const kept = asked.flatMap(({ right, relevant }) =>
		relevant.map(({ ids }) => right !== null && ids.includes(right)),
	);
	const present = asked.filter(({ right }) => right !== null);
	const absent = asked.filter(({ right }) => right === null);
	return {
		precision: kept.length > 0 ? share(kept, (isRight) => isRight) : 1,
		recall: share(present, ({ right, relevant }) => rankOf(relevant, right!) < Infinity),
		nothing: share(absent, ({ relevant }) => relevant.length === 0),
	};
}

interface Judged {
	relevance: number;
	isRight: boolean;
}

function judged({ right, results }: Asked): Judged[] {
	return results.slice(0, DEPTH).map(({ ids, relevance }) => ({
		relevance,
		isRight: right !== null && ids.includes(right),
	}));
}

function toBins(results: Judged[]): Bin[] {
	const bins: Judged[][] = Array.from({ length: BINS }, () => []);
	for (const result of results) {
		bins[Math.min(BINS - 1, Math.floor(result.relevance * BINS))]!.push(result);
	}
	return bins.flatMap((members, i) =>
		members.length === 0
			? []
			: {
					from: i / BINS,
					to: (i + 1) / BINS,
					count: members.length,
					relevance: rounded(mean(members.map(({ relevance }) => relevance))),
					right: share(members, ({ isRight }) => isRight),
				},
	);
}

function calibrationError(bins: Bin[]): number {
	const total = bins.reduce((sum, { count }) => sum + count, 0);
	const apart = bins.map(({ count, relevance, right }) => count * Math.abs(relevance - right));
	return rounded(apart.reduce((sum, value) => sum + value, 0) / total);
}
