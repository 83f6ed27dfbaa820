import {
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import type { Operation } from '../../shared/router';
import { photoId } from '../../shared/values';
import { DEFAULT_ID, readIndex } from './common';
import { chosenFacts, factOptions } from './photoFacts';
import { PHOTOS_PER_REQUEST, writePhotos, type PhotoToWrite } from './write';

const showOnlyForUpdate = { operation: ['update'] };

export const updateFields: INodeProperties[] = [
	{
		displayName: 'Photo ID',
		name: 'id',
		type: 'string',
		default: DEFAULT_ID,
		required: true,
		placeholder: 'e.g. photos/2026/beach.jpg',
		description: 'The ID, bucket/key by default; an S3 path works too',
		displayOptions: { show: showOnlyForUpdate },
	},
	{
		displayName: 'Fields to Set',
		name: 'fields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description: 'Fields that are not added here stay as they are, and so do the vectors',
		options: factOptions,
		displayOptions: { show: showOnlyForUpdate },
	},
	{
		displayName: 'Fields to Clear',
		name: 'clear',
		type: 'multiOptions',
		options: [
			{ name: 'Description', value: 'description' },
			{ name: 'Metadata', value: 'metadata' },
			{ name: 'People', value: 'people' },
			{ name: 'Place', value: 'place' },
			{ name: 'Tags', value: 'tags' },
			{ name: 'Taken At', value: 'taken_at' },
			{ name: 'Title', value: 'title' },
		],
		default: [],
		description: 'What to remove from the photo. An empty field to set removes nothing.',
		displayOptions: { show: showOnlyForUpdate },
	},
];

export const update: Operation<PhotoToWrite> = {
	batchSize: PHOTOS_PER_REQUEST,

	read(this: IExecuteFunctions, itemIndex) {
		const set = chosenFacts(this.getNodeParameter('fields', itemIndex, {}) as IDataObject);
		const clear = this.getNodeParameter('clear', itemIndex, []) as string[];
		const names = clear.flatMap((name) => (name === 'place' ? ['lat', 'lon'] : [name]));
		if (Object.keys(set).length === 0 && names.length === 0) {
			throw new UserError('There is nothing to change: set or clear at least one field');
		}
		return {
			index: readIndex(this, itemIndex),
			image: {
				...Object.fromEntries(names.map((name) => [name, null])),
				...set,
				id: photoId(this.getNodeParameter('id', itemIndex, '')),
			},
		};
	},

	batchKey: ({ index }) => index,

	async execute(run, batch) {
		return await writePhotos(run, batch, (...request) => run.engine.update(...request));
	},
};
