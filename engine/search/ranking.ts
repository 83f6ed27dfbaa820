import type { VectorIndex } from '../index/vector-index';
import type { Sort } from '../service/contract';
import { joinTerms, type JudgedTerm, type Ranked } from './fusion';
import type { Plan } from './plan';
import { candidatesOf, evidenceOf, gather, type Probe } from './probe';
import type { QueryVectors } from './query-vectors';
import type { Stopwatch } from './stopwatch';
import { judgeTerm, type Weights } from './term-judgement';

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
	const candidates = new Set(found.flat().flatMap(candidatesOf));
	const certain = narrow.length > 0 ? await index.list(scopes[1]!, { limit: wanted }) : [];
	for (const id of certain) candidates.add(id);
	watch.lap('channels');
	if (candidates.size === 0) vectors.throwFailure();
	const ids = [...candidates];
	const photos = await index.count();
	const judge = async (probe: Probe, its: Awaited<ReturnType<typeof gather>>[]) => {
		const evidence = await evidenceOf(index, probe, its, ids, photos);
		return judged(probe, judgeTerm(evidence, ids, photos, weights));
	};
	const judgedProbes = await Promise.all(probes.map((probe, i) => judge(probe, found[i]!)));
	const query = {
		terms: judgedProbes.slice(0, terms.length),
		without: await Promise.all(without.map((probe) => judge(probe, []))),
		whole: judgedProbes[terms.length],
	};
	watch.lap('judge');
	const ranked = joinTerms(ids, query);
	watch.lap('fuse');
	const capped = certain.length >= wanted || found.flat().some((one) => one.capped);
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
	const out = await Promise.all(
		without.map(async (probe) => {
			const evidence = await evidenceOf(index, probe, [], ids, photos);
			return judged(probe, judgeTerm(evidence, ids, photos, weights));
		}),
	);
	watch.lap('judge');
	const place = new Map(ids.map((id, i) => [id, i]));
	const ranked = joinTerms(ids, { terms: [], without: out }).sort(
		(a, b) => place.get(a.id)! - place.get(b.id)!,
	);
	return { ranked, capped: ids.length >= most };
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
