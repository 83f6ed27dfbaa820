import type { INodeProperties } from 'n8n-workflow';
import { optionalText } from '../../shared/values';
import type { Question } from '../common';

const showOnlyForText = { operation: ['text'] };

export const byTextFields: INodeProperties[] = [
	{
		displayName: 'Query',
		name: 'query',
		type: 'string',
		default: '',
		placeholder: 'e.g. Pat, Jack and a red car -night after:2023',
		hint: 'Commas join what must all be there. Also: "a phrase", -without, person:Pat, tag:beach, before:2024, year:2024, near:48.2,16.4,5km, path:, type:jpg, camera:canon, beach^2',
		description:
			'What the photos should show, in plain words, or in the query language (docs/query-language.md in the package). Leave it empty to list the photos that pass the filters.',
		displayOptions: { show: showOnlyForText },
	},
];

export const byText: Question = async function (itemIndex) {
	return { text: optionalText(this.getNodeParameter('query', itemIndex, '')) };
};
