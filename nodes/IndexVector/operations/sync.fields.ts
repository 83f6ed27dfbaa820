import type { INodeProperties } from 'n8n-workflow';
import { bucketField, modelField, prefixField } from '../../shared/fields';

const showOnlyForSync = { operation: ['sync'] };

export const syncFields: INodeProperties[] = [
	bucketField(showOnlyForSync),
	prefixField(showOnlyForSync),
	modelField(showOnlyForSync),
	{
		displayName: 'Wait Until Done',
		name: 'wait',
		type: 'boolean',
		default: true,
		description:
			'Whether to wait for the job and output its result. Otherwise it goes on in the background and the output is its start.',
		displayOptions: { show: showOnlyForSync },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Allow Mass Deletion',
				name: 'force',
				type: 'boolean',
				default: false,
				description:
					'Whether to drop photos even when more than half of them seem gone, which usually means a wrong bucket or a failing storage',
			},
			{
				displayName: 'Drop Missing Photos',
				name: 'deleteMissing',
				type: 'boolean',
				default: true,
				description: 'Whether to remove photos from the index that are no longer in the bucket',
			},
		],
		displayOptions: { show: showOnlyForSync },
	},
];
