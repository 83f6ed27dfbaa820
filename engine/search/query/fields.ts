import { extensionsOf, type ExcludedPhotos, type PhotoFilter } from '../../service/contract';
import { conditionOf, MAX_CAMERA_LENGTH, WANTS } from './field-values';
import { gapOf, type Item } from './item';
import type { Notes } from './notes';
import type { Query } from './query';

/** Of paths, and of conditions with a minus: as many as no person types, each looked at per photo. */
const MAX_CONDITIONS = 16;

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

	/** The items that take the field's place: a gap, or the words it is if it cannot be read. */
	read(item: Item): Item[] {
		const { is } = item.field!;
		if (item.weight !== undefined && is !== 'like') {
			this.#notes.add(`${is}: holds or does not; its weight was left out.`, item);
		}
		if (item.text !== '' && this.#understood(item)) return [gapOf(item)];
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
		if (is === 'person' || is === 'tag') {
			this.labels.push({ field: is, name: text, not, from, to });
			return true;
		}
		if (is === 'like') {
			this.like.push({ id: text, weight: (item.weight ?? 1) * (not ? -1 : 1) });
			return true;
		}
		const condition = conditionOf(is, text);
		if (condition === undefined) return false;
		if (not) this.#exclude(condition, item);
		else this.#narrow(condition, item);
		return true;
	}

	#exclude(condition: ExcludedPhotos, item: Item): void {
		const none = [...(this.filter.none ?? []), condition];
		if (none.length > MAX_CONDITIONS) this.#tooMuch(item);
		else this.filter.none = none;
	}

	/** Adds a condition to those of its kind, all of which must hold. */
	#narrow(condition: ExcludedPhotos, item: Item): void {
		const { filter } = this;
		const { bucket, near, camera, path, type } = condition;
		if (bucket !== undefined) {
			if (filter.bucket !== undefined && filter.bucket !== bucket) this.#onlyOne(item);
			filter.bucket ??= bucket;
		} else if (near) {
			if (filter.near) this.#onlyOne(item);
			filter.near ??= near;
		} else if (camera !== undefined) {
			const words = filter.camera === undefined ? camera : `${filter.camera} ${camera}`;
			if (words.length > MAX_CAMERA_LENGTH) this.#tooMuch(item);
			else filter.camera = words;
		} else if (path !== undefined) {
			const paths = [filter.path ?? [], path].flat();
			if (paths.length > MAX_CONDITIONS) this.#tooMuch(item);
			else filter.path = paths.length === 1 ? path : paths;
		} else if (type !== undefined) {
			this.#narrowType(type, item);
		} else {
			this.#narrowDates(condition, item);
		}
	}

	#narrowType(type: string | string[], item: Item): void {
		const { type: before } = this.filter;
		if (before === undefined) {
			this.filter.type = type;
			return;
		}
		const kept = new Set(extensions(before));
		this.filter.type = [...new Set(extensions(type))].filter((extension) => kept.has(extension));
		if (this.filter.type.length === 0) {
			this.#notes.add('No file has this type and that before it: nothing is found.', item);
		}
	}

	#narrowDates({ taken_after: from, taken_before: to }: ExcludedPhotos, item: Item): void {
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

	#tooMuch(item: Item): void {
		const { is } = item.field!;
		this.#notes.add(`${is}: was left out: there are more than can be asked at once.`, item);
	}

	#onlyOne(item: Item): void {
		const { is } = item.field!;
		this.#notes.add(`One ${is}: is possible; this further one was left out.`, item);
	}
}

function extensions(type: string | string[]): readonly string[] {
	return [type].flat().flatMap((one) => extensionsOf(one) ?? []);
}
