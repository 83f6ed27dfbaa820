import type { INodeProperties } from 'n8n-workflow';
import { prefixField } from '../shared/fields';

const showOnlyForHeader = { authentication: ['header'] };
const showOnlyWithSecret = { authentication: ['bearer', 'b2', 'header'] };

export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: 'photos-changed',
		required: true,
		placeholder: 'e.g. photos-changed',
		description: 'The last part of the webhook’s URL',
	},
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Backblaze B2 Signature',
				value: 'b2',
				description: 'X-Bz-Event-Notification-Signature, made with the rule’s signing secret',
			},
			{
				name: 'Bearer Token',
				value: 'bearer',
				description: 'Authorization: Bearer …, as MinIO sends its auth_token',
			},
			{
				name: 'Header Secret',
				value: 'header',
				description: 'A header of your choice that carries the secret',
			},
			{
				name: 'None',
				value: 'none',
				description: 'Anyone who knows the URL can send events; they are checked in the bucket',
			},
		],
		default: 'none',
		description: 'How the sender proves itself',
	},
	{
		displayName:
			'The secret is the “Event secret” of the S3 credential. Events without it are answered with 401.',
		name: 'secretNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: showOnlyWithSecret },
	},
	{
		displayName: 'Header Name',
		name: 'headerName',
		type: 'string',
		default: 'X-Event-Secret',
		required: true,
		placeholder: 'e.g. X-Event-Secret',
		displayOptions: { show: showOnlyForHeader },
	},
	{
		displayName: 'Bucket',
		name: 'bucket',
		type: 'string',
		default: '',
		placeholder: 'e.g. photos',
		description: 'Only events of this bucket; leave empty for all',
	},
	prefixField(),
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{ name: 'Photo Added or Changed', value: 'created' },
			{ name: 'Photo Removed', value: 'removed' },
		],
		default: ['created', 'removed'],
		required: true,
		description: 'What starts the workflow',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Confirm SNS Subscriptions',
				name: 'confirmSubscriptions',
				type: 'boolean',
				default: true,
				description:
					'Whether to follow the confirmation link of AWS SNS. Only links to AWS itself are followed.',
			},
			{
				displayName: 'Images Only',
				name: 'imagesOnly',
				type: 'boolean',
				default: true,
				description: 'Whether to pass over keys that do not look like photos (.jpg, .png, …)',
			},
			{
				displayName: 'Verify Against Bucket',
				name: 'verifyAgainstBucket',
				type: 'boolean',
				default: true,
				description:
					'Whether to look up each object before the workflow starts, because events come twice, late and out of order. Needs the S3 credential.',
			},
		],
	},
];
