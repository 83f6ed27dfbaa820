import type { INodeProperties } from 'n8n-workflow';
import { indexField } from '../../shared/fields';
import { deleteFields } from './delete.fields';
import { getFields } from './get';
import { syncFields } from './sync.fields';
import { upsertFields } from './upsert.fields';

export const indexFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Create or Update',
				value: 'upsert',
				action: 'Create or update photos',
				description: 'Create a new record, or update the current one if it already exists (upsert)',
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete photos from the index',
				description: 'Remove photos from the index; the files in the bucket stay',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get a photo',
				description: 'Look up what is stored about a photo',
			},
			{
				name: 'Get Stats',
				value: 'stats',
				action: 'Get stats of an index',
				description: 'Count photos and vectors and show which models they came from',
			},
			{
				name: 'Sync Bucket',
				value: 'sync',
				action: 'Sync a bucket',
				description: 'Compare a whole bucket with the index: embed what is new, drop what is gone',
			},
		],
		default: 'upsert',
	},
	indexField(),
	...upsertFields,
	...deleteFields,
	...getFields,
	...syncFields,
];
