/**
 * 8-bit codes blur the order of what is near: so many more than asked for are named, as share and at
 * least, for the caller to score from the stored vectors. Measured: of the true ten nearest the first
 * ten by code hold 0.989, the first fifty all (20,000 × 768).
 */
const MARGIN_SHARE = 0.25;
const MARGIN = 40;

/** How many are named where the `k` nearest are asked for. */
export function candidatesFor(k: number): number {
	return Math.ceil(Math.max(k + MARGIN, (1 + MARGIN_SHARE) * k));
}

/**
 * How many of the nearest are looked for when recall is measured: the first page of a search, and
 * what a search ranks together or filters. FAISS stops where it knows efSearch candidates that are
 * nearer than those it has still to look at, however many it is asked for (HNSW.cpp): a search that
 * is good for ten can be useless for a hundred.
 */
export const DEPTHS = [10, 50, 100, 256] as const;
