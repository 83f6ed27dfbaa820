import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { EngineError } from '../../errors';
import type { PhotoFacts } from '../../service/contract';
import { foldLabel } from './photo-filter';
import { fileNameWords } from './searchable-text';
import { parseTakenAt } from './taken-at';
import type { PhotoRecord, StoredPhoto } from '../vector-index';

export type Row = Record<string, SQLOutputValue>;

const TEXTS = ['s3_path', 'etag', 'title', 'description', 'taken_at'] as const;
const NUMBERS = ['size', 'width', 'height', 'lat', 'lon'] as const;
export const COLUMNS = [
	...['id', ...TEXTS, ...NUMBERS, 'bucket', 'key', 'tags', 'people', 'metadata'],
	...['taken_wall', 'taken_instant', 'indexed_at', 'revision'],
];

/** `undefined` keeps, `null` clears. */
export function merge(old: PhotoFacts | undefined, record: PhotoRecord): PhotoFacts {
	const facts: PhotoFacts = { ...old };
	const assign = <K extends keyof PhotoFacts>(key: K) => {
		const value = record[key];
		if (value === null) delete facts[key];
		else if (value !== undefined) facts[key] = value as PhotoFacts[K];
	};
	for (const key of [...TEXTS, ...NUMBERS, 'tags', 'people', 'metadata'] as const) assign(key);
	return facts;
}

/** Values in the order of {@link COLUMNS}. */
export function columnsOf(
	id: string,
	facts: PhotoFacts,
	now: Date,
	revision: number,
): SQLInputValue[] {
	const place = /^s3:\/\/([^/]+)\/(.*)$/s.exec(facts.s3_path ?? '');
	const taken = facts.taken_at === undefined ? undefined : parseTakenAt(facts.taken_at);
	return [
		id,
		...TEXTS.map((column) => facts[column] ?? null),
		...NUMBERS.map((column) => facts[column] ?? null),
		place?.[1] ?? null,
		place?.[2] ?? null,
		JSON.stringify(facts.tags ?? []),
		JSON.stringify(facts.people ?? []),
		metadataJson(facts.metadata),
		taken?.wall ?? null,
		taken?.instant ?? null,
		now.toISOString(),
		revision,
	];
}

function metadataJson(metadata: PhotoFacts['metadata']): string {
	try {
		return JSON.stringify(metadata ?? {});
	} catch (error) {
		throw new EngineError('BAD_REQUEST', 'metadata cannot be written as JSON.', undefined, {
			cause: error,
		});
	}
}

export function factsOf(row: Row): PhotoFacts & { tags: string[]; people: string[] } {
	const facts: PhotoFacts & { tags: string[]; people: string[] } = {
		tags: JSON.parse(String(row.tags)) as string[],
		people: JSON.parse(String(row.people)) as string[],
		metadata: JSON.parse(String(row.metadata)) as Record<string, unknown>,
	};
	for (const column of TEXTS) if (row[column] !== null) facts[column] = String(row[column]);
	for (const column of NUMBERS) if (row[column] !== null) facts[column] = Number(row[column]);
	return facts;
}

export function storedPhotoOf(row: Row): StoredPhoto {
	const facts = factsOf(row);
	return {
		...facts,
		metadata: facts.metadata ?? {},
		id: String(row.id),
		indexed_at: String(row.indexed_at),
		has_image_vector: row.has_image === 1,
		has_text_vector: row.has_text === 1,
		text_owed: row.text_owed_since !== null,
	};
}

export const foldedSet = (names: string[] | undefined) =>
	new Set((names ?? []).map(foldLabel).filter((name) => name !== ''));

/** An id that is no path (a UUID, say) has no words worth finding. */
export function fileWordsOf(id: string, s3Path: string | undefined): string {
	if (s3Path !== undefined) return fileNameWords(s3Path);
	return /\.[A-Za-z0-9]{1,5}$/.test(id) ? fileNameWords(id) : '';
}
