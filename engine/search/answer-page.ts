import type { VectorIndex } from '../index/vector-index';
import type { Sort } from '../service/contract';
import { continued, DEEP, depthOf, mostListed, neverRising } from './depth';
import { RELEVANT_FROM, type Ranked } from './fusion';
import { pageOf, type Page, type PageEnd, type PageRequest } from './paging';
import type { Plan } from './plan';
import type { QueryVectors } from './query-vectors';
import { byDate, list, rankAll } from './ranking';
import type { Stopwatch } from './stopwatch';
import type { Weights } from './term-judgement';

/** What an answer comes from. */
export interface Source {
	index: VectorIndex;
	plan: Plan;
	vectors: QueryVectors;
	weights: Weights | undefined;
	watch: Stopwatch;
}

/** The part of an answer that somebody wants. */
export interface Wanted {
	/** Default: by relevance, or the newest first where only filters say what is wanted. */
	sort: Sort | undefined;
	minRelevance: number;
	onlyRelevant: boolean;
	/** Whether all that is relevant is to be counted, however short the page. */
	counted: boolean;
	/** Photos that are no answer: the examples themselves. */
	except: ReadonlySet<string>;
	/** Where the page before it ended. */
	after: PageEnd | undefined;
	limit: number;
	/** Whether near-duplicates are shown once. */
	fold: boolean;
}

/** A page of an answer, and the whole of it as far as it was looked for. */
export interface AnswerPage extends Omit<Page, 'end'> {
	sort: Sort;
	ordered: Ranked[];
	relevant: Ranked[];
	/** Whether there may be more. */
	capped: boolean;
	/** What was looked at, in words, where there may be more of what was to be complete. */
	cutAfter: string | undefined;
}

/** How an answer is come by. */
interface Way {
	sort: Sort;
	/** Only filters say what is wanted. */
	isListing: boolean;
	onlyRelevant: boolean;
	/** Candidates of each channel, at first and for pages that reach far. */
	few: number;
	many: number;
	/** Whether it is many from the first page on. */
	isDeep: boolean;
}

/** Candidates → judgement → cut → order → page; once more, and deeper, for a page that reaches far. */
export async function answerPage(source: Source, wanted: Wanted): Promise<AnswerPage> {
	const way = wayOf(source.plan, wanted);
	const { after, limit, fold } = wanted;
	const request: PageRequest = { after, limit, sort: way.sort, fold };
	const first = await answerOf(source, wanted, way, way.isDeep ? way.many : way.few);
	source.watch.lap('cut');
	const page = await pageOf(source.index, first.ordered, request);
	source.watch.lap('fold');
	const isFar = page.end > DEEP || (after?.rank ?? 0) >= DEEP;
	if (!isFar || first.looked >= way.many) return described(page, first, wanted, way);

	const more = await answerOf(source, wanted, way, way.many);
	const whole = { ...more, ordered: continued(first.ordered, more.ordered) };
	const further = await pageOf(source.index, whole.ordered, { ...request, turn: DEEP });
	source.watch.lap('fold');
	const relevances = neverRising(whole.ordered);
	const told = <T extends Ranked>(entries: readonly T[]) =>
		entries.map((entry) => ({ ...entry, relevance: relevances.get(entry.id)! }));
	return described(
		{ ...further, page: told(further.page) },
		{ ...whole, ordered: told(whole.ordered) },
		wanted,
		way,
	);
}

function wayOf(plan: Plan, { sort: asked = 'relevance', ...wanted }: Wanted): Way {
	const isListing = plan.terms.length === 0;
	const sort = isListing && asked === 'relevance' ? 'newest' : asked;
	const isByDate = sort !== 'relevance';
	const depths = isListing ? { few: 0, many: mostListed(plan) } : depthOf(plan);
	return {
		...{ sort, isListing, ...depths },
		onlyRelevant: wanted.onlyRelevant || (isByDate && !isListing),
		isDeep: wanted.after?.isDeep ?? (isByDate || wanted.counted || wanted.limit > DEEP),
	};
}

/** What was kept of the candidates, in order. */
interface Answer {
	ordered: Ranked[];
	/** Candidates of each channel, at most. */
	looked: number;
	capped: boolean;
}

async function answerOf(source: Source, wanted: Wanted, way: Way, looked: number): Promise<Answer> {
	const { index, plan, vectors, weights, watch } = source;
	const { ranked, capped } = way.isListing
		? await list(index, plan, looked, way.sort, weights, watch)
		: await rankAll(index, plan, looked, weights, vectors, watch);
	const least = Math.max(wanted.minRelevance, way.onlyRelevant ? RELEVANT_FROM : 0);
	const kept = ranked.filter(({ id, relevance }) => relevance >= least && !wanted.except.has(id));
	const isInOrder = way.isListing || way.sort === 'relevance';
	return { ordered: isInOrder ? kept : await byDate(index, kept, way.sort), looked, capped };
}

function described(
	{ page, next }: Page,
	{ ordered, looked, capped }: Answer,
	{ counted }: Wanted,
	{ sort, isListing, onlyRelevant, isDeep }: Way,
): AnswerPage {
	const relevant = ordered.filter(({ relevance }) => relevance >= RELEVANT_FROM);
	const isCut = capped && (onlyRelevant || counted) && relevant.length >= looked;
	const first = isListing ? `first ${looked} photos` : `${looked} best photos of each channel`;
	return {
		...{ page, next: next && { ...next, isDeep } },
		...{ sort, ordered, relevant, capped, cutAfter: isCut ? first : undefined },
	};
}
