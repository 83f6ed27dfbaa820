import type { Album, AlbumQuery } from './album-file';

export interface Verdict {
	/** What the search called relevant, in its order. */
	found: string[];
	/**
	 * Hits among the first R, R being the number of relevant photos; where none is, 1 if none was found
	 * and 0 otherwise. Absent where the query does not say which photos are meant.
	 */
	precision?: number;
	/** Share of the relevant photos that were found; absent where there are none. */
	recall?: number;
	/** Sentences: absent photos that were found, and photos in a wrong order. */
	violations: string[];
	/** What the search said in place of an answer. */
	refusal?: string;
}

const WALL = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?/;

/** @param found ids that the search calls relevant, in its order */
export function judge(album: Album, query: AlbumQuery, found: string[]): Verdict {
	const { relevant, absent = [] } = query;
	const wrong = absent.filter((id) => found.includes(id)).map((id) => `found ${id}`);
	const violations = [...wrong, ...disorder(album, query, found)];
	if (!relevant) return { found, violations };
	if (relevant.length === 0) {
		return { found, precision: found.length === 0 ? 1 : 0, violations };
	}
	const wanted = new Set(relevant);
	const hits = (ids: string[]) => ids.filter((id) => wanted.has(id)).length / wanted.size;
	return {
		...{ found, violations },
		precision: hits(found.slice(0, wanted.size)),
		recall: hits(found),
	};
}

/** The first pair of photos that are in the wrong order; photos without a date come last. */
function disorder({ records }: Album, { sort }: AlbumQuery, found: string[]): string[] {
	if (!sort) return [];
	const dates = new Map(records.map(({ id, taken_at }) => [id, wall(taken_at)]));
	for (let i = 1; i < found.length; i++) {
		const [before, after] = [dates.get(found[i - 1]!), dates.get(found[i]!)];
		if (after === undefined) continue;
		const isWrong = before === undefined || (sort === 'newest' ? before < after : before > after);
		if (isWrong)
			return [`${found[i - 1]} comes before ${found[i]}, though "${sort}" was asked for`];
	}
	return [];
}

/** By the clock on the wall, to the second. */
function wall(takenAt: string | null): number | undefined {
	const [, day, time = '00:00:00'] = WALL.exec(takenAt ?? '') ?? [];
	return day === undefined ? undefined : Date.parse(`${day}T${time}Z`);
}
