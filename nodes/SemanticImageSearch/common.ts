import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { SearchRequest, Sort } from '../../engine/client';
import { photoFilter } from '../shared/filter';
import {
	optionalBoolean,
	optionalNumber,
	optionalText,
	photoIds,
	textList,
} from '../shared/values';
import type { Output } from './output';

/** What is asked for: the part of the request an operation contributes. */
export interface Asked {
	text?: string;
	/** Bytes of pictures, base64. */
	image?: string[];
	image_path?: string[];
	like?: string[];
}

export type Question = (this: IExecuteFunctions, itemIndex: number) => Promise<Asked>;

export interface Search {
	index: string;
	request: Omit<SearchRequest, 's3' | 'ollama'> & { like?: string[] };
	output: Output;
}

/** The parameters that every way of searching shares. */
export function readSearch(context: IExecuteFunctions, itemIndex: number): Search {
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const filters = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const like = photoIds(options.likePhotos);
	return {
		index: context.getNodeParameter('index', itemIndex, '', { extractValue: true }) as string,
		output: (options.output as Output | undefined) ?? 'items',
		request: {
			without: textList(options.without),
			like: like.length > 0 ? like : undefined,
			filter: photoFilter(filters),
			limit: optionalNumber(context.getNodeParameter('limit', itemIndex, 50)),
			cursor: optionalText(options.cursor),
			min_relevance: optionalNumber(options.minRelevance),
			only_relevant: optionalBoolean(options.onlyRelevant),
			sort: optionalText(options.sort) as Sort | undefined,
			facets: optionalBoolean(options.facets),
			fold_duplicates: optionalBoolean(options.foldDuplicates),
			weights: weights(options.weights as IDataObject | undefined),
			explain: optionalBoolean(options.explain),
			url_expires_in: optionalNumber(options.urlExpiry),
		},
	};
}

/** Words that narrow a search by picture: the engine weighs both. */
export function refiningText(context: IExecuteFunctions, itemIndex: number): string | undefined {
	return optionalText(context.getNodeParameter('refineText', itemIndex, ''));
}

/** The question of an operation joined with what the options add to it. */
export function joined({ like: more = [], ...request }: Search['request'], asked: Asked) {
	const like = [...new Set([...(asked.like ?? []), ...more])];
	return { ...request, ...asked, like: like.length > 0 ? like : undefined };
}

function weights(given: IDataObject | undefined): SearchRequest['weights'] {
	const { visual, text, keyword } = (given?.channels ?? {}) as IDataObject;
	const read = {
		visual: optionalNumber(visual),
		text: optionalNumber(text),
		keyword: optionalNumber(keyword),
	};
	return Object.values(read).some((weight) => weight !== undefined) ? read : undefined;
}
