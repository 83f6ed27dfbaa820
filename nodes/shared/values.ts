import { UserError, type IDataObject } from 'n8n-workflow';
import type { PhotoFilter } from '../../engine/client';

/** The engine's answers are JSON already; only their TypeScript type is stricter than n8n's. */
export function asJson(value: object): IDataObject {
	return value as IDataObject;
}

/** A trimmed, non-empty string, or undefined. */
export function optionalText(value: unknown): string | undefined {
	if (value === null || value === undefined) return undefined;
	return String(value).trim() || undefined;
}

/** A list given as an array, a JSON array or comma-separated words. */
export function textList(value: unknown): string[] | undefined {
	const list = Array.isArray(value) ? value : splitText(optionalText(value));
	const words = list.map((entry) => String(entry).trim()).filter(Boolean);
	return words.length > 0 ? words : undefined;
}

function splitText(value: string | undefined): unknown[] {
	if (value === undefined) return [];
	if (value.startsWith('[')) {
		const parsed = tryJson(value);
		if (Array.isArray(parsed)) return parsed;
	}
	return value.split(/[,\n]/);
}

/** A vector given as an array or as its JSON text; undefined when there is none. */
export function vector(value: unknown, label: string): number[] | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const list = typeof value === 'string' ? tryJson(value) : value;
	// Each number is the engine's to check: it says which item is wrong, and why.
	if (Array.isArray(list)) return list as number[];
	throw new UserError(`${label} is not an array of numbers`);
}

/** An object given as such or as its JSON text. */
export function jsonObject(value: unknown, label: string): IDataObject | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const object = typeof value === 'string' ? tryJson(value) : value;
	if (typeof object === 'object' && object !== null && !Array.isArray(object)) {
		return object as IDataObject;
	}
	throw new UserError(`${label} is not a JSON object`);
}

export function optionalNumber(value: unknown): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const number = Number(value);
	return Number.isFinite(number) ? number : undefined;
}

/** A date in whatever form n8n hands it over (ISO text, Date, Luxon DateTime) as ISO text. */
export function isoDate(value: unknown): string | undefined {
	if (value instanceof Date) return value.toISOString();
	if (typeof value === 'object' && value !== null && 'toISO' in value) {
		return optionalText((value as { toISO(): string | null }).toISO());
	}
	return optionalText(value);
}

/**
 * `bucket/key` or `s3://bucket/key` as the second form. Keys are taken as they are: no decoding,
 * because `%20` and `+` are ordinary characters of a key.
 */
export function s3Path(value: unknown): string {
	const path = optionalText(value);
	if (path === undefined) {
		throw new UserError('The S3 path is empty: give it as s3://bucket/key');
	}
	const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(path)?.[1]?.toLowerCase();
	if (scheme !== undefined && scheme !== 's3') {
		throw new UserError(`“${scheme}://” is not an S3 path: give it as s3://bucket/key`);
	}
	const bare = scheme === undefined ? path.replace(/^\/+/, '') : path.slice('s3://'.length);
	if (!/^[^/]+\/./.test(bare)) {
		throw new UserError(`“${path}” has no key: give it as s3://bucket/key`);
	}
	return `s3://${bare}`;
}

/** A photo's ID; an S3 path stands for the default ID, bucket/key. */
export function photoId(value: unknown): string {
	const id = optionalText(value)?.replace(/^s3:\/\//, '');
	if (id === undefined) throw new UserError('The photo ID is empty');
	return id;
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

function tryJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Not JSON: the caller has its own sentence for that.
		return undefined;
	}
}
