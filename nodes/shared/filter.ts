import {
	UserError,
	type IDataObject,
	type IDisplayOptions,
	type INodeProperties,
} from 'n8n-workflow';
import type { MetadataCondition, Near, PhotoFilter } from '../../engine/client';
import { isoDate, optionalBoolean, optionalNumber, optionalText, textList } from './values';

/** The engine's signs by the node's names for them: n8n takes a value that begins with = for an expression. */
const OPERATORS: Record<string, MetadataCondition['op']> = {
	...{ eq: '=', ne: '!=', in: 'in' },
	...{ gt: '>', gte: '>=', lt: '<', lte: '<=' },
};

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
				displayName: 'Camera',
				name: 'camera',
				type: 'string',
				default: '',
				placeholder: 'e.g. canon r5',
				description: 'Words of the camera’s make and model, all of which must fit',
			},
			{
				displayName: 'File Type',
				name: 'type',
				type: 'string',
				default: '',
				placeholder: 'e.g. jpg, heic',
				description: 'Comma-separated file types of which the photo has one, by its extension',
			},
			{
				displayName: 'Has People',
				name: 'hasPeople',
				type: 'boolean',
				default: true,
				description: 'Whether anybody is named on the photo; off: only photos that name nobody',
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
				displayName: 'Metadata',
				name: 'metadata',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				placeholder: 'Add Condition',
				description: 'Conditions on the free metadata of a photo',
				options: [
					{
						displayName: 'Condition',
						name: 'conditions',
						values: [
							{
								displayName: 'Field',
								name: 'field',
								type: 'string',
								default: '',
								placeholder: 'e.g. rating',
								description: 'Name of the metadata field; a dot leads into an object: camera.model',
							},
							{
								displayName: 'Operator',
								name: 'op',
								type: 'options',
								options: [
									{ name: 'Equals', value: 'eq' },
									{ name: 'Greater or Equal', value: 'gte' },
									{ name: 'Greater Than', value: 'gt' },
									{ name: 'Is Absent', value: 'absent' },
									{ name: 'Is One Of', value: 'in' },
									{ name: 'Is Present', value: 'present' },
									{ name: 'Less or Equal', value: 'lte' },
									{ name: 'Less Than', value: 'lt' },
									{ name: 'Not Equal', value: 'ne' },
								],
								default: 'eq',
							},
							{
								displayName: 'Value',
								name: 'value',
								type: 'string',
								default: '',
								placeholder: 'e.g. 5',
								description:
									'Numbers, true and false are compared as such; in quotes, "5" is a text. For “Is One Of” separate values by commas.',
								displayOptions: { hide: { op: ['absent', 'present'] } },
							},
						],
					},
				],
			},
			{
				displayName: 'Path',
				name: 'path',
				type: 'string',
				default: '',
				placeholder: 'e.g. holidays/*.jpg',
				description:
					'A part of the object key, upper or lower case; * stands for anything. Of an array every part must be in it.',
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
				displayName: 'People (None)',
				name: 'peopleNone',
				type: 'string',
				default: '',
				placeholder: 'e.g. Pat, Jack',
				description: 'Comma-separated names of which none may be in the photo',
			},
			{
				displayName: 'Place',
				name: 'near',
				type: 'fixedCollection',
				default: {},
				placeholder: 'Add Place',
				description: 'Only photos taken within a radius of a place',
				options: [
					{
						displayName: 'Place',
						name: 'place',
						values: [
							{
								displayName: 'Latitude',
								name: 'lat',
								type: 'number',
								typeOptions: { minValue: -90, maxValue: 90, numberPrecision: 6 },
								default: 0,
								placeholder: 'e.g. 47.3769',
								description: 'Degrees, south is negative',
							},
							{
								displayName: 'Longitude',
								name: 'lon',
								type: 'number',
								typeOptions: { minValue: -180, maxValue: 180, numberPrecision: 6 },
								default: 0,
								placeholder: 'e.g. 8.5417',
								description: 'Degrees, west is negative',
							},
							{
								displayName: 'Radius in Kilometres',
								name: 'km',
								type: 'number',
								typeOptions: { minValue: 0, numberPrecision: 3 },
								default: 10,
							},
						],
					},
				],
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
				displayName: 'Tags (None)',
				name: 'tagsNone',
				type: 'string',
				default: '',
				placeholder: 'e.g. screenshot, blurred',
				description: 'Comma-separated tags of which the photo may carry none',
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
		path: pathParts(fields.path),
		type: textList(fields.type),
		taken_after: isoDate(fields.takenAfter),
		taken_before: isoDate(fields.takenBefore),
		tags_all: textList(fields.tagsAll),
		tags_any: textList(fields.tagsAny),
		tags_none: textList(fields.tagsNone),
		people_all: textList(fields.peopleAll),
		people_any: textList(fields.peopleAny),
		people_none: textList(fields.peopleNone),
		has_people: optionalBoolean(fields.hasPeople),
		camera: optionalText(fields.camera),
		near: place(fields.near as IDataObject | undefined),
		metadata: metadataConditions(fields.metadata as IDataObject | undefined),
	};
	return Object.values(filter).some((value) => value !== undefined) ? filter : undefined;
}

/** Keys may hold commas: only an array is several parts. */
function pathParts(value: unknown): string | string[] | undefined {
	return Array.isArray(value) ? textList(value) : optionalText(value);
}

function place(near: IDataObject | undefined): Near | undefined {
	const chosen = near?.place as IDataObject | undefined;
	if (!chosen) return undefined;
	const [lat, lon, km] = [chosen.lat, chosen.lon, chosen.km].map(optionalNumber);
	// Left out, the filter would find photos of the whole world.
	if (lat === undefined || lon === undefined || km === undefined) {
		throw new UserError('The place needs latitude, longitude and radius as numbers');
	}
	return { lat, lon, km };
}

function metadataConditions(metadata: IDataObject | undefined): MetadataCondition[] | undefined {
	const conditions = (metadata?.conditions ?? []) as IDataObject[];
	return conditions.length > 0 ? conditions.map(metadataCondition) : undefined;
}

function metadataCondition({ field: name, op: chosen, value }: IDataObject): MetadataCondition {
	const field = optionalText(name);
	if (field === undefined) throw new UserError('A metadata condition has no field');
	if (chosen === 'absent') return { field, op: '=', value: null };
	if (chosen === 'present') return { field, op: '!=', value: null };
	// Left out, or compared with nothing, it would find other photos than were meant.
	if (optionalText(value) === undefined) {
		throw new UserError(`The metadata condition on “${field}” has no value`);
	}
	const op = OPERATORS[String(chosen ?? 'eq')];
	if (!op) throw new UserError(`The metadata condition on “${field}” has no operator`);
	if (op === 'in') return { field, op, value: (textList(value) ?? []).map(numberOrText) };
	return { field, op, value: plainValue(value) };
}

/** What a person types for a truth, a number or a text; an expression may give it as it is. */
function plainValue(value: unknown): string | number | boolean {
	const text = String(value).trim();
	return text === 'true' || text === 'false' ? text === 'true' : numberOrText(text);
}

function numberOrText(typed: string | number): string | number {
	const text = String(typed).trim();
	if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
	return /^".*"$/s.test(text) ? text.slice(1, -1) : text;
}
