import type { INodeProperties } from 'n8n-workflow';
import { filterFields } from '../../shared/filter';
import { DEFAULT_ID } from './common';

const showOnlyForDelete = { operation: ['delete'] };
const showOnlyForDeleteByIds = { operation: ['delete'], deleteBy: ['ids'] };
const showOnlyForDeleteByFilter = { operation: ['delete'], deleteBy: ['filter'] };
const showOnlyForDeleteIfMissing = { ...showOnlyForDeleteByIds, onlyIfMissing: [true] };

export const deleteFields: INodeProperties[] = [
	{
		displayName: 'Delete By',
		name: 'deleteBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Filter', value: 'filter', description: 'Every photo that meets the conditions' },
			{ name: 'Photo ID', value: 'ids', description: 'The photo each input item names' },
		],
		default: 'ids',
		displayOptions: { show: showOnlyForDelete },
	},
	{
		displayName: 'Photo ID',
		name: 'id',
		type: 'string',
		default: DEFAULT_ID,
		required: true,
		placeholder: 'e.g. photos/2026/beach.jpg',
		description: 'The ID, bucket/key by default; an S3 path works too',
		displayOptions: { show: showOnlyForDeleteByIds },
	},
	{
		displayName: 'Only if Missing in the Bucket',
		name: 'onlyIfMissing',
		type: 'boolean',
		default: false,
		description:
			'Whether to look into the bucket first and keep photos whose file is still there. Bucket events come late, twice and out of order.',
		displayOptions: { show: showOnlyForDeleteByIds },
	},
	{
		displayName: 'S3 Path',
		name: 's3Path',
		type: 'string',
		default: '={{ $json.s3_path }}',
		required: true,
		placeholder: 'e.g. s3://photos/2026/beach.jpg',
		description: 'The file to look for',
		displayOptions: { show: showOnlyForDeleteIfMissing },
	},
	filterFields(showOnlyForDeleteByFilter),
];
