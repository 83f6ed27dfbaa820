import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Fields that more than one operation shows. `show` is a named visibility rule of the caller. */

export function indexField(show?: IDisplayOptions['show']): INodeProperties {
	return {
		displayName: 'Index',
		name: 'index',
		type: 'resourceLocator',
		default: { mode: 'list', value: 'photos', cachedResultName: 'photos' },
		required: true,
		description: 'The collection of photos. It comes into being with the first photo stored in it.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchIndexes', searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. photos',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^[a-z0-9_-]{1,64}$',
							errorMessage: 'Use 1–64 lower-case letters, digits, hyphens or underscores',
						},
					},
				],
			},
		],
		...(show && { displayOptions: { show } }),
	};
}

export function bucketField(show?: IDisplayOptions['show']): INodeProperties {
	return {
		displayName: 'Bucket',
		name: 'bucket',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The bucket that holds the photos',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchBuckets', searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. photos',
				hint: 'The way to go when the key may not list all buckets',
			},
		],
		...(show && { displayOptions: { show } }),
	};
}

export function modelField(show?: IDisplayOptions['show']): INodeProperties {
	return {
		displayName: 'Model',
		name: 'model',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description:
			'The SigLIP model. Leave it empty for the engine’s default. Photos and queries must use the same one.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchModels', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. siglip-base-patch16-512',
			},
		],
		...(show && { displayOptions: { show } }),
	};
}

export function prefixField(show?: IDisplayOptions['show']): INodeProperties {
	return {
		displayName: 'Prefix',
		name: 'prefix',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026/holidays/',
		description: 'Only objects whose key starts with this',
		...(show && { displayOptions: { show } }),
	};
}

export function binaryField(show: IDisplayOptions['show']): INodeProperties {
	return {
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the input field containing the image file',
		description: 'The picture is sent to the engine as it is and not kept there',
		displayOptions: { show },
	};
}

export function s3PathField(show: IDisplayOptions['show']): INodeProperties {
	return {
		displayName: 'S3 Path',
		name: 's3Path',
		type: 'string',
		default: '={{ $json.s3_path }}',
		required: true,
		placeholder: 'e.g. s3://photos/2026/beach.jpg',
		description:
			'The object, as s3://bucket/key or bucket/key. The engine reads it straight from the storage.',
		displayOptions: { show },
	};
}
