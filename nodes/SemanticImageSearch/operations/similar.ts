import type { INodeProperties } from 'n8n-workflow';
import { photoId } from '../../shared/values';
import { refiningText, type Question } from '../common';

const showOnlyForSimilar = { operation: ['similar'] };

export const similarFields: INodeProperties[] = [
	{
		displayName: 'Photo ID',
		name: 'photoId',
		type: 'string',
		default: '={{ $json.id }}',
		required: true,
		placeholder: 'e.g. photos/2026/beach.jpg',
		description: 'The ID of a photo in the index, as search results carry it',
		displayOptions: { show: showOnlyForSimilar },
	},
];

export const similar: Question = async function (itemIndex) {
	return {
		like: photoId(this.getNodeParameter('photoId', itemIndex, '')),
		text: refiningText(this, itemIndex),
	};
};
