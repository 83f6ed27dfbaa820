import type { VectorIndex } from '../index/vector-index';
import type { Sort } from '../service/contract';
import { joinTerms, RELEVANT_FROM, type JudgedTerm, type Ranked } from './fusion';
import type { Plan } from './plan';
import { candidatesOf, evidenceOf, gather, type Found, type Looked, type Probe } from './probe';
import type { QueryVectors } from './query-vectors';
import type { Stopwatch } from './stopwatch';
import { judgeTerm, type Weights } from './term-judgement';

/** So many photos are compared with what must not be there before it is known whether more have it. */
const FIRST_UNWANTED = 1_000;

/** Photos in the order of their relevance, or of their dates where that is all there is. */
export interface Answer {
	ranked: Ranked[];
	/** Whether there may be more. */
	capped: boolean;
}

/** Candidates of all channels, judged by all terms. */
export async function rankAll(
	index: VectorIndex,
	{ filter, terms, without, whole }: Plan,
	wanted: number,
	weights: Weights | undefined,
	vectors: QueryVectors,
	watch: Stopwatch,
): Promise<Answer> {
	// What a term knows for certain narrows where the others look: a car among the photos of Pat.
	const narrow = terms.flatMap(({ certain }) => (certain ? [certain] : []));
	const scopes = narrow.length > 0 ? [filter, [...filter, ...narrow]] : [filter];
	const probes = whole ? [...terms, whole] : terms;
	const found = await Promise.all(
		probes.map((probe) => Promise.all(scopes.map((scope) => gather(index, probe, wanted, scope)))),
	);
	const latest = narrow.length > 0 ? await index.list(scopes[1]!, { limit: wanted }) : [];
	const candidates = [...new Set([...found.flat().flatMap(candidatesOf), ...latest])];
	watch.lap('channels');
	if (candidates.length === 0) vectors.throwFailure();
	const photos = await index.count();
	const isFiltered = filter.length > 0 && found.some(([widest]) => widest!.capped);
	const passing = isFiltered ? await index.count(filter) : photos;
	const looked: Looked = { candidates, photos, passing };
	if (latest.length > 0) {
		const size = latest.length < wanted ? latest.length : await index.count(scopes[1]);
		looked.narrow = { members: await index.matching(scopes[1]!, candidates), size };
	}
	const judge = async (probe: Probe, its: Found[], where = looked) =>
		judged(probe, await judgementsOf(index, probe, its, where, weights));
	const unwanted = { ...looked, unwantedAmong: candidates.length };
	const judgedProbes = await Promise.all(probes.map((probe, i) => judge(probe, found[i]!)));
	const query = {
		terms: judgedProbes.slice(0, terms.length),
		without: await Promise.all(without.map((probe) => judge(probe, [], unwanted))),
		whole: judgedProbes[terms.length],
	};
	watch.lap('judge');
	const ranked = joinTerms(candidates, query);
	watch.lap('fuse');
	const capped = latest.length >= wanted || found.flat().some((one) => one.capped);
	return { ranked, capped };
}

/** Everything that passes the filters and has nothing of what must not be there, by date. */
export async function list(
	index: VectorIndex,
	{ filter, without }: Plan,
	most: number,
	sort: Sort,
	weights: Weights | undefined,
	watch: Stopwatch,
): Promise<Answer> {
	const ids = await index.list(filter, { oldestFirst: sort === 'oldest', limit: most });
	watch.lap('channels');
	const photos = await index.count();
	const where = { photos, passing: photos };
	const out = await Promise.all(
		without.map(async (probe) => {
			// To compare all takes long: at first those that come near what must not be there.
			const found = await gather(index, probe, FIRST_UNWANTED, filter);
			const near = [...new Set(candidatesOf(found))];
			const judge = (one: Probe, candidates: string[], unwantedAmong = candidates.length) =>
				judgementsOf(index, one, [found], { candidates, ...where, unwantedAmong }, weights);
			const judgements = await judge(probe, near, photos);
			const unwanted = near.filter((id) => judgements.get(id)!.relevance >= RELEVANT_FROM);
			// Where they are many, there are others behind them.
			if (2 * unwanted.length > near.length) return judged(probe, await judge(probe, ids));
			const far = ids.filter((id) => !judgements.has(id));
			const rest = await judge({ ...probe, vectors: {} }, far);
			return judged(probe, new Map([...rest, ...judgements]));
		}),
	);
	watch.lap('judge');
	const place = new Map(ids.map((id, i) => [id, i]));
	const ranked = joinTerms(ids, { terms: [], without: out }).sort(
		(a, b) => place.get(a.id)! - place.get(b.id)!,
	);
	return { ranked, capped: ids.length >= most };
}

async function judgementsOf(
	index: VectorIndex,
	probe: Probe,
	found: Found[],
	looked: Looked,
	weights: Weights | undefined,
): Promise<JudgedTerm['byPhoto']> {
	const evidence = await evidenceOf(index, probe, found, looked);
	return judgeTerm(evidence, looked.candidates, looked.photos, weights);
}

function judged({ term, weight, isLikeness }: Probe, byPhoto: JudgedTerm['byPhoto']): JudgedTerm {
	return { term, weight, isLikeness, byPhoto };
}

/** By when they were taken; those that nobody knows it of come last. */
export async function byDate(index: VectorIndex, ranked: Ranked[], sort: Sort): Promise<Ranked[]> {
	const byId = new Map(ranked.map((entry) => [entry.id, entry]));
	const order = await index.inDateOrder([...byId.keys()], { oldestFirst: sort === 'oldest' });
	return order.map((id) => byId.get(id)!);
}
