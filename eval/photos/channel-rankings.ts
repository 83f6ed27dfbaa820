import type { Hit, VectorIndex } from '../../engine/index/vector-index';
import { wordingsOf } from '../../engine/words/wordings';
import { MODEL } from './given-vectors';
import type { CaptionQuery } from './photo-file';

export const CHANNELS = ['visual', 'text', 'keyword'] as const;
export type ChannelName = (typeof CHANNELS)[number];
/** Photos in the order of one channel's own scores, best first, ties by id. */
export type ChannelRankings = Record<ChannelName, Hit[]>;

/** Constant of reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009). */
const RRF_K = 60;

/** What each channel alone says about a query, down to `depth`. */
export async function rankChannels(
	index: VectorIndex,
	query: CaptionQuery,
	depth: number,
): Promise<ChannelRankings> {
	const vector = { vector: query.vector, model: MODEL };
	const words = await wordingsOf(query.text, index);
	const [visual, text, keyword] = await Promise.all([
		index.searchVector('image', vector, depth, undefined, { exact: true }),
		index.searchVector('text', vector, depth, undefined, { exact: true }),
		index.searchKeywords(words, depth),
	]);
	return { visual: visual.hits, text: text.hits, keyword };
}

/** Ids of the photos that have every word of a query. */
export async function withEveryWord(
	index: VectorIndex,
	{ text }: CaptionQuery,
	depth: number,
): Promise<Set<string>> {
	const hits = await index.searchKeywords(await wordingsOf(text, index), depth, { match: 'all' });
	return new Set(hits.map(({ id }) => id));
}

/** Plain reciprocal rank fusion with equal weights, for comparison; ids, best first, ties by id. */
export function reciprocalRankFusion(rankings: ChannelRankings): string[] {
	const scores = new Map<string, number>();
	for (const channel of CHANNELS) {
		for (const [i, { id }] of rankings[channel].entries()) {
			scores.set(id, (scores.get(id) ?? 0) + 1 / (RRF_K + i + 1));
		}
	}
	return [...scores].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([id]) => id);
}
