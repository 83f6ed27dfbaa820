import type { INodeProperties } from 'n8n-workflow';

/** S3 signatures are valid for seven days at most. */
const LONGEST_EXPIRY_S = 604_800;

export const optionFields: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Cursor',
			name: 'cursor',
			type: 'string',
			default: '',
			description:
				'The next_cursor of the previous page, to go on where it ended. It is part of the “one item” output.',
		},
		{
			displayName: 'Minimum Similarity',
			name: 'minSimilarity',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
			default: 0,
			description: 'From 0 to 1; weaker results are left out',
		},
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{
					name: 'One Item for the Whole Answer',
					value: 'single',
					description: 'One item with results, hints, total, next_cursor and took_ms',
				},
				{
					name: 'One Item per Photo',
					value: 'items',
					description: 'Ready for the next node; hints appear above the output',
				},
				{
					name: 'Simplified',
					value: 'simplified',
					description:
						'One item per photo with the fields people ask for. Recommended where an AI agent uses this node as a tool: it reads less.',
				},
			],
			default: 'items',
			description: 'The form of the output',
		},
		{
			displayName: 'Presigned URL Expiry',
			name: 'urlExpiry',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: LONGEST_EXPIRY_S },
			default: 3600,
			description:
				'Seconds that the links to the photos stay valid, at most 7 days. Links need the S3 credential.',
		},
	],
};
