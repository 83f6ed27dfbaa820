import { UserError, type IDataObject } from 'n8n-workflow';
import type { Vector } from '../../engine/client';

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

const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * A vector given as an array, as its JSON text or as float32 values in base64; undefined when there
 * is none. It goes out in base64, which the engine takes in less than half the time that numbers
 * cost it.
 */
export function vector(value: unknown, label: string): Vector | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	if (typeof value === 'string' && BASE64.test(value)) return value;
	const list: unknown = typeof value === 'string' ? tryJson(value) : value;
	if (!Array.isArray(list)) throw new UserError(`${label} is not an array of numbers`);
	// What is no number is the engine's to name: it says where it stands.
	if (!list.every((number) => Number.isFinite(number))) return list;
	return toBase64(list as number[]);
}

/** A vector's float32 values: 4 KB at 768 dimensions, where its numbers as JSON take 16. */
export function toBase64(vector: number[]): string {
	return Buffer.from(Float32Array.from(vector).buffer).toString('base64');
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

/** On or off, as such or as what people and URLs write for it; undefined for anything else. */
export function optionalBoolean(value: unknown): boolean | undefined {
	const text = optionalText(value)?.toLowerCase() ?? '';
	if (['true', '1', 'yes', 'on'].includes(text)) return true;
	return ['false', '0', 'no', 'off'].includes(text) ? false : undefined;
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

/** IDs of photos, several as an array or in a comma list; those with commas in them as an array. */
export function photoIds(value: unknown): string[] {
	return (textList(value) ?? []).map(photoId);
}

/** A photo's ID; an S3 path stands for the default ID, bucket/key. */
export function photoId(value: unknown): string {
	const id = optionalText(value)?.replace(/^s3:\/\//, '');
	if (id === undefined) throw new UserError('The photo ID is empty');
	return id;
}

function tryJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Not JSON: the caller has its own sentence for that.
		return undefined;
	}
}
