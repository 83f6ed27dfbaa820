import type { PhotoFilter } from '../../engine/service/contract';
import type { PhotoRecord } from '../../engine/index/vector-index';
import { uniformOf } from './random';
import { clusterOf, type Draw } from './vector-maker';

export const SELECTIVITIES = ['0.5', '0.05', '0.005', '0.0005'] as const;
export type Selectivity = (typeof SELECTIVITIES)[number];

/** A filter that this share of the photos satisfies. */
export interface BenchFilter {
	name: string;
	selectivity: Selectivity;
	filter: PhotoFilter;
	/** By the photo's row, without asking the index. */
	passes(row: number): boolean;
}

/** Independent of each other and of the vectors. */
const SALT = { tags: 11, taken: 15, rare: 16, words: 20, people: 40, place: 50 };

const FIRST_DAY = Date.UTC(2005, 0, 1);
const TAKEN_SPAN_MS = 20 * 365.25 * 86_400_000;

/**
 * Of every selectivity: a tag and a span of time that have nothing to do with the vectors, and a tag
 * of neighbouring clusters, under which most queries find nothing near.
 */
export const FILTERS: readonly BenchFilter[] = SELECTIVITIES.flatMap((selectivity, s) => {
	const share = Number(selectivity);
	const end = new Date(FIRST_DAY + Math.round(share * TAKEN_SPAN_MS)).toISOString();
	return [
		{
			name: `tag ${selectivity}`,
			selectivity,
			filter: { tags_all: [tagOf(s)] },
			passes: (row) => hasTag(row, s),
		},
		{
			name: `dates ${selectivity}`,
			selectivity,
			filter: { taken_before: end },
			passes: (row) => takenAt(row) < end,
		},
		{
			name: `cluster tag ${selectivity}`,
			selectivity,
			filter: { tags_any: [clusterTagOf(s)] },
			passes: (row) => hasClusterTag(row, s),
		},
	] satisfies BenchFilter[];
});

const ADJECTIVES = wordsOf(['amber', 'calm', 'early', 'golden', 'misty', 'quiet', 'rough', 'wide']);
const NOUNS = wordsOf([
	'beach',
	'bridge',
	'forest',
	'harbour',
	'market',
	'meadow',
	'street',
	'tower',
]);
const PEOPLE = wordsOf(['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal']);

/** As a reader of image files makes it: words, two to seven tags, up to two people, a date, a place. */
export function photoOf(row: number, draw: Draw = 'photos'): PhotoRecord & { id: string } {
	const id = idOf(row, draw);
	const pick = (list: readonly string[], salt: number) =>
		list[Math.floor(list.length * uniformOf(row, salt))]!;
	const tags = [pick(ADJECTIVES, SALT.words), pick(NOUNS, SALT.words + 1)];
	for (let s = 0; s < SELECTIVITIES.length; s++) {
		// What comes later must not change what the filters find.
		if (draw !== 'photos') continue;
		if (hasTag(row, s)) tags.push(tagOf(s));
		if (hasClusterTag(row, s)) tags.push(clusterTagOf(s));
	}
	const people = [0, 1]
		.filter((nth) => uniformOf(row, SALT.people + nth) < 0.3)
		.map((nth) => pick(PEOPLE, SALT.people + 2 + nth));
	return {
		id,
		s3_path: `s3://${id}`,
		etag: uniformOf(row, SALT.words + 2)
			.toString(16)
			.slice(2)
			.padEnd(16, '0')
			.repeat(2),
		size: 1_000_000 + Math.floor(4_000_000 * uniformOf(row, SALT.words + 3)),
		width: 4_032,
		height: 3_024,
		title: `${pick(ADJECTIVES, SALT.words + 4)} ${pick(NOUNS, SALT.words + 5)}`,
		description: Array.from({ length: 8 }, (_, i) =>
			pick(i % 2 ? NOUNS : ADJECTIVES, SALT.words + 6 + i),
		).join(' '),
		tags: [...new Set(tags)],
		people: [...new Set(people)],
		taken_at: draw === 'photos' ? takenAt(row) : '2026-01-01T12:00:00.000Z',
		lat: 120 * uniformOf(row, SALT.place) - 60,
		lon: 360 * uniformOf(row, SALT.place + 1) - 180,
	};
}

/** Bucket and key. */
export function idOf(row: number, draw: Draw = 'photos'): string {
	return `bench/${draw}/${Math.floor(row / 1_000)}/IMG_${String(row).padStart(7, '0')}.jpg`;
}

/** The row of a photo of the index, by its id; NaN for others. */
export function rowOfId(id: string): number {
	return Number(/^bench\/photos\/\d+\/IMG_(\d+)\.jpg$/.exec(id)?.[1] ?? NaN);
}

function hasTag(row: number, s: number): boolean {
	return uniformOf(row, SALT.tags + s) < Number(SELECTIVITIES[s]);
}

/** Half of the clusters, a twentieth, one, and a tenth of one. */
function hasClusterTag(row: number, s: number): boolean {
	const cluster = clusterOf(row);
	if (s < 3) return cluster < [100, 10, 1][s]!;
	return cluster === 0 && uniformOf(row, SALT.rare) < 0.1;
}

function tagOf(s: number): string {
	return `share-${SELECTIVITIES[s]}`;
}

function clusterTagOf(s: number): string {
	return `things-${SELECTIVITIES[s]}`;
}

function takenAt(row: number): string {
	return new Date(FIRST_DAY + Math.floor(TAKEN_SPAN_MS * uniformOf(row, SALT.taken))).toISOString();
}

/** 200 words from eight. */
function wordsOf(stems: readonly string[]): string[] {
	return stems.flatMap((stem) => Array.from({ length: 25 }, (_, i) => (i ? `${stem}${i}` : stem)));
}
