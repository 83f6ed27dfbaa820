import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { PhotoFilter } from '../../../engine/client';
import { filterFields, photoFilter } from '../../shared/filter';
import { perItem } from '../../shared/router';
import { asJson } from '../../shared/values';
import { readIndex } from './common';

export const countFields: INodeProperties[] = [filterFields({ operation: ['count'] })];

export const count = perItem<{ index: string; filter: PhotoFilter | undefined }>({
	read(this: IExecuteFunctions, itemIndex) {
		return {
			index: readIndex(this, itemIndex),
			filter: photoFilter(this.getNodeParameter('filters', itemIndex, {}) as IDataObject),
		};
	},

	async execute(run, { index, filter }) {
		const { count: photos } = await run.engine.countImages(index, { filter }, run.signal);
		return { json: asJson({ index, count: photos }) };
	},
});
