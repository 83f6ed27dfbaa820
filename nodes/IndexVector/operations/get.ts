import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { perItem } from '../../shared/router';
import { asJson, photoId } from '../../shared/values';
import { DEFAULT_ID, readIndex } from './common';

const showOnlyForGet = { operation: ['get'] };

export const getFields: INodeProperties[] = [
	{
		displayName: 'Photo ID',
		name: 'id',
		type: 'string',
		default: DEFAULT_ID,
		required: true,
		placeholder: 'e.g. photos/2026/beach.jpg',
		description: 'The ID, bucket/key by default; an S3 path works too',
		displayOptions: { show: showOnlyForGet },
	},
];

export const get = perItem<{ index: string; id: string }>({
	read(this: IExecuteFunctions, itemIndex) {
		return {
			index: readIndex(this, itemIndex),
			id: photoId(this.getNodeParameter('id', itemIndex, '')),
		};
	},

	async execute(run, { index, id }) {
		return { json: asJson(await run.engine.getImage(index, id, run.signal)) };
	},
});
