import { readJson, RefusedInput } from '../input';

/** A photo with its vector, and texts about it with theirs. */
export interface CaptionedPhoto {
	id: string;
	image: Float32Array;
	captions: Caption[];
}

export interface Caption {
	text: string;
	vector: Float32Array;
}

/** A text that is asked for, and the photo that it is about. */
export interface CaptionQuery extends Caption {
	id: string;
}

interface Entry {
	id?: unknown;
	captions?: unknown;
	image_vector?: unknown;
	caption_vectors?: unknown;
}

/**
 * A JSON list of `{id, captions[], image_vector[n], caption_vectors[][n]}`, one caption at least and n
 * the same throughout; other fields are passed over. Vectors are brought to unit length.
 *
 * @throws RefusedInput that names the file and the entry
 */
export function readPhotos(file: string): CaptionedPhoto[] {
	const entries = readEntries(file);
	let dimension: number | undefined;
	return entries.map(({ where, id, entry }) => {
		const image = unitVector(`${where}: image_vector`, entry.image_vector, dimension);
		dimension ??= image.length;
		return { id, image, captions: readCaptions(where, entry, dimension) };
	});
}

/** What is asked for by default: each photo is indexed by its first caption and found by the others. */
export function otherCaptions(photos: CaptionedPhoto[]): CaptionQuery[] {
	return photos.flatMap(({ id, captions }) => captions.slice(1).map((rest) => ({ ...rest, id })));
}

/**
 * All captions of a file of the same shape (image vectors may be missing), about these photos.
 *
 * @throws RefusedInput that names the file and the entry
 */
export function readQueries(file: string, photos: CaptionedPhoto[]): CaptionQuery[] {
	const known = new Set(photos.map(({ id }) => id));
	const dimension = photos[0]!.image.length;
	return readEntries(file).flatMap(({ where, id, entry }) => {
		if (!known.has(id)) throw new RefusedInput(`${where}: there is no such photo in --photos`);
		return readCaptions(where, entry, dimension).map((caption) => ({ ...caption, id }));
	});
}

function readEntries(file: string): { where: string; id: string; entry: Entry }[] {
	const list = readJson(file);
	if (!Array.isArray(list) || list.length === 0) {
		throw new RefusedInput(`${file}: expected a list of photos that is not empty`);
	}
	const seen = new Set<string>();
	return list.map((value: unknown, i) => {
		const place = `${file}: entry ${i + 1}`;
		if (typeof value !== 'object' || value === null) throw new RefusedInput(`${place} is no photo`);
		const entry = value as Entry;
		const { id } = entry;
		if (typeof id !== 'string' || id === '') throw new RefusedInput(`${place} has no id`);
		if (seen.has(id)) throw new RefusedInput(`${place}: the id "${id}" came before`);
		seen.add(id);
		return { where: `${place} ("${id}")`, id, entry };
	});
}

function readCaptions(where: string, entry: Entry, dimension: number): Caption[] {
	const { captions, caption_vectors: vectors } = entry;
	if (!Array.isArray(captions) || captions.length === 0) {
		throw new RefusedInput(`${where} has no captions`);
	}
	if (!Array.isArray(vectors) || vectors.length !== captions.length) {
		const count = Array.isArray(vectors) ? vectors.length : 'no';
		throw new RefusedInput(`${where} has ${captions.length} captions but ${count} caption_vectors`);
	}
	return captions.map((text: unknown, i) => {
		if (typeof text !== 'string' || text.trim() === '') {
			throw new RefusedInput(`${where}: caption ${i + 1} is no text`);
		}
		return {
			text,
			vector: unitVector(`${where}: caption_vectors ${i + 1}`, vectors[i], dimension),
		};
	});
}

function unitVector(where: string, value: unknown, dimension: number | undefined): Float32Array {
	if (!Array.isArray(value) || value.length === 0) {
		throw new RefusedInput(`${where} is missing or no list of numbers`);
	}
	if (dimension !== undefined && value.length !== dimension) {
		throw new RefusedInput(
			`${where} has ${value.length} numbers, but the first photo's vector has ${dimension}`,
		);
	}
	if (!value.every((number) => typeof number === 'number')) {
		throw new RefusedInput(`${where} holds something that is no number`);
	}
	const length = Math.hypot(...(value as number[]));
	if (!(length > 0)) throw new RefusedInput(`${where} is all zeros`);
	return Float32Array.from(value as number[], (number) => number / length);
}
