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
		description:
			'The ID of a photo in the index, as search results carry it. More of them: an array here, or the option Like Photos.',
		displayOptions: { show: showOnlyForSimilar },
	},
];

export const similar: Question = async function (itemIndex) {
	const ids: unknown[] = [this.getNodeParameter('photoId', itemIndex, '')].flat();
	return {
		like: ids.map(photoId),
		text: refiningText(this, itemIndex),
	};
};
