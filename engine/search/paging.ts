import type { VectorIndex } from '../index/vector-index';
import type { Sort } from '../service/contract';
import { placeByDate, startAfterDate } from './date-place';
import { DEEP } from './depth';
import { foldDuplicates, type Folded } from './duplicates';
import { compareRanked, type Ranked } from './fusion';

/**
 * Near-duplicates are looked for among so many photos that follow one another: each is compared with
 * each, which among all of them would take longer with every page. The stretches are the same for every
 * page, so that pages agree on what stands behind what, and none reaches over the place from which on
 * another order continues the first.
 */
const STRETCH = DEEP;

/** A result after which the next page starts, in whatever order. */
export interface PageEnd {
	id: string;
	/** Its relevance, or in the order of dates when it was taken; null if nobody knows. */
	score: number | null;
	/** Photos up to and with it, those that stand behind others counted, when it was answered. */
	rank: number;
	/** Whether the first page was of many candidates: the order is theirs. */
	isDeep?: boolean;
}

/** Part of an answer. */
export interface PageRequest {
	/** Where the page before it ended. */
	after: PageEnd | undefined;
	limit: number;
	sort: Sort;
	/** Whether near-duplicates are shown once. */
	fold: boolean;
	/** Behind so many photos their relevance begins to fall anew. */
	turn?: number;
}

/** Results that are shown together. */
export interface Page {
	page: Folded[];
	/** The place the next one starts after. */
	next: PageEnd | undefined;
	/** Up to which rank it was looked. */
	end: number;
}

/** The page after a place. */
export async function pageOf(
	index: VectorIndex,
	ordered: readonly Ranked[],
	{ after, limit, sort, fold, turn = 0 }: PageRequest,
): Promise<Page> {
	const start = after ? await startAfter(index, ordered, after, sort, turn) : 0;
	const before = new Set(ordered.slice(0, start).map(({ id }) => id));
	const found: Folded[] = [];
	let at = start - (start % STRETCH);
	for (; at < ordered.length && found.length < limit; at += STRETCH) {
		const stretch = ordered.slice(at, at + STRETCH);
		const ids = stretch.map(({ id }) => id);
		const vectors = fold ? await index.vectors(ids, 'image') : new Map<string, Float32Array>();
		// What pages before this one showed is not to come again.
		const shown = Math.max(0, start - at) + limit - found.length;
		found.push(...foldDuplicates(stretch, vectors, shown).filter(({ id }) => !before.has(id)));
	}
	const page = found.slice(0, limit);
	const last = page.at(-1);
	const end = ordered.findIndex(({ id }) => id === last?.id) + 1;
	if (!last || (found.length <= limit && at >= ordered.length)) {
		return { page, next: undefined, end };
	}
	const score = sort === 'relevance' ? last.relevance : await placeByDate(index, last.id);
	return { page, next: { id: last.id, score, rank: end }, end };
}

/**
 * Where the page after this place begins. Photos that came or went meanwhile move everybody behind
 * them, so it is the photo that is looked for, not the number; one that is gone left its relevance or
 * its date.
 */
async function startAfter(
	index: VectorIndex,
	ordered: readonly Ranked[],
	{ id, score, rank }: PageEnd,
	sort: Sort,
	turn: number,
): Promise<number> {
	const position = ordered.findIndex((entry) => entry.id === id);
	if (position !== -1) return position + 1;
	if (sort !== 'relevance') {
		const ids = ordered.map((entry) => entry.id);
		return await startAfterDate(index, ids, { id, taken: score }, sort);
	}
	const [from, to] = rank > turn ? [turn, ordered.length] : [0, turn];
	const next = ordered
		.slice(from, to)
		.findIndex((entry) => compareRanked({ id, relevance: score! }, entry) < 0);
	return next === -1 ? Math.min(to, ordered.length) : from + next;
}
