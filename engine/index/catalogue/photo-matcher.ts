import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Filters } from '../vector-index';
import { conditionsOf, type Conditions, type LabelCondition } from './photo-filter';
import { allOf } from './where';

/** A filter as the search over vectors asks it; photos are known by their key. */
export interface ChannelFilter {
	/** Those among these that satisfy it. */
	passing(photos: number[]): Set<number>;
	/** Every photo that satisfies it, in no order. */
	all(): Float64Array;
	/** The same, where they are no more than can be compared one by one, and are found as fast. */
	few(): Float64Array | undefined;
}

/** Filters whose answers are remembered: of a query's channels and pages, and of a few users. */
const REMEMBERED = 4;

/** Below it, photos that have the labels are looked up one by one for the other conditions. */
const FEW = 5_000;

/** Vectors that are compared in a millisecond; a walk among others costs as much. */
const FEW_VECTORS = 10_000;

/** Photos with a label, from which on reading them takes longer than what it saves. */
const MANY_LABELLED = 20_000;

/** The filters of an index, the last few of them with what they last answered. */
export class PhotoMatchers {
	readonly #db: DatabaseSync;
	/** By the filter's JSON, the most recently used last. */
	readonly #matchers = new Map<string, PhotoMatcher>();

	constructor(db: DatabaseSync) {
		this.#db = db;
	}

	/** `undefined` if the filter keeps everything. Throws `BAD_REQUEST` for what is no filter. */
	of(filter: Filters | undefined): ChannelFilter | undefined {
		const conditions = conditionsOf(filter);
		if (!conditions) return undefined;
		const key = JSON.stringify(filter);
		const matcher = this.#matchers.get(key) ?? new PhotoMatcher(this.#db, conditions);
		this.#matchers.delete(key);
		this.#matchers.set(key, matcher);
		for (const oldest of this.#matchers.keys()) {
			if (this.#matchers.size <= REMEMBERED) break;
			this.#matchers.delete(oldest);
		}
		return matcher;
	}
}

/**
 * The conditions of a filter over the photos of a database. A few photos are looked up one by one;
 * for all of them each label is read from its own index, which is several times faster than to let
 * SQLite look up every photo by every label.
 */
class PhotoMatcher implements ChannelFilter {
	readonly #db: DatabaseSync;
	readonly #conditions: Conditions;
	readonly #version;
	#answer: { version: number; photos: Float64Array; set?: ReadonlySet<number> } | undefined;
	/** Whether so few have a label that all are worth reading. */
	#isNarrow: { version: number; value: boolean } | undefined;

	constructor(db: DatabaseSync, conditions: Conditions) {
		this.#db = db;
		this.#conditions = conditions;
		this.#version = db.prepare('PRAGMA data_version');
	}

	passing(photos: number[]): Set<number> {
		const few = this.few() && (this.#answer!.set ??= new Set(this.#answer!.photos));
		if (few) return new Set(photos.filter((photo) => few.has(photo)));
		const { columns, labels } = this.#conditions;
		const { sql, values } = allOf([
			{ sql: 'photos.photo IN (SELECT value FROM json_each(?))', values: [JSON.stringify(photos)] },
			...(columns ? [columns] : []),
			...labels.map(({ kind, names, not }) => ({
				sql: `${not ? 'NOT' : ''} EXISTS (SELECT 1 FROM labels WHERE kind = ?
					AND name IN (SELECT value FROM json_each(?)) AND labels.photo = photos.photo)`,
				values: [kind, names],
			})),
		])!;
		return new Set(this.#list(`photos WHERE ${sql}`, values));
	}

	few(): Float64Array | undefined {
		const version = this.#now();
		if (this.#answer?.version !== version) {
			if (this.#isNarrow?.version !== version) {
				this.#isNarrow = { version, value: this.#hasRareLabel() };
			}
			if (!this.#isNarrow.value) return undefined;
		}
		const photos = this.all();
		return photos.length <= FEW_VECTORS ? photos : undefined;
	}

	all(): Float64Array {
		const version = this.#now();
		if (this.#answer?.version !== version) this.#answer = { version, photos: this.#find() };
		return this.#answer.photos;
	}

	/** Changes with every commit of the writer, so that no answer outlives what it says. */
	#now(): number {
		return Number(this.#version.get()?.data_version);
	}

	/** Not if other conditions may take as long as a walk: what must not be there may be on most photos. */
	#hasRareLabel(): boolean {
		const { columns, labels } = this.#conditions;
		if (labels.some(({ not }) => not)) return false;
		const many = columns ? FEW : MANY_LABELLED;
		const count = this.#db.prepare(
			`SELECT count(*) AS n FROM (SELECT 1 FROM labels WHERE kind = ?
			AND name IN (SELECT value FROM json_each(?)) LIMIT ?)`,
		);
		return labels.some(({ kind, names }) => Number(count.get(kind, names, many)?.n) < many);
	}

	#find(): Float64Array {
		const { columns, labels } = this.#conditions;
		let kept: number[] | undefined;
		for (const label of labels.filter(({ not }) => !not)) {
			kept = common(kept, this.#labelled(label));
		}
		if (columns && kept && kept.length < FEW) {
			kept = this.#list(
				`photos WHERE photo IN (SELECT value FROM json_each(?)) AND ${columns.sql}`,
				[JSON.stringify(kept), ...columns.values],
			);
		} else if (columns) {
			kept = common(kept, this.#list(`photos WHERE ${columns.sql}`, columns.values));
		}
		kept ??= this.#list('photos', []);
		for (const label of labels.filter(({ not }) => not)) {
			const without = new Set(this.#labelled(label));
			kept = kept.filter((photo) => !without.has(photo));
		}
		return Float64Array.from(kept);
	}

	#labelled({ kind, names }: LabelCondition): number[] {
		const photos = this.#list(
			'labels WHERE kind = ? AND name IN (SELECT value FROM json_each(?))',
			[kind, names],
		);
		const mayRepeat = (JSON.parse(names) as string[]).length > 1;
		return mayRepeat ? [...new Set(photos)] : photos;
	}

	/** As one JSON list: an object per row, as statements answer them, takes several times longer. */
	#list(from: string, values: SQLInputValue[]): number[] {
		const row = this.#db
			.prepare(`SELECT json_group_array(photo) AS photos FROM ${from}`)
			.get(...values);
		return JSON.parse(String(row?.photos)) as number[];
	}
}

function common(some: number[] | undefined, others: number[]): number[] {
	if (!some) return others;
	const [few, many] = some.length < others.length ? [some, others] : [others, some];
	const set = new Set(few);
	return many.filter((photo) => set.has(photo));
}
