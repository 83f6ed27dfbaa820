import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ImageInput, PhotoFacts } from '../../../engine/client';
import {
	isoDate,
	jsonObject,
	optionalNumber,
	optionalText,
	textList,
	vector,
} from '../../shared/values';

/** What can be said of a photo by hand, sorted as n8n wants it. */
export const factOptions: INodeProperties[] = [
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Pat and Jack beside a red car',
		description: 'A caption; searched by its meaning and its words',
	},
	{
		displayName: 'Metadata',
		name: 'metadata',
		type: 'json',
		default: '{}',
		description: 'Anything else to return with the photo, as a JSON object',
	},
	{
		displayName: 'People',
		name: 'people',
		type: 'string',
		default: '',
		placeholder: 'e.g. Pat, Jack',
		description: 'Comma-separated names, or an array by expression',
	},
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		default: '',
		placeholder: 'e.g. beach, sunset',
		description: 'Comma-separated tags, or an array by expression',
	},
	{
		displayName: 'Taken At',
		name: 'takenAt',
		type: 'dateTime',
		default: '',
		description: 'When the photo was taken',
	},
	{
		displayName: 'Text Model',
		name: 'textModel',
		type: 'string',
		default: '',
		placeholder: 'e.g. nomic-embed-text',
		description: 'The model the text vector came from',
	},
	{
		displayName: 'Text Vector',
		name: 'textEmbedding',
		type: 'string',
		default: '',
		description:
			'A vector of the photo’s words made elsewhere. Without it the engine asks Ollama, if its credential is chosen.',
	},
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		placeholder: 'e.g. Beach at sunset',
		description: 'Shown with the result and searched by its words',
	},
];

/** {@link factOptions} as they were filled in. */
export function chosenFacts(fields: IDataObject): Partial<ImageInput> {
	return defined({
		title: optionalText(fields.title),
		description: optionalText(fields.description),
		tags: textList(fields.tags),
		people: textList(fields.people),
		taken_at: isoDate(fields.takenAt),
		metadata: jsonObject(fields.metadata, 'Metadata'),
		text_embedding: vector(fields.textEmbedding, 'The text vector'),
		text_model: optionalText(fields.textModel),
	});
}

/** The fields of an item that mean the same to the index; others of the same name are left alone. */
export function inputFacts(json: IDataObject): PhotoFacts {
	return defined({
		etag: optionalText(json.etag),
		size: optionalNumber(json.size),
		width: optionalNumber(json.width),
		height: optionalNumber(json.height),
		title: optionalText(json.title),
		description: optionalText(json.description),
		tags: Array.isArray(json.tags) ? textList(json.tags) : undefined,
		people: Array.isArray(json.people) ? textList(json.people) : undefined,
		taken_at: isoDate(json.taken_at),
		lat: optionalNumber(json.lat),
		lon: optionalNumber(json.lon),
		metadata: typeof json.metadata === 'object' ? jsonObject(json.metadata, 'metadata') : undefined,
	});
}

/** Without the keys that are undefined, which would otherwise overwrite when spread. */
function defined<T extends object>(fields: T): T {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
