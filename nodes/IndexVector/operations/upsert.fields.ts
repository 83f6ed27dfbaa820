import type { INodeProperties } from 'n8n-workflow';
import { factOptions } from './photoFacts';

const showOnlyForUpsert = { operation: ['upsert'] };

export const upsertFields: INodeProperties[] = [
	{
		displayName: 'Photo ID',
		name: 'id',
		type: 'string',
		default: '={{ $json.id }}',
		placeholder: 'e.g. photos/2026/beach.jpg',
		description: 'What the photo is found, updated and deleted by. Left empty, it is bucket/key.',
		displayOptions: { show: showOnlyForUpsert },
	},
	{
		displayName: 'S3 Path',
		name: 's3Path',
		type: 'string',
		default: '={{ $json.s3_path }}',
		placeholder: 'e.g. s3://photos/2026/beach.jpg',
		description: 'Where the photo lies; search results link to it. Needed when there is no ID.',
		displayOptions: { show: showOnlyForUpsert },
	},
	{
		displayName: 'Image Vector',
		name: 'embedding',
		type: 'string',
		default: '={{ $json.embedding }}',
		description:
			'The embedding of SigLIP Embed Image. Left empty, only the other fields are updated.',
		displayOptions: { show: showOnlyForUpsert },
	},
	{
		displayName: 'Image Model',
		name: 'model',
		type: 'string',
		default: '={{ $json.model }}',
		placeholder: 'e.g. siglip-base-patch16-512',
		description: 'The model the image vector came from; only vectors of one model are comparable',
		displayOptions: { show: showOnlyForUpsert },
	},
	{
		displayName: 'Take Photo Facts From Input',
		name: 'useInputFacts',
		type: 'boolean',
		default: true,
		description:
			'Whether to store title, description, tags, people, taken_at, lat, lon, width, height, etag, size and metadata when the input item has fields of these names',
		displayOptions: { show: showOnlyForUpsert },
	},
	{
		displayName: 'Fields to Set',
		name: 'fields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description: 'These win over the facts of the input item',
		options: factOptions,
		displayOptions: { show: showOnlyForUpsert },
	},
];
