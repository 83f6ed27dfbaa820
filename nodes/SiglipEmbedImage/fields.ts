import type { INodeProperties } from 'n8n-workflow';
import { binaryField, modelField, s3PathField } from '../shared/fields';

const showOnlyForBinary = { source: ['binary'] };
const showOnlyForS3 = { source: ['s3'] };
const showOnlyForText = { source: ['text'] };

export const embedFields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Binary File',
				value: 'binary',
				description: 'A picture in a binary field of the input item',
			},
			{
				name: 'S3 Object',
				value: 's3',
				description: 'A picture in a bucket, read by the engine without passing through n8n',
			},
			{
				name: 'Text',
				value: 'text',
				description: 'Words, to be compared with pictures',
			},
		],
		default: 's3',
	},
	binaryField(showOnlyForBinary),
	s3PathField(showOnlyForS3),
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		required: true,
		placeholder: 'e.g. a red car on a beach at sunset',
		description: 'What the model’s text tower encodes; it reads about the first 60 words',
		displayOptions: { show: showOnlyForText },
	},
	modelField(),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Include Input Fields',
				name: 'includeInputFields',
				type: 'boolean',
				default: false,
				description:
					'Whether to keep the fields of the input item beside the embedding, which wins where names meet',
			},
			{
				displayName: 'Vector Format',
				name: 'vectorFormat',
				type: 'options',
				options: [
					{
						name: 'Array of Numbers',
						value: 'numbers',
						description: 'What other nodes and your own code understand',
					},
					{
						name: 'Base64',
						value: 'base64',
						description:
							'A quarter of the size in every saved execution: float32 values, which Index Vector takes as they are',
					},
				],
				default: 'numbers',
				description: 'The form of the field “embedding”',
			},
		],
	},
];
