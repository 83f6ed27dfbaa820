import type { DatabaseSync } from 'node:sqlite';
import type { PhotoFilter } from '../../service/contract';
import type { Filters, Hit, OwedText, StoredPhoto, VectorKind } from '../vector-index';
import { compareIds } from './photo-id';
import { isDamage } from './disk-errors';
import { whereOf } from './photo-filter';
import type { Where } from './where';
import { limitOf } from './limit';
import { PhotoKeys } from './photo-keys';
import { factsOf, isIntactRow, storedPhotoOf, type Row } from './photo-row';
import { searchableText } from './searchable-text';

/** Of a few users, and of the pages and words of what they ask. */
const COUNTS_REMEMBERED = 16;

const KEEP_ALL: Where = { sql: '1', values: [] };

/** The SQL that reads photos; knows nothing of vectors but whether there are any. */
export class PhotoReader {
	readonly #db: DatabaseSync;
	readonly #keys: PhotoKeys;
	readonly #statements;
	/** By filter, of the database as it was; counting a million rows takes as long as ten searches. */
	#counted = { version: -1, photos: new Map<string, number>() };

	constructor(db: DatabaseSync, keys = new PhotoKeys(db)) {
		this.#db = db;
		this.#keys = keys;
		this.#statements = prepareAll(db);
	}

	count(filter?: Filters): number {
		const version = Number(this.#statements.version.get()?.data_version);
		if (version !== this.#counted.version || this.#counted.photos.size >= COUNTS_REMEMBERED) {
			this.#counted = { version, photos: new Map() };
		}
		const key = JSON.stringify(filter) ?? '';
		const known = this.#counted.photos.get(key);
		if (known !== undefined) return known;
		const { sql, values } = whereOf(filter) ?? KEEP_ALL;
		const statement = this.#db.prepare(`SELECT count(*) AS n FROM photos WHERE ${sql}`);
		const photos = Number(statement.get(...values)?.n);
		this.#counted.photos.set(key, photos);
		return photos;
	}

	/**
	 * Unknown ids are left out, and so are photos that are damaged, which are named apart.
	 *
	 * @param holds whether a photo, by its key, has a vector of a kind
	 */
	getMany(
		ids: string[],
		holds: (kind: VectorKind, photo: number) => boolean,
	): { photos: Map<string, StoredPhoto>; damaged: string[] } {
		const photos = new Map<string, StoredPhoto>();
		const damaged: string[] = [];
		const read = (some: string[]) =>
			// By keys: whoever has just found these photos has read those already.
			this.#statements.getMany.all(JSON.stringify([...this.#keys.keysOf(some).values()]));
		for (const row of eachReadable(ids, read, damaged)) {
			const id = String(row.id);
			if (isIntactRow(row)) photos.set(id, storedPhotoOf(row, holds));
			else damaged.push(id);
		}
		return { photos, damaged };
	}

	photoOf(id: string): number | undefined {
		const row = this.#statements.photoOf.get(id);
		return row && Number(row.photo);
	}

	/** Keys by id; unknown ids are left out. */
	photosOf(ids: string[]): Map<string, number> {
		return this.#keys.keysOf(ids);
	}

	/** Photos as callers know them, best first, ties by id; those that are gone are left out. */
	hits(scored: { photo: number; score: number }[]): Hit[] {
		const ids = this.idsOf(scored.map(({ photo }) => photo));
		const hits: Hit[] = [];
		for (const { photo, score } of scored) {
			const id = ids.get(photo);
			if (id !== undefined) hits.push({ id, score });
		}
		return hits.sort((a, b) => b.score - a.score || compareIds(a.id, b.id));
	}

	/** Ids that satisfy the filter, in SQLite's order of ids (code points). */
	ids(filter: PhotoFilter | undefined, after = '', limit = Infinity): string[] {
		const { sql, values } = whereOf(filter) ?? KEEP_ALL;
		const rows = this.#db
			.prepare(`SELECT id FROM photos WHERE ${sql} AND id > ? ORDER BY id LIMIT ?`)
			.all(...values, after, limitOf(limit));
		return rows.map((row) => String(row.id));
	}

	/** Ids that satisfy the filters, by the clock on the photo's wall, unknown dates last, ties by id. */
	list(
		filter: Filters,
		{ oldestFirst, limit }: { oldestFirst?: boolean; limit: number },
	): string[] {
		const { sql, values } = whereOf(filter) ?? KEEP_ALL;
		const rows = this.#db
			.prepare(`SELECT id FROM photos WHERE ${sql} ${byDate(oldestFirst)} LIMIT ?`)
			.all(...values, limitOf(limit));
		return rows.map((row) => String(row.id));
	}

	/** The first of these photos in the order of {@link list}. */
	listOf(
		photos: number[],
		{ oldestFirst, limit }: { oldestFirst?: boolean; limit: number },
	): string[] {
		const rows = this.#db
			.prepare(
				`SELECT id FROM photos WHERE photo IN (SELECT value FROM json_each(?))
				${byDate(oldestFirst)} LIMIT ?`,
			)
			.all(JSON.stringify(photos), limitOf(limit));
		return rows.map((row) => String(row.id));
	}

	/** These ids in the order of {@link list}; unknown ones are left out. */
	inDateOrder(ids: string[], { oldestFirst }: { oldestFirst?: boolean }): string[] {
		const rows = this.#db
			.prepare(
				`SELECT id FROM photos WHERE id IN (SELECT value FROM json_each(?)) ${byDate(oldestFirst)}`,
			)
			.all(JSON.stringify(ids));
		return rows.map((row) => String(row.id));
	}

	owed(limit: number): OwedText[] {
		return this.#statements.owed
			.all(limitOf(limit))
			.filter(isIntactRow)
			.map((row) => ({
				id: String(row.id),
				text: searchableText(factsOf(row)),
				revision: Number(row.revision),
			}));
	}

	countOwed(): number {
		return Number(this.#statements.countOwed.get()?.n);
	}

	/** Ids by key; photos that are gone are left out. */
	idsOf(photos: number[]): Map<number, string> {
		return this.#keys.idsOf(photos);
	}
}

const byDate = (oldestFirst = false) =>
	`ORDER BY taken_wall IS NULL, taken_wall ${oldestFirst ? 'ASC' : 'DESC'}, id`;

/** Rows of these ids; where a page of the file is broken, those of the ids that are not on it. */
function eachReadable(ids: string[], read: (ids: string[]) => Row[], damaged: string[]): Row[] {
	try {
		return read(ids);
	} catch (error) {
		if (!isDamage(error)) throw error;
		if (ids.length > 1) return ids.flatMap((id) => eachReadable([id], read, damaged));
		damaged.push(...ids);
		return [];
	}
}

function prepareAll(db: DatabaseSync) {
	const inList = 'IN (SELECT value FROM json_each(?))';
	const getMany = db.prepare(`SELECT * FROM photos WHERE photo ${inList}`);
	const owed = db.prepare(
		`SELECT * FROM photos WHERE text_owed_since IS NOT NULL
		ORDER BY text_owed_since, photo LIMIT ?`,
	);
	// A flipped bit can make an integer that is no number.
	for (const statement of [getMany, owed]) statement.setReadBigInts(true);
	return {
		...{ getMany, owed },
		// Changes with every commit of another connection, and this one commits nothing.
		version: db.prepare('PRAGMA data_version'),
		photoOf: db.prepare('SELECT photo FROM photos WHERE id = ?'),
		countOwed: db.prepare('SELECT count(*) AS n FROM photos WHERE text_owed_since IS NOT NULL'),
	};
}
