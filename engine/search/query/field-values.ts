import { extensionsOf, FILE_TYPES, type ExcludedPhotos, type Near } from '../../service/contract';
import { periodOf } from './dates';
import type { Field } from './item';

const DEFAULT_KM = 5;
/** The international mile. */
const KM_PER_MILE = 1.609344;

/** No key in a bucket is longer (S3). */
const MAX_PATH_LENGTH = 1_024;
/** Longer than any camera's name. */
export const MAX_CAMERA_LENGTH = 200;

const NEAR = /^([+-]?[\d.]+) ?, ?([+-]?[\d.]+)(?: ?, ?([\d.]+) ?([a-z]*))?$/;
/** Kilometres. */
const UNITS = new Map([
	...['', 'km', 'kilometer', 'kilometers', 'kilometre', 'kilometres'].map(unit(1)),
	...['m', 'meter', 'meters', 'metre', 'metres'].map(unit(0.001)),
	...['mi', 'mile', 'miles'].map(unit(KM_PER_MILE)),
]);

/** What a field's value must be, with what would have worked. */
export const WANTS: Record<Field, string> = {
	person: 'a name: person:Pat or person:"Pat Miller"',
	tag: 'a tag: tag:beach or tag:"new year"',
	camera: 'words of make or model: camera:canon or camera:"EOS R5"',
	bucket: 'the name of a bucket: bucket:photos',
	path: 'a part of a path: path:2024/summer or path:"my holidays"',
	type: `a file type: ${FILE_TYPES}`,
	before: 'a date such as 2024 or 2024-05-31',
	after: 'a date such as 2024 or 2024-05-31',
	on: 'a date such as 2024 or 2024-05-31',
	year: 'a year such as 2024',
	near: 'latitude, longitude and a distance: near:48.2,16.4,5km',
	like: 'the id of a photo: like:photos/cat.jpg',
};

export type ConditionField = Exclude<Field, 'person' | 'tag' | 'like'>;

/** The condition that a field is; `undefined` if its value cannot be read. */
export function conditionOf(field: ConditionField, value: string): ExcludedPhotos | undefined {
	switch (field) {
		case 'camera':
			return value.length <= MAX_CAMERA_LENGTH ? { camera: value } : undefined;
		case 'bucket':
			return { bucket: value };
		case 'path':
			return value.length <= MAX_PATH_LENGTH ? { path: value } : undefined;
		case 'type':
			return typeOf(value);
		case 'near':
			return nearOf(value);
		default:
			return takenAt(field, value);
	}
}

function takenAt(
	field: 'before' | 'after' | 'on' | 'year',
	value: string,
): ExcludedPhotos | undefined {
	const period = periodOf(value.replace(/[.!?]+$/, ''));
	if (!period) return undefined;
	// Exclusive and inclusive of the same moment, so that the two divide all photos.
	if (field === 'before') return { taken_before: period.from };
	if (field === 'after') return { taken_after: period.from };
	return { taken_after: period.from, taken_before: period.to };
}

function typeOf(value: string): ExcludedPhotos | undefined {
	const types = value.split(',').filter((type) => type !== '');
	if (types.length === 0 || !types.every(extensionsOf)) return undefined;
	return { type: types.length === 1 ? types[0]! : types };
}

function nearOf(value: string): { near: Near } | undefined {
	const match = NEAR.exec(value.normalize('NFKC').toLowerCase());
	if (!match) return undefined;
	const [lat, lon] = [Number(match[1]), Number(match[2])];
	const km = match[3] === undefined ? DEFAULT_KM : Number(match[3]) * (UNITS.get(match[4]!) ?? NaN);
	const isPlace = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && km > 0;
	return isPlace ? { near: { lat, lon, km } } : undefined;
}

function unit(km: number) {
	return (name: string) => [name, km] as const;
}
