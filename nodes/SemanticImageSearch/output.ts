import type { IDataObject } from 'n8n-workflow';
import type { SearchResponse, SearchResult } from '../../engine/client';
import { asJson } from '../shared/values';

export type Output = 'items' | 'simplified' | 'single';

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
	const { id, title, description, similarity, s3_path, url, tags, people, taken_at } = photo;
	return { id, title, description, similarity, s3_path, url, tags, people, taken_at };
}
