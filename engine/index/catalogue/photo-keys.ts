import type { DatabaseSync } from 'node:sqlite';

/** Photos whose keys are remembered: several searches' candidates. */
const REMEMBERED = 20_000;

/**
 * Keys of photos by their ids, and ids by keys. Each channel of a search asks for the same photos
 * several times, so what was read is remembered until something is written.
 */
export class PhotoKeys {
	readonly #statements;
	#version = -1;
	readonly #keys = new Map<string, number>();
	readonly #ids = new Map<number, string>();

	constructor(db: DatabaseSync) {
		const inList = 'IN (SELECT value FROM json_each(?))';
		this.#statements = {
			// Changes with every commit of another connection, and this one commits nothing.
			version: db.prepare('PRAGMA data_version'),
			keysOf: db.prepare(`SELECT photo, id FROM photos WHERE id ${inList}`),
			idsOf: db.prepare(`SELECT photo, id FROM photos WHERE photo ${inList}`),
		};
		// Hundreds of rows per search: lists are made faster than objects.
		this.#statements.keysOf.setReturnArrays(true);
		this.#statements.idsOf.setReturnArrays(true);
	}

	/** Keys by id, in the order of the ids; unknown ids are left out. */
	keysOf(ids: readonly string[]): Map<string, number> {
		this.#forget();
		const unread = ids.filter((id) => !this.#keys.has(id));
		if (unread.length > 0) this.#remember(this.#statements.keysOf.all(JSON.stringify(unread)));
		return found(ids, this.#keys);
	}

	/** Ids by key, in the order of the keys; photos that are gone are left out. */
	idsOf(photos: readonly number[]): Map<number, string> {
		this.#forget();
		const unread = photos.filter((photo) => !this.#ids.has(photo));
		if (unread.length > 0) this.#remember(this.#statements.idsOf.all(JSON.stringify(unread)));
		return found(photos, this.#ids);
	}

	#remember(rows: unknown[]): void {
		for (const [photo, id] of rows as [number, string][]) {
			this.#keys.set(String(id), Number(photo));
			this.#ids.set(Number(photo), String(id));
		}
	}

	/** What a write may have changed, or what has become too much. */
	#forget(): void {
		const version = Number(this.#statements.version.get()?.data_version);
		if (version === this.#version && this.#keys.size < REMEMBERED) return;
		this.#version = version;
		this.#keys.clear();
		this.#ids.clear();
	}
}

function found<K, V>(wanted: readonly K[], known: ReadonlyMap<K, V>): Map<K, V> {
	const values = new Map<K, V>();
	for (const key of wanted) {
		const value = known.get(key);
		if (value !== undefined) values.set(key, value);
	}
	return values;
}
