import type { Encoder } from '../encode/encoder';
import type { StoredPhoto, VectorIndex } from '../index/vector-index';
import type {
	Explanation,
	Facets,
	OllamaConnection,
	PhotoFilter,
	QueryNote,
	Sort,
} from '../service/contract';
import type { TextEmbedder } from '../text/text-embedder';
import { bytesDigest, queryDigest, type Cursors } from './cursor';
import { continued, DEEP, depthOf, mostListed } from './depth';
import type { Folded } from './duplicates';
import { exampleProbes } from './examples';
import { countFacets } from './facets';
import { RELEVANT_FROM, type Ranked } from './fusion';
import { pageOf, type PageEnd } from './paging';
import { Planner } from './plan';
import { checkLength, emptyQuery } from './query-text';
import { QueryVectors } from './query-vectors';
import { parseQuery } from './query/parser';
import type { Query } from './query/query';
import { byDate, list, rankAll, type Answer } from './ranking';
import { Stopwatch } from './stopwatch';
import type { Weights } from './term-judgement';
import type { Asked } from './why';

export interface SearchInput {
	text?: string;
	/** What must not be there, beside what the text says so. */
	without?: string[];
	/** Bytes of example pictures. */
	images?: Uint8Array[];
	/** Ids of stored photos to find more of. */
	like?: string[];
	filter?: PhotoFilter;
	limit: number;
	cursor?: string;
	minRelevance?: number;
	onlyRelevant?: boolean;
	sort?: Sort;
	facets?: boolean;
	/** Default true. */
	foldDuplicates?: boolean;
	weights?: Weights;
	explain?: boolean;
	ollama?: OllamaConnection;
}

export interface SearchOutput {
	/** This page, in order. */
	page: Folded[];
	asked: Asked;
	total: number;
	relevant: number;
	capped: boolean;
	nextCursor: string | null;
	hints: string[];
	notes: QueryNote[];
	facets?: Facets;
	explain?: Explanation;
	model: string | null;
}

/** What a search works with. */
export interface SearchTools {
	encoder: Encoder;
	textEmbedder: TextEmbedder;
	cursors: Cursors;
}

/**
 * One search over one index: parse → plan → channels → judgement → fusion → cut → fold → page. A
 * channel that cannot answer leaves a hint; only when none can, its error is thrown.
 *
 * @throws EngineError `EMPTY_QUERY`, `QUERY_TOO_LONG`, `BAD_CURSOR`, `BAD_REQUEST`, `IMAGE_NOT_FOUND`,
 *   `MODEL_MISMATCH`, `MODEL_NOT_READY` and the image errors
 */
export async function search(
	index: VectorIndex,
	input: SearchInput,
	tools: SearchTools,
	signal?: AbortSignal,
): Promise<SearchOutput> {
	const watch = new Stopwatch();
	const query = queryOf(input);
	const { images = [], limit, filter, ollama, weights } = input;
	const like = [...query.like, ...(input.like ?? []).map((id) => ({ id, weight: 1 }))];
	const digest = queryDigest([
		...[index.name, input.text, input.without, images.map(bytesDigest), input.like, filter],
		...[input.sort, weights, input.foldDuplicates],
	]);
	const after = input.cursor ? tools.cursors.read<PageEnd>(input.cursor, digest) : undefined;
	watch.lap('parse');

	const vectors = new QueryVectors({ index, ...tools, ollama, signal });
	const plan = await new Planner(index, vectors).plan(query, filter);
	const examples = await exampleProbes(vectors, images, like);
	// Nothing can be compared with what has no vector: what else is asked for stands by itself.
	const isAlone = plan.terms.length === 0;
	plan.terms.push(
		...examples.terms.filter(({ vectors: { image, text } }) => isAlone || image || text),
	);
	// Its words hold of photos that are nothing like the example.
	if (plan.terms.some(({ isLikeness }) => isLikeness)) plan.whole = undefined;
	plan.without.push(...examples.without);
	plan.steps.push(...examples.steps);
	if (plan.terms.length + plan.without.length + plan.filter.length === 0) throw emptyQuery();
	watch.lap('embed');

	const isListing = plan.terms.length === 0;
	const asked = input.sort ?? 'relevance';
	const sort = isListing && asked === 'relevance' ? 'newest' : asked;
	const { few, many } = isListing ? { few: 0, many: mostListed(plan) } : depthOf(plan);
	const isDeep = after?.isDeep ?? (sort !== 'relevance' || input.facets === true || limit > DEEP);
	const answerOf = (wanted: number) =>
		isListing
			? list(index, plan, wanted, sort, weights, watch)
			: rankAll(index, plan, wanted, weights, vectors, watch);
	const onlyRelevant = input.onlyRelevant === true || (sort !== 'relevance' && !isListing);
	const least = Math.max(input.minRelevance ?? 0, onlyRelevant ? RELEVANT_FROM : 0);
	const stored = new Set(like.map(({ id }) => id));
	const keptOf = ({ ranked }: Answer) =>
		ranked.filter(({ id, relevance }) => relevance >= least && !stored.has(id));

	let wanted = isDeep ? many : few;
	let answer = await answerOf(wanted);
	const kept = keptOf(answer);
	let ordered = sort === 'relevance' || isListing ? kept : await byDate(index, kept, sort);
	watch.lap('cut');
	const request = { after, limit, sort, fold: input.foldDuplicates ?? true };
	let paged = await pageOf(index, ordered, request);
	watch.lap('fold');
	if (wanted < many && (paged.end > DEEP || (after?.rank ?? 0) >= DEEP)) {
		wanted = many;
		answer = await answerOf(wanted);
		ordered = continued(kept, keptOf(answer));
		paged = await pageOf(index, ordered, { ...request, turn: DEEP });
		watch.lap('fold');
	}
	const { page, next } = paged;
	const relevant = ordered.filter(({ relevance }) => relevance >= RELEVANT_FROM);
	if (answer.capped && (onlyRelevant || input.facets) && relevant.length >= wanted) {
		const looked = isListing ? `first ${wanted} photos` : `${wanted} best photos of each channel`;
		vectors.hint(`Only the ${looked} were looked at; there may be more.`);
	}
	const facets = input.facets ? countFacets(await photosOf(index, relevant)) : undefined;
	if (facets) watch.lap('facets');
	const output: SearchOutput = {
		...{ page, facets, capped: answer.capped, model: vectors.model },
		asked: { terms: plan.terms, names: namesIn(query) },
		...{ total: ordered.length, relevant: relevant.length },
		nextCursor: next ? tools.cursors.write({ ...next, isDeep }, digest) : null,
		...{ hints: vectors.hints, notes: query.notes },
	};
	if (input.explain) {
		const steps = [...plan.steps, `In the order of ${sort}.`];
		output.explain = { query: { ...query }, plan: steps, timings_ms: watch.timings };
	}
	return output;
}

/** The text taken apart, with what the request says must not be there. */
function queryOf({ text = '', without = [] }: SearchInput): Query {
	for (const each of [text, ...without]) checkLength(each);
	const query = parseQuery(text);
	const more = without.map((each) => each.trim()).filter((each) => each !== '');
	const unwanted = more.map((each) => ({ text: each, kind: 'words' as const, weight: 1 }));
	return { ...query, without: [...query.without, ...unwanted] };
}

const namesIn = ({ labels }: Query) =>
	labels.filter(({ field, not }) => field === 'person' && !not).map(({ name }) => name);

async function photosOf(index: VectorIndex, ranked: Ranked[]): Promise<Iterable<StoredPhoto>> {
	return (await index.getMany(ranked.map(({ id }) => id))).values();
}
