import { readJson, RefusedInput } from '../input';

export interface AlbumRecord {
	id: string;
	title: string | null;
	description: string | null;
	tags: string[];
	people: string[];
	/** ISO 8601, by the clock on the wall unless it names a zone. */
	taken_at: string | null;
	lat: number | null;
	lon: number | null;
	s3_path: string | null;
}

export interface AlbumQuery {
	q: string;
	/** Every photo that is meant; absent where the words mean nothing, and must only do no harm. */
	relevant?: string[];
	/** Photos that would be plainly wrong. */
	absent?: string[];
	sort?: 'newest' | 'oldest';
	class?: string;
}

export interface Album {
	records: AlbumRecord[];
	queries: AlbumQuery[];
}

/** Other names for the two orders. */
const SORTS: Record<string, AlbumQuery['sort']> = {
	...{ newest: 'newest', date: 'newest', date_desc: 'newest', '-taken_at': 'newest' },
	...{ oldest: 'oldest', date_asc: 'oldest', taken_at: 'oldest' },
	...{ '': undefined, relevance: undefined },
};

type Fields = Record<string, unknown>;

/**
 * `{"records": [...], "queries": [...]}`; whatever a record or a query does not need may be missing
 * or null.
 *
 * @throws RefusedInput that names the file and the entry
 */
export function readAlbum(file: string): Album {
	const album = readJson(file) as Fields | null;
	const records = entries(album?.['records'], `${file}: records`).map(([where, fields]) =>
		toRecord(where, fields),
	);
	const ids = new Set<string>();
	for (const { id } of records) {
		if (ids.has(id)) throw new RefusedInput(`${file}: two records have the id "${id}"`);
		ids.add(id);
	}
	const queries = entries(album?.['queries'], `${file}: queries`).map(([where, fields]) =>
		toQuery(where, fields, ids),
	);
	return { records, queries };
}

function entries(list: unknown, where: string): [where: string, fields: Fields][] {
	if (!Array.isArray(list) || list.length === 0) {
		throw new RefusedInput(`${where}: expected a list that is not empty`);
	}
	return list.map((entry: unknown, i) => {
		const place = `${where}[${i}]`;
		if (typeof entry !== 'object' || entry === null)
			throw new RefusedInput(`${place} is no object`);
		return [place, entry as Fields];
	});
}

function toRecord(where: string, fields: Fields): AlbumRecord {
	const { id } = fields;
	if (typeof id !== 'string' || id === '') throw new RefusedInput(`${where} has no id`);
	const place = `${where} ("${id}")`;
	return {
		id,
		title: optional(place, fields, 'title', 'string'),
		description: optional(place, fields, 'description', 'string'),
		tags: texts(place, fields, 'tags') ?? [],
		people: texts(place, fields, 'people') ?? [],
		taken_at: optional(place, fields, 'taken_at', 'string'),
		lat: optional(place, fields, 'lat', 'number'),
		lon: optional(place, fields, 'lon', 'number'),
		s3_path: optional(place, fields, 's3_path', 'string'),
	};
}

function toQuery(where: string, fields: Fields, ids: Set<string>): AlbumQuery {
	const { q } = fields;
	if (typeof q !== 'string') throw new RefusedInput(`${where} has no q`);
	const sort = optional<string>(where, fields, 'sort', 'string') ?? '';
	if (!Object.hasOwn(SORTS, sort)) {
		throw new RefusedInput(`${where}: sort is "${sort}", but must be newest or oldest`);
	}
	const query: AlbumQuery = {
		q,
		relevant: texts(where, fields, 'relevant'),
		absent: texts(where, fields, 'absent'),
		sort: SORTS[sort],
		class: optional<string>(where, fields, 'class', 'string') ?? undefined,
	};
	for (const id of [...(query.relevant ?? []), ...(query.absent ?? [])]) {
		if (!ids.has(id)) throw new RefusedInput(`${where}: there is no record with the id "${id}"`);
	}
	return query;
}

function optional<T extends string | number>(
	where: string,
	fields: Fields,
	name: string,
	type: 'string' | 'number',
): T | null {
	const value = fields[name] ?? null;
	if (value === null || typeof value === type) return value as T | null;
	throw new RefusedInput(`${where}: ${name} is no ${type}`);
}

function texts(where: string, fields: Fields, name: string): string[] | undefined {
	const value = fields[name] ?? undefined;
	if (value === undefined) return undefined;
	if (Array.isArray(value) && value.every((text) => typeof text === 'string')) return value;
	throw new RefusedInput(`${where}: ${name} is no list of texts`);
}
