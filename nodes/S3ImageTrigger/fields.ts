import type { INodeProperties } from 'n8n-workflow';
import { bucketField, prefixField } from '../shared/fields';

export const triggerFields: INodeProperties[] = [
	bucketField(),
	prefixField(),
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{ name: 'Photo Added', value: 'created', description: 'A new key' },
			{ name: 'Photo Changed', value: 'updated', description: 'A known key with new content' },
			{ name: 'Photo Removed', value: 'removed', description: 'A known key that is gone' },
		],
		default: ['created', 'updated', 'removed'],
		required: true,
		description: 'What starts the workflow',
	},
	{
		displayName: 'Existing Photos',
		name: 'existing',
		type: 'options',
		options: [
			{
				name: 'Report',
				value: 'report',
				description: 'The photos that are there when the workflow is published count as added',
			},
			{
				name: 'Skip',
				value: 'skip',
				description: 'Only what changes from now on is reported',
			},
		],
		default: 'report',
		description: 'What happens at the first look into the bucket',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Already in Index',
				name: 'indexedIn',
				type: 'string',
				default: '',
				placeholder: 'e.g. photos',
				description:
					'Name of an index. Photos that it holds in their present version are not reported, so that nothing is embedded twice.',
			},
			{
				displayName: 'Batch Size',
				name: 'batchSize',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 1000 },
				default: 100,
				description:
					'Max number of changes per execution. The rest follows at the next poll, so that a large backlog never becomes one huge execution.',
			},
		],
	},
];
