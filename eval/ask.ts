import { Cursors } from '../engine/search/cursor';
import type { Encoder } from '../engine/encode/encoder';
import type { VectorIndex } from '../engine/index/vector-index';
import { search, type SearchOutput } from '../engine/search/search';
import { MAX_LIMIT } from '../engine/service/contract/common';
import type { TextEmbedder } from '../engine/text/text-embedder';

/** What a search under evaluation embeds with. */
export interface Embedders {
	encoder: Encoder;
	textEmbedder: TextEmbedder;
}

export interface Found {
	/** The photo itself first, then those that are folded into it. */
	ids: string[];
	/** 0…1. */
	relevance: number;
}

/** The key signs cursors, which nobody here hands to a stranger. */
const cursors = new Cursors(Buffer.alloc(32));
/** Never connected to; without one the channel of text vectors is left out. */
const OLLAMA = { url: 'http://127.0.0.1:9' };

export interface Question {
	text: string;
	/** Results; as many more pages are asked for as it takes. */
	limit: number;
	onlyRelevant?: boolean;
	sort?: 'newest' | 'oldest';
}

/** The engine's own search with its defaults, in process. */
export async function ask(
	index: VectorIndex,
	{ limit, ...question }: Question,
	embedders: Embedders,
): Promise<Found[]> {
	const found: SearchOutput['page'] = [];
	let cursor: string | undefined;
	do {
		const input = { ...question, cursor, ollama: OLLAMA };
		const page = { limit: Math.min(limit - found.length, MAX_LIMIT) };
		const output = await search(index, { ...input, ...page }, { ...embedders, cursors });
		found.push(...output.page);
		cursor = output.nextCursor ?? undefined;
	} while (cursor && found.length < limit);
	return found.map(({ id, duplicates, relevance }) => ({ ids: [id, ...duplicates], relevance }));
}

/** Those that the search calls relevant, best first. */
export async function askRelevant(
	index: VectorIndex,
	question: Question,
	embedders: Embedders,
): Promise<Found[]> {
	return await ask(index, { ...question, onlyRelevant: true }, embedders);
}

/** Place of a photo from 1, as a result or folded into one; Infinity where it is not found. */
export function rankOf(results: Found[], id: string): number {
	const position = results.findIndex(({ ids }) => ids.includes(id));
	return position === -1 ? Infinity : position + 1;
}
