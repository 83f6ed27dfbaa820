import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { PhotoFilter, StoredImage } from '../../../engine/client';
import { filterFields, photoFilter } from '../../shared/filter';
import { perItem } from '../../shared/router';
import { asJson, optionalNumber } from '../../shared/values';
import { readIndex } from './common';

const showOnlyForGetMany = { operation: ['getMany'] };
const showOnlyForLimited = { ...showOnlyForGetMany, returnAll: [false] };

/** The most that the engine puts on one page. */
const PHOTOS_PER_PAGE = 1_000;

export const getManyFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: { show: showOnlyForGetMany },
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: showOnlyForLimited },
	},
	filterFields(showOnlyForGetMany),
];

interface GetManyInput {
	index: string;
	filter: PhotoFilter | undefined;
	/** Infinity for all. */
	limit: number;
}

export const getMany = perItem<GetManyInput>({
	read(this: IExecuteFunctions, itemIndex) {
		const all = this.getNodeParameter('returnAll', itemIndex, false) as boolean;
		const limit = optionalNumber(this.getNodeParameter('limit', itemIndex, 50)) ?? 50;
		return {
			index: readIndex(this, itemIndex),
			filter: photoFilter(this.getNodeParameter('filters', itemIndex, {}) as IDataObject),
			limit: all ? Infinity : limit,
		};
	},

	async execute(run, { index, filter, limit }) {
		const photos: StoredImage[] = [];
		let cursor: string | undefined;
		do {
			const request = { filter, cursor, limit: Math.min(PHOTOS_PER_PAGE, limit - photos.length) };
			const page = await run.engine.listImages(index, request, run.signal);
			photos.push(...page.images);
			cursor = page.next_cursor ?? undefined;
		} while (cursor !== undefined && photos.length < limit);
		return { json: photos.map(asJson) };
	},
});
