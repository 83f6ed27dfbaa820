import type { PhotoFilter } from '../../service/contract';
import { badFilter, checkFilter } from './filter-check';
import { foldLabel } from './labels';
import { metadataCondition } from './metadata-filter';
import { hasType, pathContains } from './path-filter';
import { nearTo } from './place-filter';
import { parseTakenAt } from './taken-at';
import { allOf, type Where } from './where';

/** A filter taken apart: labels stand in a table of their own, with an index for each question. */
export interface Conditions {
	/** On the columns of `photos`; `undefined` if there are none. */
	columns: Where | undefined;
	labels: LabelCondition[];
}

/** The photo has one of these labels, or none of them. */
export interface LabelCondition {
	kind: 'tag' | 'person';
	/** A JSON list: the number of names is not bound by SQLite's limit on parameters. */
	names: string;
	not: boolean;
}

/**
 * What a filter asks; `undefined` if it keeps everything. Tags and people compare without case.
 * `taken_after` is inclusive, `taken_before` exclusive. A bound without a time zone compares with
 * the clock on the photo's wall (a picture of May 1st stays one wherever the server stands), one
 * with a zone compares instants.
 *
 * Throws `BAD_REQUEST`, naming the field, for what is no filter, and for a date that is none.
 */
export function conditionsOf(filter: PhotoFilter | undefined): Conditions | undefined {
	if (filter === undefined) return undefined;
	checkFilter(filter);
	const conditions: Where[] = [];
	const add = (sql: string, ...values: (string | number)[]) => conditions.push({ sql, values });

	if (filter.bucket !== undefined) add('photos.bucket = ?', filter.bucket);
	if (filter.prefix) {
		add('photos.key >= ?', filter.prefix);
		const end = prefixEnd(filter.prefix);
		if (end !== undefined) add('photos.key < ?', end);
	}
	for (const path of [filter.path ?? []].flat()) {
		// Stars only leave nothing out, and what leaves nothing out must not pass for a restriction.
		if (/[^*]/.test(path)) conditions.push(pathContains(path));
	}
	if (filter.type !== undefined) conditions.push(hasType([filter.type].flat()));
	if (filter.taken_after !== undefined)
		conditions.push(taken('taken_after', '>=', filter.taken_after));
	if (filter.taken_before !== undefined) {
		conditions.push(taken('taken_before', '<', filter.taken_before));
	}
	for (const word of foldLabel(filter.camera ?? '').split(/\s+/)) {
		// The first half lets SQLite look at the index on cameras instead of every photo.
		if (word !== '') add('photos.camera IS NOT NULL AND instr(photos.camera, ?) > 0', word);
	}
	if (filter.near) conditions.push(nearTo(filter.near));
	conditions.push(...(filter.metadata ?? []).map(metadataCondition));
	if (filter.has_people !== undefined) {
		add(`${filter.has_people ? '' : 'NOT'} EXISTS (SELECT 1 FROM labels
			WHERE labels.photo = photos.photo AND kind = 'person')`);
	}
	const labels = [
		...labelled('tag', filter.tags_all, filter.tags_any, filter.tags_none),
		...labelled('person', filter.people_all, filter.people_any, filter.people_none),
	];
	const columns = allOf(conditions);
	return columns || labels.length > 0 ? { columns, labels } : undefined;
}

/** A filter as one condition in SQL; `undefined` if it keeps everything. Throws `BAD_REQUEST`. */
export function whereOf(filter: PhotoFilter | undefined): Where | undefined {
	const conditions = conditionsOf(filter);
	if (!conditions) return undefined;
	const labels = conditions.labels.map(({ kind, names, not }) => ({
		sql: `photos.photo ${not ? 'NOT' : ''} IN (SELECT photo FROM labels WHERE kind = ?
			AND name IN (SELECT value FROM json_each(?)))`,
		values: [kind, names],
	}));
	return allOf([...(conditions.columns ? [conditions.columns] : []), ...labels]);
}

/** Whether a filter leaves anything out: an empty one must never decide what to delete. */
export function restricts(filter: PhotoFilter | undefined): boolean {
	return conditionsOf(filter) !== undefined;
}

function labelled(
	kind: 'tag' | 'person',
	all: string[] = [],
	any: string[] = [],
	none: string[] = [],
): LabelCondition[] {
	const condition = (names: string[], not: boolean) => ({
		...{ kind, not },
		names: JSON.stringify([...new Set(names.map(foldLabel))]),
	});
	return [
		...all.map((name) => condition([name], false)),
		...(any.length > 0 ? [condition(any, false)] : []),
		...(none.length > 0 ? [condition(none, true)] : []),
	];
}

function taken(field: 'taken_after' | 'taken_before', operator: '>=' | '<', text: string): Where {
	const at = parseTakenAt(text);
	if (!at) {
		throw badFilter(
			`filter.${field}`,
			'is not a date: write it as 2024-05-31 or 2024-05-31T18:00:00+02:00',
		);
	}
	return at.hasZone
		? { sql: `photos.taken_instant ${operator} ?`, values: [at.instant] }
		: { sql: `photos.taken_wall ${operator} ?`, values: [at.wall] };
}

/**
 * The smallest string above every string with this prefix, in the order of code points, which is
 * that of SQLite's BINARY collation over UTF-8. `undefined` if there is none.
 */
export function prefixEnd(prefix: string): string | undefined {
	const points = Array.from(prefix);
	while (points.length > 0) {
		const last = points.pop()!.codePointAt(0)!;
		if (last >= 0x10ffff) continue;
		// Surrogates are no characters: the next one after U+D7FF is U+E000.
		const next = last >= 0xd7ff && last < 0xe000 ? 0xe000 : last + 1;
		return points.join('') + String.fromCodePoint(next);
	}
	return undefined;
}
