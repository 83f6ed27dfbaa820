import type { PhotoFilter } from '../service/contract';
import type {
	Background,
	StoredVector,
	VectorIndex,
	VectorKind,
	Wording,
} from '../index/vector-index';
import { withoutShown } from './common-concept';
import type { Vectors } from './query-vectors';
import { SAME_PICTURE } from './duplicates';
import type { Scope, TermEvidence } from './term-judgement';
import {
	sigmoidRatio,
	type ByVector,
	type Compared,
	type VectorChannelName,
} from './vector-evidence';
import type { WordMatches } from './word-evidence';

/** One term of a query, as the channels are asked for it. */
export interface Probe {
	/** As typed. */
	term: string;
	weight: number;
	vectors: Vectors;
	words: Wording[];
	/** Photos of which the term holds whatever the channels say. */
	certain?: PhotoFilter | undefined;
	/** Whether example pictures are asked by, not words. */
	isLikeness?: boolean | undefined;
}

/** What the channels found for a probe by themselves. */
export interface Found {
	hits: ByVector<{ scores: Map<string, number>; compared: Omit<Compared, 'cosines'> }>;
	/** Photos that vectors were looked for among; undefined where none were. */
	searched: number | undefined;
	bm25: Map<string, number>;
	complete: Map<string, number>;
	/** Whether no other photo that passes the filters has every word. */
	isComplete: boolean;
	/** Whether some channel might have had more. */
	capped: boolean;
}

const KIND: Record<VectorChannelName, VectorKind> = { visual: 'image', text: 'text' };

/** A word that more photos have than this tells them apart too little to be looked up. */
const COMMON_SHARE = 0.2;

/** Asks each channel for its `k` best photos among those that pass the filters. */
export async function gather(
	index: VectorIndex,
	probe: Probe,
	k: number,
	filter: PhotoFilter[],
): Promise<Found> {
	const found: Found = {
		...{ hits: {}, searched: undefined, isComplete: false, capped: false },
		...{ bm25: new Map(), complete: new Map() },
	};
	const byVector = async (channel: VectorChannelName, query: StoredVector | undefined) => {
		if (!query) return;
		const { hits, background, vectors } = await index.searchVector(KIND[channel], query, k, filter);
		const searched = hits.length < k ? hits.length : vectors;
		found.searched = Math.max(found.searched ?? 0, searched);
		const scores = new Map(hits.map(({ id, score }) => [id, score]));
		found.hits[channel] = { scores, compared: comparedBy(probe, channel, background) };
		found.capped ||= hits.length >= k;
	};
	const byWord = async () => {
		if (probe.words.length === 0) return;
		const all = await index.searchKeywords(probe.words, k, { filter, match: 'all' });
		for (const { id, score, closeness } of all) {
			found.bm25.set(id, score);
			found.complete.set(id, closeness);
		}
		found.isComplete = all.length < k;
		found.capped ||= !found.isComplete;
		if (probe.words.length === 1 || all.length >= k) return;
		const some = await index.searchKeywords(probe.words, k, { filter });
		for (const { id, score } of some) if (!found.bm25.has(id)) found.bm25.set(id, score);
	};
	await Promise.all([
		byVector('visual', probe.vectors.image),
		byVector('text', probe.vectors.text),
		byWord(),
	]);
	return found;
}

/** The photos that were found. */
export function candidatesOf({ hits, bm25 }: Found): string[] {
	return [...bm25.keys(), ...Object.values(hits).flatMap(({ scores }) => [...scores.keys()])];
}

/** What may be nowhere is not likelier where there are but a few photos. */
const LEAST_SCOPE = 100;

/** Where a query looks. */
export interface Looked {
	candidates: string[];
	/** In the index. */
	photos: number;
	/** Those of them that pass the filters. */
	passing: number;
	/**
	 * Of what must not be there: photos that were compared with it, all whose nearest the candidates are,
	 * or just the candidates where something else brought them.
	 */
	unwantedAmong?: number;
	/** A scope within which some candidates are judged. */
	narrow?: Scope | undefined;
}

/**
 * What every channel says of every candidate: a photo found by its caption still has pixels to judge
 * it by, and one found by its pixels has words.
 *
 * @param found under different filters, the widest first
 */
export async function evidenceOf(
	index: VectorIndex,
	probe: Probe,
	found: Found[],
	{ candidates, photos, passing, narrow, unwantedAmong }: Looked,
): Promise<TermEvidence> {
	const compared: ByVector<Compared> = {};
	for (const channel of ['visual', 'text'] as const) {
		const query = probe.vectors[KIND[channel]];
		if (!query) continue;
		const cosines = new Map(found.flatMap(({ hits }) => [...(hits[channel]?.scores ?? [])]));
		const missing = candidates.filter((id) => !cosines.has(id));
		if (missing.length > 0) {
			// They are not among the channel's own best: how far off they are need not be exact.
			const more = await index.scoreVector(KIND[channel], query, missing, { rough: true });
			for (const [id, score] of more) cosines.set(id, score);
		}
		const facts =
			found[0]?.hits[channel]?.compared ?? (await backgroundOf(index, probe, channel, query));
		compared[channel] = { cosines, ...facts };
	}
	const complete = new Map(found.flatMap((one) => [...one.complete]));
	const unsure = found[0]?.isComplete ? [] : candidates.filter((id) => !complete.has(id));
	if (probe.words.length > 0 && unsure.length > 0) {
		const more = await index.matchKeywords(probe.words, unsure);
		for (const [id, closeness] of more) complete.set(id, closeness);
	}
	const [first] = found;
	const searched = first ? Math.min(first.searched ?? photos, passing) : photos;
	const size = unwantedAmong === undefined ? searched : Math.max(LEAST_SCOPE, unwantedAmong);
	return {
		scopes: narrow && unwantedAmong === undefined ? [{ size }, narrow] : [{ size }],
		compared,
		words: probe.words.length > 1 ? await wordMatches(index, probe.words, candidates, photos) : [],
		complete,
		bm25: new Map(found.flatMap((one) => [...one.bm25])),
		certain: await certainOf(index, probe, candidates, compared.visual?.cosines),
	};
}

/** Photos of which a term holds whatever the channels say; the same picture is like itself. */
async function certainOf(
	index: VectorIndex,
	{ certain, isLikeness }: Probe,
	candidates: string[],
	cosines: ReadonlyMap<string, number> = new Map(),
): Promise<Set<string>> {
	if (isLikeness) {
		return new Set(candidates.filter((id) => (cosines.get(id) ?? 0) >= SAME_PICTURE));
	}
	return certain ? await index.matching(certain, candidates) : new Set();
}

/** Of a query that was not searched for, but is to judge candidates all the same. */
async function backgroundOf(
	index: VectorIndex,
	probe: Probe,
	channel: VectorChannelName,
	query: StoredVector,
): Promise<Omit<Compared, 'cosines'>> {
	const { background } = await index.searchVector(KIND[channel], query, 1);
	return comparedBy(probe, channel, background);
}

/** One word names a kind of thing, which many photos may show. */
function comparedBy(
	{ words, vectors, isLikeness }: Probe,
	channel: VectorChannelName,
	background: Background,
): Omit<Compared, 'cosines'> {
	const logit = channel === 'visual' ? vectors.logit : undefined;
	const isKind = words.length === 1 && !isLikeness;
	const ratio = logit && sigmoidRatio(logit);
	return { background: isKind ? withoutShown(background, ratio) : background, logit };
}

/** Closeness of a word that is there as typed, or inflected: of a sentence, nothing else is evidence. */
const AS_TYPED = 1;

/** Which candidates have which word, of those words that few enough photos have. */
async function wordMatches(
	index: VectorIndex,
	words: Wording[],
	candidates: string[],
	photos: number,
): Promise<WordMatches[]> {
	const counts = await index.countWords(words.flatMap(({ forms }) => forms.map((f) => f.text)));
	const matches: WordMatches[] = [];
	for (const { word: typed, forms } of words) {
		const word = { word: typed, forms: forms.filter(({ closeness }) => closeness >= AS_TYPED) };
		const having = word.forms.reduce((sum, { text }) => sum + (counts.get(text) ?? 0), 0);
		const share = Math.min(1, having / Math.max(1, photos));
		if (share > COMMON_SHARE) continue;
		const found = await index.matchKeywords([word], candidates);
		matches.push({ share, photos: new Set(found.keys()) });
	}
	return matches;
}
