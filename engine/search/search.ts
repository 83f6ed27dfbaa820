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
import { answerPage, type Wanted } from './answer-page';
import { bytesDigest, queryDigest, type Cursors } from './cursor';
import type { Folded } from './duplicates';
import { exampleProbes, withExamples } from './examples';
import { countFacets } from './facets';
import type { Ranked } from './fusion';
import type { PageEnd } from './paging';
import { Planner, type Plan } from './plan';
import { checkLength, emptyQuery } from './query-text';
import { QueryVectors } from './query-vectors';
import { parseQuery } from './query/parser';
import type { LikePhoto, Query } from './query/query';
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
	const like = [...query.like, ...(input.like ?? []).map((id) => ({ id, weight: 1 }))];
	const digest = digestOf(index, input);
	const after = input.cursor ? tools.cursors.read<PageEnd>(input.cursor, digest) : undefined;
	watch.lap('parse');

	const vectors = new QueryVectors({ index, ...tools, ollama: input.ollama, signal });
	const said = await new Planner(index, vectors).plan(query, input.filter);
	const plan = withExamples(said, await exampleProbes(vectors, input.images ?? [], like));
	if (isEmpty(plan)) throw emptyQuery();
	watch.lap('embed');

	const source = { index, plan, vectors, weights: input.weights, watch };
	const found = await answerPage(source, wantedOf(input, like, after));
	const { page, next, ordered, relevant, capped, cutAfter } = found;
	if (cutAfter) vectors.hint(`Only the ${cutAfter} were looked at; there may be more.`);
	const facets = input.facets ? countFacets(await photosOf(index, relevant)) : undefined;
	if (facets) watch.lap('facets');
	return {
		...{ page, facets, capped, model: vectors.model },
		asked: { terms: plan.terms, names: namesIn(query) },
		...{ total: ordered.length, relevant: relevant.length },
		nextCursor: next ? tools.cursors.write(next, digest) : null,
		...{ hints: vectors.hints, notes: query.notes },
		...(input.explain && { explain: explanationOf(query, plan, found.sort, watch) }),
	};
}

/** The text taken apart, with what the request says must not be there. */
function queryOf({ text = '', without = [] }: SearchInput): Query {
	for (const each of [text, ...without]) checkLength(each);
	const query = parseQuery(text);
	const more = without.map((each) => each.trim()).filter((each) => each !== '');
	const unwanted = more.map((each) => ({ text: each, kind: 'words' as const, weight: 1 }));
	return { ...query, without: [...query.without, ...unwanted] };
}

/** Of whatever decides the order of results: a cursor is of no use to any other query. */
function digestOf(index: VectorIndex, input: SearchInput): string {
	const { text, without, images = [], like, filter, sort, weights, foldDuplicates } = input;
	return queryDigest([
		...[index.name, text, without, images.map(bytesDigest), like, filter],
		...[sort, weights, foldDuplicates],
	]);
}

const isEmpty = ({ terms, without, filter }: Plan) =>
	terms.length + without.length + filter.length === 0;

function wantedOf(
	input: SearchInput,
	like: readonly LikePhoto[],
	after: PageEnd | undefined,
): Wanted {
	return {
		...{ sort: input.sort, limit: input.limit, after },
		minRelevance: input.minRelevance ?? 0,
		onlyRelevant: input.onlyRelevant ?? false,
		counted: input.facets ?? false,
		except: new Set(like.map(({ id }) => id)),
		fold: input.foldDuplicates ?? true,
	};
}

function explanationOf(query: Query, plan: Plan, sort: Sort, watch: Stopwatch): Explanation {
	const steps = [...plan.steps, `In the order of ${sort}.`];
	return { query: { ...query }, plan: steps, timings_ms: watch.timings };
}

const namesIn = ({ labels }: Query) =>
	labels.filter(({ field, not }) => field === 'person' && !not).map(({ name }) => name);

async function photosOf(index: VectorIndex, ranked: Ranked[]): Promise<Iterable<StoredPhoto>> {
	return (await index.getMany(ranked.map(({ id }) => id))).values();
}
