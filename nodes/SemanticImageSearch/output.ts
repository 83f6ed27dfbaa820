import type { IDataObject } from 'n8n-workflow';
import type { SearchResponse } from '../../engine/client';
import { asJson } from '../shared/values';

export type Output = 'items' | 'single';

/** One item per photo, or the whole page of results with its cursor and hints as one. */
export function answer(found: SearchResponse, output: Output): IDataObject | IDataObject[] {
	return output === 'single' ? asJson(found) : found.results.map(asJson);
}
