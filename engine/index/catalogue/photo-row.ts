import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { PhotoFacts } from '../../service/contract';
import type { StoredPhoto, VectorKind } from '../vector-index';
import { cameraOf } from './camera';
import { photoChecksum } from './checksum';
import { NUMBERS, TEXTS, type PhotoInput } from './photo-input';
import { indexedWords, searchableText, type IndexedWords } from './searchable-text';
import { parseTakenAt } from './taken-at';

export type Row = Record<string, SQLOutputValue>;

/** What a write leaves in the row of a photo. */
export interface MergedRow {
	/** In the order of {@link COLUMNS}. */
	values: SQLInputValue[];
	/** What full text is to find the photo by; `undefined` if it does already. */
	words: IndexedWords | undefined;
	tags: string[];
	people: string[];
	/** Whether what the text model sees has changed; so it has for a new photo. */
	textChanged: boolean;
	hasText: boolean;
	labelsChanged: boolean;
}

export const COLUMNS = [
	...['id', ...TEXTS, ...NUMBERS, 'bucket', 'key', 'tags', 'people', 'metadata', 'camera'],
	...['taken_wall', 'taken_instant', 'indexed_at', 'revision'],
];

/** Whether all columns of a row are what was written. */
export function isIntactRow(row: Row): boolean {
	return photoChecksum(COLUMNS.map((column) => row[column]!)) === Number(row.checksum);
}

/**
 * A stored row, if there is one, with what the input says instead. Of a damaged row nothing is kept:
 * nobody knows which of its values is wrong.
 */
export function mergedRow(stored: Row | undefined, input: PhotoInput, now: Date): MergedRow {
	const old = stored && isIntactRow(stored) ? stored : undefined;
	const kept = <K extends (typeof TEXTS)[number] | (typeof NUMBERS)[number]>(column: K) =>
		input[column] === undefined ? (old?.[column] ?? null) : input[column];
	const texts = TEXTS.map(kept);
	const tags = input.tags === undefined ? listOf(old?.tags) : (input.tags ?? []);
	const people = input.people === undefined ? listOf(old?.people) : (input.people ?? []);
	const tagsJson = JSON.stringify(tags);
	const peopleJson = JSON.stringify(people);
	const metadata =
		input.metadata === undefined ? String(old?.metadata ?? '{}') : (input.metadata ?? '{}');
	const camera =
		input.metadata === undefined && old ? old.camera! : cameraOf(parseObject(metadata));

	const [s3Path, , title, description, takenAt] = texts.map((text) => text ?? undefined) as (
		| string
		| undefined
	)[];
	const place = /^s3:\/\/([^/]+)\/(.*)$/s.exec(s3Path ?? '');
	const taken = takenAt === undefined ? undefined : parseTakenAt(takenAt);
	const text = searchableText({ title, description, tags, people });
	const labelsChanged = !old || tagsJson !== old.tags || peopleJson !== old.people;
	const captionChanged = (title ?? null) !== (old?.title ?? null);
	const changed =
		labelsChanged || captionChanged || (description ?? null) !== (old?.description ?? null);
	const textChanged = !old || (changed && text !== searchableText(factsOf(old)));
	const wordsChanged = !old || changed || (s3Path ?? null) !== (old.s3_path ?? null);
	const revision = Number(stored?.revision ?? 0) + (textChanged ? 1 : 0);
	return {
		values: [
			input.id,
			...texts,
			...NUMBERS.map(kept),
			place?.[1] ?? null,
			place?.[2] ?? null,
			tagsJson,
			peopleJson,
			metadata,
			camera,
			taken?.wall ?? null,
			taken?.instant ?? null,
			input.indexed_at ?? now.toISOString(),
			revision,
		],
		words: wordsChanged
			? indexedWords({ id: input.id, s3_path: s3Path, title, description, tags, people })
			: undefined,
		tags,
		people,
		textChanged,
		hasText: text !== '',
		labelsChanged,
	};
}

export function factsOf(row: Row): PhotoFacts & { tags: string[]; people: string[] } {
	const facts: PhotoFacts & { tags: string[]; people: string[] } = {
		tags: listOf(row.tags),
		people: listOf(row.people),
		metadata: parseObject(String(row.metadata)),
	};
	for (const column of TEXTS) if (row[column] !== null) facts[column] = String(row[column]);
	for (const column of NUMBERS) if (row[column] !== null) facts[column] = Number(row[column]);
	return facts;
}

/** @param holds whether a photo, by its key, has a vector of a kind */
export function storedPhotoOf(
	row: Row,
	holds: (kind: VectorKind, photo: number) => boolean,
): StoredPhoto {
	const facts = factsOf(row);
	const photo = Number(row.photo);
	return {
		...facts,
		metadata: facts.metadata ?? {},
		id: String(row.id),
		indexed_at: String(row.indexed_at),
		has_image_vector: holds('image', photo),
		has_text_vector: holds('text', photo),
		text_owed: row.text_owed_since !== null,
	};
}

function listOf(json: SQLOutputValue | undefined): string[] {
	return json === undefined || json === '[]' ? [] : (JSON.parse(String(json)) as string[]);
}

function parseObject(json: string): Record<string, unknown> {
	return json === '{}' ? {} : (JSON.parse(json) as Record<string, unknown>);
}
