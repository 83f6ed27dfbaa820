import type { INodeProperties } from 'n8n-workflow';
import { indexField } from '../../shared/fields';
import { changeModelFields } from './changeModel';
import { countFields } from './count';
import { deleteFields } from './delete.fields';
import { getFields } from './get';
import { getManyFields } from './getMany';
import { syncFields } from './sync.fields';
import { updateFields } from './update';
import { upsertFields } from './upsert.fields';

export const indexFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Change Model',
				value: 'changeModel',
				action: 'Change the model of an index',
				description: 'Build vectors of another model beside the old ones, switch, go back, drop',
			},
			{
				name: 'Count',
				value: 'count',
				action: 'Count photos',
				description: 'Count the photos that meet conditions',
			},
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
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many photos',
				description: 'List what is stored about the photos that meet conditions',
			},
			{
				name: 'Get Stats',
				value: 'stats',
				action: 'Get stats of an index',
				description: 'Show what an index holds: photos, vectors, models, memory and disk',
			},
			{
				name: 'Sync Bucket',
				value: 'sync',
				action: 'Sync a bucket',
				description: 'Compare a whole bucket with the index: embed what is new, drop what is gone',
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update photos',
				description: 'Change some fields of photos that are in the index, and no others',
			},
		],
		default: 'upsert',
	},
	indexField(),
	...upsertFields,
	...updateFields,
	...deleteFields,
	...getFields,
	...getManyFields,
	...countFields,
	...syncFields,
	...changeModelFields,
];
