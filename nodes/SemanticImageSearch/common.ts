import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { SearchRequest } from '../../engine/client';
import { photoFilter } from '../shared/filter';
import { optionalNumber, optionalText } from '../shared/values';
import type { Output } from './output';

/** What is asked for: the part of the request an operation contributes. */
export type Question = (
	this: IExecuteFunctions,
	itemIndex: number,
) => Promise<Pick<SearchRequest, 'text' | 'image' | 'image_path' | 'like'>>;

export interface Search {
	index: string;
	request: Omit<SearchRequest, 's3' | 'ollama'>;
	output: Output;
}

/** The parameters that every way of searching shares. */
export function readSearch(context: IExecuteFunctions, itemIndex: number): Search {
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const filters = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	return {
		index: context.getNodeParameter('index', itemIndex, '', { extractValue: true }) as string,
		output: (options.output as Output | undefined) ?? 'items',
		request: {
			limit: optionalNumber(context.getNodeParameter('limit', itemIndex, 50)),
			filter: photoFilter(filters),
			cursor: optionalText(options.cursor),
			min_relevance: optionalNumber(options.minRelevance),
			url_expires_in: optionalNumber(options.urlExpiry),
		},
	};
}

/** Words that narrow a search by picture: the engine weighs both. */
export function refiningText(context: IExecuteFunctions, itemIndex: number): string | undefined {
	return optionalText(context.getNodeParameter('refineText', itemIndex, ''));
}
