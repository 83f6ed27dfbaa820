import type { DatabaseSync } from 'node:sqlite';
import type { Where } from './photo-filter';

/** A filter as the search over vectors asks it; photos are known by their key. */
export interface ChannelFilter {
	/** Those among these that satisfy it. */
	passing(photos: number[]): Set<number>;
	/** Every photo that satisfies it. */
	all(): Float64Array;
}

/** A condition over the photos of a database. */
export class PhotoMatcher implements ChannelFilter {
	readonly #db: DatabaseSync;
	readonly #where: Where;

	constructor(db: DatabaseSync, where: Where) {
		this.#db = db;
		this.#where = where;
	}

	passing(photos: number[]): Set<number> {
		return new Set(
			this.#select('photo IN (SELECT value FROM json_each(?)) AND', [JSON.stringify(photos)]),
		);
	}

	all(): Float64Array {
		return Float64Array.from(this.#select('', []));
	}

	/** As one JSON list: an object per row, as statements answer them, takes several times longer. */
	#select(condition: string, values: string[]): number[] {
		const row = this.#db
			.prepare(
				`SELECT json_group_array(photo) AS photos FROM photos WHERE ${condition} ${this.#where.sql}`,
			)
			.get(...values, ...this.#where.values);
		return JSON.parse(String(row?.photos)) as number[];
	}
}
