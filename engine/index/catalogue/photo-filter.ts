import type { ExcludedPhotos, PhotoFilter } from '../../service/contract';
import type { Filters } from '../vector-index';
import { badFilter, checkFilter } from './filter-check';
import { foldLabel } from './labels';
import { metadataCondition } from './metadata-filter';
import { hasType, pathContains } from './path-filter';
import { nearTo } from './place-filter';
import { parseTakenAt } from './taken-at';
import { allOf, type Where } from './where';

/** Of an excluded path of stars only: it is any path. */
const NOTHING_SAID: Where = { sql: '1', values: [] };

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
export function conditionsOf(filters: Filters | undefined): Conditions | undefined {
	const each = (isList(filters) ? filters : [filters]).map(conditionsOfOne);
	const columns = allOf(each.flatMap((one) => one?.columns ?? []));
	const labels = each.flatMap((one) => one?.labels ?? []);
	return columns || labels.length > 0 ? { columns, labels } : undefined;
}

const isList = (filters: Filters | undefined): filters is readonly PhotoFilter[] =>
	Array.isArray(filters);

function conditionsOfOne(filter: PhotoFilter | undefined): Conditions | undefined {
	if (filter === undefined) return undefined;
	checkFilter(filter);
	const conditions = columnConditions(filter, 'filter');
	if (filter.prefix) {
		conditions.push({ sql: 'photos.key >= ?', values: [filter.prefix] });
		const end = prefixEnd(filter.prefix);
		if (end !== undefined) conditions.push({ sql: 'photos.key < ?', values: [end] });
	}
	if (filter.has_people !== undefined) {
		const sql = `${filter.has_people ? '' : 'NOT'} EXISTS (SELECT 1 FROM labels
			WHERE labels.photo = photos.photo AND kind = 'person')`;
		conditions.push({ sql, values: [] });
	}
	conditions.push(...(filter.metadata ?? []).map(metadataCondition));
	for (const [i, excluded] of (filter.none ?? []).entries()) {
		const { sql, values } = allOf(columnConditions(excluded, `filter.none[${i}]`)) ?? NOTHING_SAID;
		// What is not known is NULL, and so is its opposite.
		conditions.push({ sql: `NOT coalesce(${sql}, 0)`, values });
	}
	const labels = [
		...labelled('tag', filter.tags_all, filter.tags_any, filter.tags_none),
		...labelled('person', filter.people_all, filter.people_any, filter.people_none),
	];
	const columns = allOf(conditions);
	return columns || labels.length > 0 ? { columns, labels } : undefined;
}

/** A filter as one condition in SQL; `undefined` if it keeps everything. Throws `BAD_REQUEST`. */
export function whereOf(filter: Filters | undefined): Where | undefined {
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

/** Those that photos and {@link ExcludedPhotos} have in common. */
function columnConditions(filter: ExcludedPhotos, field: string): Where[] {
	const conditions: Where[] = [];
	const add = (sql: string, ...values: (string | number)[]) => conditions.push({ sql, values });
	if (filter.bucket !== undefined) add('photos.bucket = ?', filter.bucket);
	for (const path of [filter.path ?? []].flat()) {
		// Stars only leave nothing out, and what leaves nothing out must not pass for a restriction.
		if (/[^*]/.test(path)) conditions.push(pathContains(path));
	}
	if (filter.type !== undefined) conditions.push(hasType([filter.type].flat()));
	for (const bound of ['taken_after', 'taken_before'] as const) {
		const text = filter[bound];
		if (text !== undefined) conditions.push(taken(`${field}.${bound}`, bound, text));
	}
	for (const word of foldLabel(filter.camera ?? '').split(/\s+/)) {
		// The first half lets SQLite look at the index on cameras instead of every photo.
		if (word !== '') add('photos.camera IS NOT NULL AND instr(photos.camera, ?) > 0', word);
	}
	if (filter.near) conditions.push(nearTo(filter.near));
	return conditions;
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

function taken(field: string, bound: 'taken_after' | 'taken_before', text: string): Where {
	const operator = bound === 'taken_after' ? '>=' : '<';
	const at = parseTakenAt(text);
	if (!at) {
		throw badFilter(field, 'is not a date: write it as 2024-05-31 or 2024-05-31T18:00:00+02:00');
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
