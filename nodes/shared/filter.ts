import type { IDataObject, IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { PhotoFilter } from '../../engine/client';
import { isoDate, optionalText, textList } from './values';

/** Conditions on stored photos; all that are given must hold. {@link photoFilter} reads them. */
export function filterFields(show: IDisplayOptions['show']): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description: 'Only photos that meet all of these',
		options: [
			{
				displayName: 'Bucket',
				name: 'bucket',
				type: 'string',
				default: '',
				placeholder: 'e.g. photos',
				description: 'Only photos of this bucket',
			},
			{
				displayName: 'Key Prefix',
				name: 'prefix',
				type: 'string',
				default: '',
				placeholder: 'e.g. 2026/holidays/',
				description: 'Only photos whose object key starts with this',
			},
			{
				displayName: 'People (All)',
				name: 'peopleAll',
				type: 'string',
				default: '',
				placeholder: 'e.g. Pat, Jack',
				description: 'Comma-separated names that must all be in the photo',
			},
			{
				displayName: 'People (Any)',
				name: 'peopleAny',
				type: 'string',
				default: '',
				placeholder: 'e.g. Pat, Jack',
				description: 'Comma-separated names of which one must be in the photo',
			},
			{
				displayName: 'Tags (All)',
				name: 'tagsAll',
				type: 'string',
				default: '',
				placeholder: 'e.g. beach, sunset',
				description: 'Comma-separated tags that the photo must all carry',
			},
			{
				displayName: 'Tags (Any)',
				name: 'tagsAny',
				type: 'string',
				default: '',
				placeholder: 'e.g. beach, sunset',
				description: 'Comma-separated tags of which the photo must carry one',
			},
			{
				displayName: 'Taken After',
				name: 'takenAfter',
				type: 'dateTime',
				default: '',
				description: 'Only photos taken at or after this moment',
			},
			{
				displayName: 'Taken Before',
				name: 'takenBefore',
				type: 'dateTime',
				default: '',
				description: 'Only photos taken before this moment',
			},
		],
		displayOptions: { show },
	};
}

/** The filter collection of the node as the engine's filter; undefined when nothing is set. */
export function photoFilter(fields: IDataObject): PhotoFilter | undefined {
	const filter: PhotoFilter = {
		bucket: optionalText(fields.bucket),
		prefix: optionalText(fields.prefix),
		taken_after: isoDate(fields.takenAfter),
		taken_before: isoDate(fields.takenBefore),
		tags_all: textList(fields.tagsAll),
		tags_any: textList(fields.tagsAny),
		people_all: textList(fields.peopleAll),
		people_any: textList(fields.peopleAny),
	};
	return Object.values(filter).some((value) => value !== undefined) ? filter : undefined;
}
