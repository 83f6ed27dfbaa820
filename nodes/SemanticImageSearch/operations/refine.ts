import type { INodeProperties } from 'n8n-workflow';

const showOnlyForPictures = { operation: ['image', 'similar'] };

export const refineField: INodeProperties = {
	displayName: 'Refine With Text',
	name: 'refineText',
	type: 'string',
	default: '',
	placeholder: 'e.g. but at night -people',
	description:
		'Words that count beside the picture, or a query as in Search by Text; leave empty to go by the picture alone',
	displayOptions: { show: showOnlyForPictures },
};
