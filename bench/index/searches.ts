import type { VectorIndex, VectorKind } from '../../engine/index/vector-index';
import { MODELS } from './bench-photos';
import { FILTERS, rowOfId } from './photo-facts';
import { VectorFile, vectorAt } from './vector-file';

export interface SearchRequest {
	kind: VectorKind;
	/** Which queries. */
	from: number;
	count: number;
	k: number;
	/** A filter's name. */
	filter?: string;
	/** Also fetches the photos that were found. */
	photos?: boolean;
	/** Whether the rows that were found are answered. */
	rows?: boolean;
	/** No search begins after that. */
	seconds?: number;
}

export interface SearchAnswer {
	/** Milliseconds, by query. */
	ms: number[];
	/** By query, best first; empty unless asked for. */
	rows: number[][];
}

/** Query vectors in memory. */
export class Queries {
	readonly #vectors = {} as Record<VectorKind, Float32Array>;

	constructor(
		files: Record<VectorKind, string>,
		readonly count: number,
	) {
		for (const kind of ['image', 'text'] as const) {
			const file = new VectorFile(files[kind]);
			this.#vectors[kind] = file.read(0, count);
			file.close();
		}
	}

	get(kind: VectorKind, nth: number): { vector: Float32Array; model: string } {
		return { vector: vectorAt(this.#vectors[kind], nth % this.count), model: MODELS[kind] };
	}
}

/** One search after the other. */
export async function search(
	index: VectorIndex,
	queries: Queries,
	{ kind, from, count, k, seconds = Infinity, ...request }: SearchRequest,
): Promise<SearchAnswer> {
	const filter = FILTERS.find(({ name }) => name === request.filter)?.filter;
	if (request.filter && !filter) throw new Error(`there is no filter "${request.filter}"`);
	const ms: number[] = [];
	const rows: number[][] = [];
	const until = performance.now() + 1_000 * seconds;
	for (let nth = from; nth < from + count && performance.now() < until; nth++) {
		const query = queries.get(kind, nth);
		const started = performance.now();
		const { hits } = await index.searchVector(kind, query, k, filter);
		if (request.photos) await index.getMany(hits.map(({ id }) => id));
		ms.push(performance.now() - started);
		if (request.rows) rows.push(hits.map(({ id }) => rowOfId(id)));
	}
	return { ms, rows };
}
