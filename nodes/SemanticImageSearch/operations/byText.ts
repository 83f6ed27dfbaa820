import type { INodeProperties } from 'n8n-workflow';
import type { Question } from '../common';

const showOnlyForText = { operation: ['text'] };

export const byTextFields: INodeProperties[] = [
	{
		displayName: 'Query',
		name: 'query',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Pat and Jack beside a red car',
		description:
			'What the photos should show, in plain words. Names of people, tags and file names are understood too.',
		displayOptions: { show: showOnlyForText },
	},
];

export const byText: Question = async function (itemIndex) {
	return { text: String(this.getNodeParameter('query', itemIndex, '') ?? '') };
};
