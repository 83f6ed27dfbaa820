import { EngineError } from '../errors';
import { compareIds } from '../index/catalogue/photo-id';
import type { Hit, StoredVector, VectorIndex, VectorKind } from '../index/vector-index';
import type { PhotoFilter } from '../service/contract';
import { bytesDigest, queryDigest, type Cursors, type Place } from './cursor';

export interface NearestInput {
	kind: VectorKind;
	/** A vector, or the id of a stored photo that is asked by its own. */
	by: StoredVector | { like: string };
	filter?: PhotoFilter;
	limit: number;
	cursor?: string;
	/** Compare with every vector: slower where there is a graph, but none is missed. */
	exact?: boolean;
}

export interface NearestOutput {
	/** Best first, ties by id. */
	hits: Hit[];
	nextCursor: string | null;
	/** Of the vectors that were compared. */
	model: string;
}

/**
 * Photos beyond the page that are asked for with it, as a share of all up to its end: a graph finds
 * the last of its `k` less surely than the first, and what a page missed no later one shows. Each
 * costs the read of a vector.
 */
const MARGIN_SHARE = 0.2;
/** The least: one tells that there is more, another may be deleted while it is searched. */
const MARGIN = 2;

/**
 * One page of the photos nearest to a vector. Pages are cut by score and id, not by number: whatever
 * is stored or deleted meanwhile, no photo comes twice and none of those that stay is passed over
 * (but for those that a graph misses; `exact` misses none).
 *
 * @throws EngineError `IMAGE_NOT_FOUND`, `VECTOR_NOT_FOUND`, `BAD_CURSOR`, `BAD_VECTOR`,
 *   `VECTOR_LENGTH`, `MODEL_MISMATCH`
 */
export async function nearest(
	index: VectorIndex,
	{ kind, by, filter, limit, cursor, exact }: NearestInput,
	cursors: Cursors,
): Promise<NearestOutput> {
	const like = 'like' in by ? by.like : undefined;
	const query = 'like' in by ? await vectorOf(index, by.like, kind) : by;
	const bytes = new Uint8Array(
		query.vector.buffer,
		query.vector.byteOffset,
		query.vector.byteLength,
	);
	const digest = queryDigest([index.name, kind, query.model, bytesDigest(bytes), like, filter]);
	const after = cursor ? cursors.read<Place>(cursor, digest) : undefined;

	const rest = await behind(after, limit, like, (k) =>
		index.searchVector(kind, query, k, filter, { exact }).then(({ hits }) => hits),
	);
	const hits = rest.slice(0, limit);
	const last = hits.at(-1);
	const place = last && { ...last, rank: (after?.rank ?? 0) + hits.length };
	return {
		hits,
		nextCursor:
			place && rest.length > hits.length ? cursors.write(place satisfies Place, digest) : null,
		model: query.model,
	};
}

/** More than `limit` hits behind a place, or all there are. */
async function behind(
	after: Place | undefined,
	limit: number,
	except: string | undefined,
	search: (k: number) => Promise<Hit[]>,
): Promise<Hit[]> {
	const rank = (after?.rank ?? 0) + limit;
	const margin = Math.max(MARGIN, Math.ceil(MARGIN_SHARE * rank));
	for (let k = rank + margin; ; k *= 2) {
		const hits = await search(k);
		// One or the other may have been deleted while it was searched, and hides that there is more.
		const isAll = hits.length <= k - margin / 2;
		const rest = (isAll ? hits : withoutLastTie(hits)).filter(
			(hit) => hit.id !== except && (!after || compareHits(after, hit) < 0),
		);
		if (isAll || rest.length > limit) return rest.sort(compareHits);
	}
}

/** Of photos that share the last score, those with lower ids may be missing. */
function withoutLastTie(hits: Hit[]): Hit[] {
	const last = hits.at(-1)?.score;
	return hits.filter(({ score }) => score !== last);
}

function compareHits(a: Hit, b: Hit): number {
	return b.score - a.score || compareIds(a.id, b.id);
}

async function vectorOf(index: VectorIndex, id: string, kind: VectorKind): Promise<StoredVector> {
	const vector = await index.vector(id, kind);
	if (vector) return vector;
	if (await index.get(id)) {
		throw new EngineError(
			'VECTOR_NOT_FOUND',
			`The photo "${id}" has no ${kind} vector yet, so nothing can be compared with it.`,
		);
	}
	throw new EngineError(
		'IMAGE_NOT_FOUND',
		`There is no photo "${id}" in the index "${index.name}".`,
	);
}
