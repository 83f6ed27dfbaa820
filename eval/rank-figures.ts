/** How well a ranking does with queries that each have one right answer. */
export interface RankFigures {
	/** Share of the queries whose right photo is first. */
	r1: number;
	r5: number;
	r10: number;
	/** Mean of 1/rank, 0 for a photo that is not found. */
	mrr: number;
}

/** @param ranks of the right photos from 1, Infinity where one is not found; not empty */
export function rankFigures(ranks: number[]): RankFigures {
	const within = (depth: number) => share(ranks, (rank) => rank <= depth);
	return {
		r1: within(1),
		r5: within(5),
		r10: within(10),
		mrr: rounded(mean(ranks.map((rank) => 1 / rank))),
	};
}

export function share<T>(values: T[], counts: (value: T) => boolean): number {
	return rounded(values.filter(counts).length / values.length);
}

export function mean(values: number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Four places: a thousand queries can tell no more apart. */
export function rounded(value: number): number {
	return Math.round(value * 1e4) / 1e4;
}
