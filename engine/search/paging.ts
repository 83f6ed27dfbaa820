import type { VectorIndex } from '../index/vector-index';
import type { Sort } from '../service/contract';
import type { Place } from './cursor';
import { foldDuplicates, type Folded } from './duplicates';
import { compareRanked, type Ranked } from './fusion';

/** So many photos beyond a page are looked through for near-duplicates of it. */
const FOLD_AHEAD = 100;

/** Part of an answer. */
export interface PageRequest {
	/** Where the page before it ended. */
	after: Place | undefined;
	limit: number;
	sort: Sort;
	/** Whether near-duplicates are shown once. */
	fold: boolean;
}

/** The page after a place, and the place the next one starts after. */
export async function pageOf(
	index: VectorIndex,
	ordered: readonly Ranked[],
	{ after, limit, sort, fold }: PageRequest,
): Promise<{ page: Folded[]; next: Place | undefined }> {
	const start = after ? startAfter(ordered, after, sort) : 0;
	const before = new Set(ordered.slice(0, start).map(({ id }) => id));
	// Pages before this one too: what they showed is not to come again.
	const near = fold ? ordered.slice(0, start + limit + FOLD_AHEAD) : [];
	const ids = near.map(({ id }) => id);
	const vectors = fold ? await index.vectors(ids, 'image') : new Map<string, Float32Array>();
	const folded = [
		...foldDuplicates(near, vectors, start + limit),
		...ordered.slice(near.length).map((entry) => ({ ...entry, duplicates: [] })),
	].filter(({ id }) => !before.has(id));
	const page = folded.slice(0, limit);
	const last = page.at(-1);
	if (!last || folded.length <= page.length) return { page, next: undefined };
	const rank = (after?.rank ?? 0) + page.length;
	return { page, next: { id: last.id, score: last.relevance, rank } };
}

/**
 * Where the page after this place begins. Photos that came or went meanwhile move everybody behind
 * them, so it is the photo that is looked for, not the number; one that is gone left its relevance, or,
 * in the order of dates, its number.
 */
function startAfter(ordered: readonly Ranked[], { id, score, rank }: Place, sort: Sort): number {
	const position = ordered.findIndex((entry) => entry.id === id);
	if (position !== -1) return position + 1;
	if (sort !== 'relevance') return Math.min(rank, ordered.length);
	const next = ordered.findIndex((entry) => compareRanked({ id, relevance: score }, entry) < 0);
	return next === -1 ? ordered.length : next;
}
