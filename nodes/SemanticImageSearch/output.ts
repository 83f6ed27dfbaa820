import type { IDataObject } from 'n8n-workflow';
import {
	whyInWords,
	type QueryNote,
	type SearchResponse,
	type SearchResult,
} from '../../engine/client';
import { asJson } from '../shared/values';

export type Output = 'items' | 'simplified' | 'single';

/** Of what a note is about; more of it nobody needs to find it again. */
const LONGEST_EXCERPT = 40;

/**
 * One item per photo, whole or simplified, or the whole page of results with its cursor and hints as
 * one.
 */
export function answer(found: SearchResponse, output: Output): IDataObject | IDataObject[] {
	if (output === 'single') return asJson(found);
	return found.results.map((photo) => asJson(output === 'simplified' ? simplified(photo) : photo));
}

/** What a person or a language model asks of a photo: every further field costs it attention. */
function simplified(photo: SearchResult) {
	const { id, title, description, relevance, s3_path, url, tags, people, taken_at } = photo;
	const why = whyInWords(photo);
	return { id, title, description, relevance, why, s3_path, url, tags, people, taken_at };
}

/** A note with the part of the query it is about: “before:soon” in the query: … */
export function noteInWords(query: string, { message, from, to }: QueryNote): string {
	// Places count in the text as the engine has read it.
	const typed = query
		.normalize('NFC')
		.replace(/[\p{Cc}\s]+/gu, ' ')
		.trim();
	const part = typed.slice(from, to);
	const excerpt = part.length > LONGEST_EXCERPT ? `${part.slice(0, LONGEST_EXCERPT)}…` : part;
	return `“${excerpt}” in the query: ${message}`;
}
