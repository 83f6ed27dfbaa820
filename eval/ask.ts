import { Cursors } from '../engine/search/cursor';
import type { Encoder } from '../engine/encode/encoder';
import type { VectorIndex } from '../engine/index/vector-index';
import { search, type SearchInput, type SearchOutput } from '../engine/search/search';
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

type Result = SearchOutput['page'][number] & {
	relevance?: number;
	duplicates?: { ids: string[] };
};

/** The key signs cursors, which nobody here hands to a stranger. */
const cursors = new Cursors(Buffer.alloc(32));
/** Never connected to; without one the channel of text vectors is left out. */
const OLLAMA = { url: 'http://127.0.0.1:9' };

/** The engine's own search with its defaults, in process. */
export async function ask(
	index: VectorIndex,
	input: SearchInput,
	embedders: Embedders,
): Promise<Found[]> {
	const { page } = await search(index, { ...input, ollama: OLLAMA }, { ...embedders, cursors });
	return page.map((result: Result) => ({
		ids: [result.id, ...(result.duplicates?.ids ?? []).filter((id) => id !== result.id)],
		relevance: result.relevance ?? result.similarity,
	}));
}

/** Those that the search calls relevant, best first. */
export async function askRelevant(
	index: VectorIndex,
	input: SearchInput,
	embedders: Embedders,
): Promise<Found[]> {
	return await ask(index, { ...input, onlyRelevant: true } as SearchInput, embedders);
}

/** Place of a photo from 1, as a result or folded into one; Infinity where it is not found. */
export function rankOf(results: Found[], id: string): number {
	const position = results.findIndex(({ ids }) => ids.includes(id));
	return position === -1 ? Infinity : position + 1;
}
