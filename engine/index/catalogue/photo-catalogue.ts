import type { DatabaseSync } from 'node:sqlite';
import type { PhotoFilter } from '../../service/contract';
import { whereOf, type Where } from './photo-filter';
import {
	COLUMNS,
	columnsOf,
	factsOf,
	fileWordsOf,
	foldedSet,
	merge,
	storedPhotoOf,
	type Row,
} from './photo-row';
import { searchableText } from './searchable-text';
import type { OwedText, PhotoRecord, StoredPhoto } from '../vector-index';

/** What a write did, as far as the vectors are concerned. */
export interface Written {
	photo: number;
	status: 'created' | 'updated';
	wordsChanged: boolean;
	hasWords: boolean;
}

const SELECT_PHOTO = `SELECT photos.*,
	EXISTS (SELECT 1 FROM vectors v WHERE v.photo = photos.photo AND v.kind = 'image') AS has_image,
	EXISTS (SELECT 1 FROM vectors v WHERE v.photo = photos.photo AND v.kind = 'text') AS has_text
	FROM photos`;

/** The SQL over photos and their labels; knows nothing of vectors but whether there are any. */
export class PhotoCatalogue {
	readonly #db: DatabaseSync;
	readonly #statements;
	#count: number;

	constructor(db: DatabaseSync) {
		this.#db = db;
		this.#statements = prepareAll(db);
		this.#count = this.#countRows();
	}

	get count(): number {
		return this.#count;
	}

	/** After a rollback: the counter speaks of what is stored again. */
	reload(): void {
		this.#count = this.#countRows();
	}

	/** Creates or updates a photo and its words. Call inside a transaction. */
	write(record: PhotoRecord, now: Date): Written {
		const row = this.#statements.find.get(record.id);
		const old = row ? factsOf(row) : undefined;
		const facts = merge(old, record);
		const wordsChanged = !old || searchableText(facts) !== searchableText(old);
		const revision = Number(row?.revision ?? 0) + (wordsChanged ? 1 : 0);
		const values = columnsOf(record.id, facts, now, Math.max(1, revision));
		let photo: number;
		if (row) {
			photo = Number(row.photo);
			this.#statements.update.run(...values, photo);
			this.#statements.dropLabels.run(photo);
			this.#statements.dropWords.run(photo);
		} else {
			photo = Number(this.#statements.insert.run(...values).lastInsertRowid);
			this.#count++;
		}
		for (const tag of foldedSet(facts.tags)) this.#statements.addLabel.run('tag', tag, photo);
		for (const name of foldedSet(facts.people))
			this.#statements.addLabel.run('person', name, photo);
		this.#statements.addWords.run(
			photo,
			facts.title ?? '',
			facts.description ?? '',
			(facts.tags ?? []).join('\n'),
			(facts.people ?? []).join('\n'),
			fileWordsOf(record.id, facts.s3_path),
		);
		return {
			photo,
			status: row ? 'updated' : 'created',
			wordsChanged,
			hasWords: searchableText(facts) !== '',
		};
	}

	/** Marks the text vector as owed or not; an older debt keeps its place in the queue. */
	setOwed(photo: number, since: number | null): void {
		this.#statements.setOwed.run(since, since, photo);
	}

	/** Call inside a transaction; vectors and labels follow by foreign key. */
	delete(ids: string[]): { photo: number; id: string }[] {
		const list = JSON.stringify(ids);
		const gone = this.#statements.findIds.all(list).map(photoAndId);
		for (const { photo } of gone) this.#statements.dropWords.run(photo);
		this.#statements.deleteIds.run(list);
		this.#count -= gone.length;
		return gone;
	}

	getMany(ids: string[]): Map<string, StoredPhoto> {
		const rows = this.#statements.getMany.all(JSON.stringify(ids));
		return new Map(rows.map((row) => [String(row.id), storedPhotoOf(row)]));
	}

	photoOf(id: string): number | undefined {
		const row = this.#statements.find.get(id);
		return row && Number(row.photo);
	}

	/** Keys of the photos with these ids; unknown ids are left out. */
	photosOf(ids: string[]): { photo: number; id: string }[] {
		return this.#statements.findIds.all(JSON.stringify(ids)).map(photoAndId);
	}

	/** Ids by key; photos that are gone are left out. */
	idsOf(photos: number[]): Map<number, string> {
		const rows = this.#statements.idsOf.all(JSON.stringify(photos));
		return new Map(rows.map((row) => [Number(row.photo), String(row.id)]));
	}

	/** Ids that satisfy the filter, in SQLite's order of ids (code points). */
	ids(filter: PhotoFilter, after: string | undefined, limit: number | undefined): string[] {
		const where = whereOf(filter) ?? { sql: '1', values: [] };
		const sql = `SELECT id FROM photos WHERE ${where.sql} AND id > ? ORDER BY id LIMIT ?`;
		const rows = this.#db.prepare(sql).all(...where.values, after ?? '', limit ?? -1);
		return rows.map((row) => String(row.id));
	}

	/** Keys of the photos that satisfy the condition. */
	photosWhere(where: Where): number[] {
		const sql = `SELECT photo FROM photos WHERE ${where.sql}`;
		const photos: number[] = [];
		for (const row of this.#db.prepare(sql).iterate(...where.values)) {
			photos.push(Number(row.photo));
		}
		return photos;
	}

	owed(limit: number): OwedText[] {
		return this.#statements.owed.all(limit).map((row) => ({
			id: String(row.id),
			text: searchableText(factsOf(row)),
			revision: Number(row.revision),
		}));
	}

	countOwed(): number {
		return Number(this.#statements.countOwed.get()?.n);
	}

	/** The key of the photo whose words, of this very revision, wait for their vector. */
	debtor(id: string, revision: number): number | undefined {
		const row = this.#statements.debtor.get(id, revision);
		return row && Number(row.photo);
	}

	#countRows(): number {
		return Number(this.#statements.count.get()?.n);
	}
}

function prepareAll(db: DatabaseSync) {
	const inList = 'IN (SELECT value FROM json_each(?))';
	return {
		count: db.prepare('SELECT count(*) AS n FROM photos'),
		find: db.prepare('SELECT * FROM photos WHERE id = ?'),
		findIds: db.prepare(`SELECT photo, id FROM photos WHERE id ${inList}`),
		idsOf: db.prepare(`SELECT photo, id FROM photos WHERE photo ${inList}`),
		getMany: db.prepare(`${SELECT_PHOTO} WHERE id ${inList}`),
		insert: db.prepare(
			`INSERT INTO photos (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`,
		),
		update: db.prepare(
			`UPDATE photos SET ${COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE photo = ?`,
		),
		deleteIds: db.prepare(`DELETE FROM photos WHERE id ${inList}`),
		dropLabels: db.prepare('DELETE FROM labels WHERE photo = ?'),
		addLabel: db.prepare('INSERT INTO labels (kind, name, photo) VALUES (?, ?, ?)'),
		dropWords: db.prepare('DELETE FROM words WHERE rowid = ?'),
		addWords: db.prepare(
			`INSERT INTO words (rowid, title, description, tags, people, filename)
			VALUES (?, ?, ?, ?, ?, ?)`,
		),
		setOwed: db.prepare(
			`UPDATE photos SET text_owed_since =
				CASE WHEN ? IS NULL THEN NULL ELSE coalesce(text_owed_since, ?) END WHERE photo = ?`,
		),
		owed: db.prepare(
			`SELECT * FROM photos WHERE text_owed_since IS NOT NULL
			ORDER BY text_owed_since, photo LIMIT ?`,
		),
		countOwed: db.prepare('SELECT count(*) AS n FROM photos WHERE text_owed_since IS NOT NULL'),
		debtor: db.prepare(
			`SELECT photo FROM photos WHERE id = ? AND revision = ? AND text_owed_since IS NOT NULL`,
		),
	};
}

const photoAndId = (row: Row) => ({ photo: Number(row.photo), id: String(row.id) });
