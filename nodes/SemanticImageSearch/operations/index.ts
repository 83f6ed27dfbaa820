import type { INodeProperties } from 'n8n-workflow';
import { indexField } from '../../shared/fields';
import { filterFields } from '../../shared/filter';
import { byImageFields } from './byImage';
import { byTextFields } from './byText';
import { optionFields } from './options';
import { refineField } from './refine';
import { similarFields } from './similar';

const showForAll = { operation: ['text', 'image', 'similar'] };

export const searchFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Find Similar',
				value: 'similar',
				action: 'Find similar photos',
				description: 'Photos like one that is in the index already',
			},
			{
				name: 'Search by Image',
				value: 'image',
				action: 'Search photos by image',
				description: 'Photos like a picture that need not be in the index',
			},
			{
				name: 'Search by Text',
				value: 'text',
				action: 'Search photos by text',
				description: 'Photos that show what the words say, or carry them',
			},
		],
		default: 'text',
	},
	indexField(),
	...byTextFields,
	...byImageFields,
	...similarFields,
	refineField,
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 200 },
		default: 50,
		description: 'Max number of results to return',
	},
	filterFields(showForAll),
	optionFields,
];
