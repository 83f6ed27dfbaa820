import { EngineError } from '../../errors';
import {
	type ExcludedPhotos,
	extensionsOf,
	FILE_TYPES,
	type MetadataCondition,
	type Near,
	type PhotoFilter,
} from '../../service/contract';

/** More conditions than anybody writes; each is looked at for every photo. */
const MAX_CONDITIONS = 64;
const MAX_NAMES = 10_000;
/** No key in a bucket is longer (S3). */
const MAX_PATH_LENGTH = 1_024;
/** Longer than any camera's name; each word is a condition, of which SQLite takes a thousand. */
const MAX_CAMERA_LENGTH = 200;

const METADATA_OPERATORS = ['=', '!=', '<', '<=', '>', '>=', 'in'] as const;

type Check = (field: string, value: unknown) => void;

const EXCLUDED = [
	'bucket',
	'path',
	'type',
	'taken_after',
	'taken_before',
	'camera',
	'near',
] as const;

const CHECKS: Record<keyof PhotoFilter, Check> = {
	...{ bucket: text, prefix: text, taken_after: text, taken_before: text },
	camera,
	...{ tags_all: eachOf, tags_any: texts, tags_none: texts },
	...{ people_all: eachOf, people_any: texts, people_none: texts },
	...{ near, has_people: trueOrFalse, metadata: conditions, none },
	path: (field, value) => oneOrMore(field, value, path),
	type: (field, value) => oneOrMore(field, value, type),
};

/**
 * Throws `BAD_REQUEST`, naming the field, for a filter that is not one. A condition that is misspelt
 * must not widen a search or a deletion in silence.
 */
export function checkFilter(filter: PhotoFilter): void {
	object('filter', filter);
	known('filter', filter, Object.keys(CHECKS));
	for (const [name, check] of Object.entries(CHECKS)) {
		const value: unknown = filter[name as keyof PhotoFilter];
		if (value !== undefined) check(`filter.${name}`, value);
	}
}

export function badFilter(field: string, says: string): EngineError {
	return new EngineError('BAD_REQUEST', `${field} ${says}.`, { field });
}

function text(field: string, value: unknown): asserts value is string {
	if (typeof value !== 'string') throw badFilter(field, 'must be a text');
}

/** Each is a condition of its own. */
function eachOf(field: string, value: unknown): void {
	texts(field, value, MAX_CONDITIONS);
}

function texts(field: string, value: unknown, max = MAX_NAMES): void {
	list(field, value, max);
	for (const [i, name] of value.entries()) text(`${field}[${i}]`, name);
}

function oneOrMore(field: string, value: unknown, check: Check): void {
	if (!Array.isArray(value)) return check(field, value);
	list(field, value, MAX_CONDITIONS);
	for (const [i, one] of value.entries()) check(`${field}[${i}]`, one);
}

function path(field: string, value: unknown): void {
	text(field, value);
	if (value.length > MAX_PATH_LENGTH) {
		throw badFilter(field, `has ${value.length} characters; ${MAX_PATH_LENGTH} are possible`);
	}
}

function camera(field: string, value: unknown): void {
	text(field, value);
	if (value.length > MAX_CAMERA_LENGTH) {
		throw badFilter(field, `has ${value.length} characters; ${MAX_CAMERA_LENGTH} are possible`);
	}
}

function type(field: string, value: unknown): void {
	text(field, value);
	if (!extensionsOf(value)) throw badFilter(field, `must be one of ${FILE_TYPES}`);
}

/** An entry without conditions would leave out every photo. */
function none(field: string, value: unknown): void {
	list(field, value, MAX_CONDITIONS);
	for (const [i, entry] of value.entries()) {
		const name = `${field}[${i}]`;
		object(name, entry);
		known(name, entry, [...EXCLUDED]);
		const excluded = entry as ExcludedPhotos;
		const given = EXCLUDED.filter((key) => excluded[key] !== undefined);
		if (given.length === 0) throw badFilter(name, 'must have a condition');
		for (const key of given) CHECKS[key](`${name}.${key}`, excluded[key]);
	}
}

function trueOrFalse(field: string, value: unknown): void {
	if (typeof value !== 'boolean') throw badFilter(field, 'must be true or false');
}

function list(field: string, value: unknown, max: number): asserts value is unknown[] {
	if (!Array.isArray(value)) throw badFilter(field, 'must be a list');
	if (value.length > max)
		throw badFilter(field, `has ${value.length} entries; ${max} are possible`);
}

function object(field: string, value: unknown): asserts value is object {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw badFilter(field, 'must be an object');
	}
}

function known(field: string, value: object, names: string[]): void {
	const unknown = Object.keys(value).find((name) => !names.includes(name));
	if (unknown !== undefined) throw badFilter(`${field}.${unknown}`, 'is no field of a filter');
}

function near(field: string, value: unknown): void {
	object(field, value);
	known(field, value, ['lat', 'lon', 'km']);
	const { lat, lon, km } = value as Partial<Near>;
	for (const [name, number, limit] of [
		['lat', lat, 90],
		['lon', lon, 180],
	] as const) {
		if (typeof number !== 'number' || !(Math.abs(number) <= limit)) {
			throw badFilter(`${field}.${name}`, `must be a number from -${limit} to ${limit}`);
		}
	}
	if (typeof km !== 'number' || !(km > 0)) {
		throw badFilter(`${field}.km`, 'must be a number above 0');
	}
}

function conditions(field: string, value: unknown): void {
	list(field, value, MAX_CONDITIONS);
	for (const [i, condition] of value.entries()) metadataCondition(`${field}[${i}]`, condition);
}

function metadataCondition(field: string, condition: unknown): void {
	object(field, condition);
	known(field, condition, ['field', 'op', 'value']);
	const { field: path, op, value } = condition as Partial<MetadataCondition>;
	text(`${field}.field`, path);
	if (path === '') throw badFilter(`${field}.field`, 'must name a field of the metadata');
	if (!METADATA_OPERATORS.includes(op!)) {
		throw badFilter(`${field}.op`, `must be one of ${METADATA_OPERATORS.join(' ')}`);
	}
	if (op === 'in') {
		list(`${field}.value`, value, MAX_NAMES);
		for (const [i, one] of value.entries()) {
			if (!isComparable(one)) throw badFilter(`${field}.value[${i}]`, 'must be a text or a number');
		}
		return;
	}
	const equality = op === '=' || op === '!=';
	if (isComparable(value) || (equality && (typeof value === 'boolean' || value === null))) return;
	const also = equality ? ', true, false or null' : '';
	throw badFilter(`${field}.value`, `must be a text or a number${also}`);
}

function isComparable(value: unknown): boolean {
	return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}
