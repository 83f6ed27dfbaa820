import { closeSync, openSync, writeSync } from 'node:fs';
import type { VectorIndex } from '../../engine/index/vector-index';
import { rankChannels, withEveryWord } from './channel-rankings';
import type { CaptionQuery } from './photo-file';

/** What every channel says about one photo and one query. */
interface PhotoScores {
	id: string;
	visual: number | null;
	text: number | null;
	/** BM25 with any of the words; null without one. */
	bm25: number | null;
	/** Has every word. */
	all: boolean;
}

/**
 * Writes `{q, right, scores: PhotoScores[]}`, a line for each query, to tune a fusion by: every photo
 * of the index, in the order of ids.
 */
export async function dumpScores(
	file: string,
	index: VectorIndex,
	queries: CaptionQuery[],
): Promise<void> {
	const ids = await index.ids({});
	const output = openSync(file, 'w');
	try {
		for (const query of queries) {
			const rankings = await rankChannels(index, query, ids.length);
			const [visual, text, bm25] = [rankings.visual, rankings.text, rankings.keyword].map(
				(hits) => new Map(hits.map(({ id, score }) => [id, score])),
			);
			const all = await withEveryWord(index, query, ids.length);
			const scores = ids.map(
				(id): PhotoScores => ({
					id,
					visual: visual!.get(id) ?? null,
					text: text!.get(id) ?? null,
					bm25: bm25!.get(id) ?? null,
					all: all.has(id),
				}),
			);
			writeSync(output, `${JSON.stringify({ q: query.text, right: query.id, scores })}\n`);
		}
	} finally {
		closeSync(output);
	}
}
