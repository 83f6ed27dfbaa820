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
			displayName: 'Explain',
			name: 'explain',
			type: 'boolean',
			default: false,
			description:
				'Whether to say how the query was understood, step by step, and how long each step took. It is part of the “one item” output.',
		},
		{
			displayName: 'Facets',
			name: 'facets',
			type: 'boolean',
			default: false,
			description:
				'Whether to count the people, tags and years of the relevant photos. They are part of the “one item” output.',
		},
		{
			displayName: 'Fold Near-Duplicates',
			name: 'foldDuplicates',
			type: 'boolean',
			default: true,
			description:
				'Whether to show nearly identical photos once, with the IDs of the others in duplicates',
		},
		{
			displayName: 'Like Photos',
			name: 'likePhotos',
			type: 'string',
			default: '',
			placeholder: 'e.g. photos/beach.jpg, photos/pier.jpg',
			description:
				'Comma-separated IDs of photos in the index that the results should be like, too; IDs with commas in them as an array',
		},
		{
			displayName: 'Minimum Relevance',
			name: 'minRelevance',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
			default: 0,
			description:
				'From 0 to 1, the probability that a photo is what was asked for; less relevant ones are left out',
		},
		{
			displayName: 'Only Relevant',
			name: 'onlyRelevant',
			type: 'boolean',
			default: true,
			description:
				'Whether to leave out photos that are more likely irrelevant than not: then nothing found is an answer',
		},
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{
					name: 'One Item for the Whole Answer',
					value: 'single',
					description:
						'One item with results, total, relevant, next_cursor, facets, hints and notes',
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
		{
			displayName: 'Sort',
			name: 'sort',
			type: 'options',
			options: [
				{
					name: 'Newest First',
					value: 'newest',
					description: 'The relevant photos by date, undated ones last',
				},
				{
					name: 'Oldest First',
					value: 'oldest',
					description: 'The relevant photos by date, undated ones last',
				},
				{ name: 'Relevance', value: 'relevance', description: 'The best match first' },
			],
			default: 'relevance',
			description: 'The order of the results',
		},
		{
			displayName: 'Weights',
			name: 'weights',
			type: 'fixedCollection',
			default: {},
			placeholder: 'Add Weights',
			description: 'How much the evidence of each channel counts, against 1',
			options: [
				{
					displayName: 'Channels',
					name: 'channels',
					values: [
						weight('Pictures', 'visual', 'what the photos show'),
						weight('Descriptions', 'text', 'what their descriptions mean'),
						weight('Words', 'keyword', 'the words in title, description, tags and names'),
					],
				},
			],
		},
		{
			displayName: 'Without',
			name: 'without',
			type: 'string',
			default: '',
			placeholder: 'e.g. people, at night',
			description:
				'Comma-separated: what must not be in the photos. The same as a minus before a word of the query.',
		},
	],
};

function weight(displayName: string, name: string, of: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 10, numberPrecision: 2 },
		default: 1,
		description: `From 0 (does not count) to 10: ${of}`,
	};
}
