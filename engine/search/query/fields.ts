import { extensionsOf, FILE_TYPES, type Near, type PhotoFilter } from '../../service/contract';
import { periodOf } from './dates';
import { gapOf, type Item } from './item';
import type { Notes } from './notes';
import type { Query } from './query';

/** As many as no person types; each is looked at for every photo. */
const MAX_PATHS = 16;
/** No key in a bucket is longer (S3). */
const MAX_PATH_LENGTH = 1_024;
/** Longer than any camera's name. */
const MAX_CAMERA_LENGTH = 200;

const DEFAULT_KM = 5;
/** The international mile. */
const KM_PER_MILE = 1.609344;

const NEAR = /^([+-]?[\d.]+) ?, ?([+-]?[\d.]+)(?: ?, ?([\d.]+) ?([a-z]*))?$/;
/** Kilometres. */
const UNITS = new Map([
	...['', 'km', 'kilometer', 'kilometers', 'kilometre', 'kilometres'].map(unit(1)),
	...['m', 'meter', 'meters', 'metre', 'metres'].map(unit(0.001)),
	...['mi', 'mile', 'miles'].map(unit(KM_PER_MILE)),
]);

/** Says what would have worked. */
const WANTS = {
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

type Read = Pick<Query, 'labels' | 'filter' | 'like'>;

/**
 * Reads the fields. They become gaps; those whose value cannot be read become words.
 *
 * @returns `items` without fields, and what the fields say
 */
export function readFields(items: Item[], notes: Notes): Read & { items: Item[] } {
	const fields = new Fields(notes);
	const rest = items.flatMap((item) => (item.kind === 'field' ? fields.read(item) : [item]));
	return { items: rest, labels: fields.labels, filter: fields.filter, like: fields.like };
}

class Fields implements Read {
	readonly labels: Query['labels'] = [];
	readonly filter: PhotoFilter = {};
	readonly like: Query['like'] = [];
	readonly #notes: Notes;

	constructor(notes: Notes) {
		this.#notes = notes;
	}

	/** The item that takes the field's place: a gap, or the words it is if it cannot be read. */
	read(item: Item): Item[] {
		const { is } = item.field!;
		if (item.weight !== undefined && is !== 'like') {
			this.#notes.add(`${is}: holds or does not; its weight was left out.`, item);
		}
		if (this.#understood(item)) return [gapOf(item)];
		this.#notes.add(`${is}: wants ${WANTS[is]}. Read as words.`, item);
		// Nobody looks for photos that do not say "before soon".
		if (item.not) return [gapOf(item)];
		// Nor is the value a query of its own: before:person:Pat^2.
		return [item.field!.name, ...item.text.split(/[ :：^]+/)]
			.map((text) => text.replace(/^[-−－]+/, ''))
			.filter((text) => text !== '')
			.map((text) => ({ kind: 'word', text, not: false, from: item.from, to: item.to }));
	}

	#understood(item: Item): boolean {
		const { is } = item.field!;
		const { text, not, from, to } = item;
		if (text === '') return false;
		switch (is) {
			case 'person':
			case 'tag':
				this.labels.push({ field: is, name: text, not, from, to });
				return true;
			case 'like':
				this.like.push({ id: text, weight: (item.weight ?? 1) * (not ? -1 : 1) });
				return true;
			case 'before':
			case 'after':
			case 'on':
			case 'year':
				return this.#date(is, item);
			default:
				if (not) {
					this.#notes.add(`${is}: cannot be negated, and was left out.`, item);
					return true;
				}
				return this.#place(is, item);
		}
	}

	#date(is: 'before' | 'after' | 'on' | 'year', item: Item): boolean {
		const period = periodOf(item.text.replace(/[.!?]+$/, ''));
		if (!period) return false;
		if (is === 'on' || is === 'year') {
			if (item.not) {
				const [before, after] = [`before:${period.from}`, `after:${period.to}`];
				this.#notes.add(
					`${is}: cannot be negated, and was left out. Try ${before} or ${after}.`,
					item,
				);
				return true;
			}
			this.#narrow(period.from, period.to, item);
		} else if ((is === 'before') !== item.not) {
			this.#narrow(undefined, period.from, item);
		} else {
			this.#narrow(period.from, undefined, item);
		}
		return true;
	}

	#narrow(from: string | undefined, to: string | undefined, item: Item): void {
		const { taken_after: after = from, taken_before: before = to } = this.filter;
		const wasEmpty = this.#hasNoDay();
		// ISO days sort as texts.
		if (after !== undefined) this.filter.taken_after = from && from > after ? from : after;
		if (before !== undefined) this.filter.taken_before = to && to < before ? to : before;
		if (this.#hasNoDay() && !wasEmpty) {
			this.#notes.add('No day satisfies this and the dates before it: nothing is found.', item);
		}
	}

	#hasNoDay(): boolean {
		const { taken_after: after, taken_before: before } = this.filter;
		return after !== undefined && before !== undefined && after >= before;
	}

	#place(is: 'camera' | 'bucket' | 'path' | 'type' | 'near', item: Item): boolean {
		const { filter } = this;
		const { text } = item;
		switch (is) {
			case 'camera': {
				const words = filter.camera === undefined ? text : `${filter.camera} ${text}`;
				if (words.length > MAX_CAMERA_LENGTH) this.#tooMuch(is, item);
				else filter.camera = words;
				return true;
			}
			case 'path': {
				const paths = [filter.path ?? [], text].flat();
				if (paths.length > MAX_PATHS || text.length > MAX_PATH_LENGTH) this.#tooMuch(is, item);
				else filter.path = paths.length === 1 ? text : paths;
				return true;
			}
			case 'bucket':
				if (filter.bucket !== undefined && filter.bucket !== text) this.#onlyOne(is, item);
				filter.bucket ??= text;
				return true;
			case 'type':
				return this.#type(item);
			case 'near': {
				const near = nearOf(text);
				if (near && filter.near) this.#onlyOne(is, item);
				if (near) filter.near ??= near;
				return near !== undefined;
			}
		}
	}

	#type(item: Item): boolean {
		const types = item.text.split(',').filter((type) => type !== '');
		const allowed = types.map(extensionsOf);
		if (!allowed.every((extensions) => extensions !== undefined)) return false;
		const { type: before } = this.filter;
		if (before === undefined) {
			this.filter.type = types.length === 1 ? types[0]! : types;
			return true;
		}
		const kept = new Set([before].flat().flatMap((type) => extensionsOf(type) ?? []));
		this.filter.type = [...new Set(allowed.flat())].filter((extension) => kept.has(extension));
		if (this.filter.type.length === 0) {
			this.#notes.add('No file has this type and that before it: nothing is found.', item);
		}
		return true;
	}

	#tooMuch(is: 'camera' | 'path', item: Item): void {
		this.#notes.add(`${is}: was left out, it is more than can be asked at once.`, item);
	}

	#onlyOne(is: 'bucket' | 'near', item: Item): void {
		this.#notes.add(`One ${is}: is possible; this further one was left out.`, item);
	}
}

function nearOf(text: string): Near | undefined {
	const match = NEAR.exec(text.normalize('NFKC').toLowerCase());
	if (!match) return undefined;
	const [lat, lon] = [Number(match[1]), Number(match[2])];
	const km = match[3] === undefined ? DEFAULT_KM : Number(match[3]) * (UNITS.get(match[4]!) ?? NaN);
	return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && km > 0 ? { lat, lon, km } : undefined;
}

function unit(km: number) {
	return (name: string) => [name, km] as const;
}
