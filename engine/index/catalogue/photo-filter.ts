import { EngineError } from '../../errors';
import type { PhotoFilter } from '../../service/contract';
import { foldLabel } from './labels';
import { parseTakenAt } from './taken-at';

/** A condition over the table `photos`, and what its question marks stand for. */
export interface Where {
	sql: string;
	values: (string | number)[];
}

/**
 * A filter as SQL; `undefined` if it keeps everything. Tags and people compare without case.
 * `taken_after` is inclusive, `taken_before` exclusive. A bound without a time zone compares with
 * the clock on the photo's wall (a picture of May 1st stays one wherever the server stands), one
 * with a zone compares instants.
 *
 * Throws `BAD_REQUEST` for a date that is none.
 */
export function whereOf(filter: PhotoFilter | undefined): Where | undefined {
	if (!filter) return undefined;
	const conditions: Where[] = [];
	const add = (sql: string, ...values: (string | number)[]) => conditions.push({ sql, values });

	if (filter.bucket !== undefined) add('photos.bucket = ?', filter.bucket);
	if (filter.prefix) {
		add('photos.key >= ?', filter.prefix);
		const end = prefixEnd(filter.prefix);
		if (end !== undefined) add('photos.key < ?', end);
	}
	if (filter.taken_after !== undefined)
		conditions.push(taken('taken_after', '>=', filter.taken_after));
	if (filter.taken_before !== undefined) {
		conditions.push(taken('taken_before', '<', filter.taken_before));
	}
	for (const kind of ['tag', 'person'] as const) {
		const all = kind === 'tag' ? filter.tags_all : filter.people_all;
		const any = kind === 'tag' ? filter.tags_any : filter.people_any;
		for (const name of all ?? []) conditions.push(labelled(kind, [name]));
		if (any?.length) conditions.push(labelled(kind, any));
	}
	if (conditions.length === 0) return undefined;
	return {
		sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
		values: conditions.flatMap(({ values }) => values),
	};
}

/** Whether a filter leaves anything out: an empty one must never decide what to delete. */
export function restricts(filter: PhotoFilter | undefined): boolean {
	return whereOf(filter) !== undefined;
}

function labelled(kind: 'tag' | 'person', names: string[]): Where {
	// One JSON parameter, so that the number of names is not bound by SQLite's limit on parameters.
	return {
		sql: `photos.photo IN (SELECT photo FROM labels WHERE kind = ?
			AND name IN (SELECT value FROM json_each(?)))`,
		values: [kind, JSON.stringify(names.map(foldLabel))],
	};
}

function taken(field: 'taken_after' | 'taken_before', operator: '>=' | '<', text: string): Where {
	const at = parseTakenAt(text);
	if (!at) {
		throw new EngineError(
			'BAD_REQUEST',
			`filter.${field} is not a date: write it as 2024-05-31 or 2024-05-31T18:00:00+02:00.`,
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
