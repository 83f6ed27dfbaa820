import type { DatabaseSync } from 'node:sqlite';
import { photoChecksum } from './checksum';
import { foldedSet } from './labels';
import { COLUMNS, type MergedRow, type Row } from './photo-row';

/** The SQL that writes photos, their labels and their words. Belongs inside a transaction. */
export class PhotoTable {
	readonly #statements;

	constructor(db: DatabaseSync) {
		this.#statements = prepareAll(db);
	}

	find(id: string): Row | undefined {
		return this.#statements.find.get(id);
	}

	/** Keys of the photos with these ids; unknown ids are left out. */
	keysOf(ids: string[]): { photo: number; id: string }[] {
		return this.#statements.findIds
			.all(JSON.stringify(ids))
			.map((row) => ({ photo: Number(row.photo), id: String(row.id) }));
	}

	/**
	 * Stores a new photo, or a changed one in the place of `old`. Returns its key.
	 *
	 * @param owed since when its text vector is owed, milliseconds since 1970
	 */
	save(old: Row | undefined, merged: MergedRow, owed: number | null): number {
		const values = [...merged.values, photoChecksum(merged.values)];
		if (!old) {
			const photo = Number(this.#statements.insert.run(...values, owed).lastInsertRowid);
			this.#addLabels(photo, merged);
			if (merged.words) this.#statements.addWords.run(photo, ...merged.words);
			return photo;
		}
		const photo = Number(old.photo);
		this.#statements.update.run(...values, owed, photo);
		if (merged.labelsChanged) {
			this.#statements.dropLabels.run(photo);
			this.#addLabels(photo, merged);
		}
		if (merged.words) {
			this.#statements.dropWords.run(photo);
			this.#statements.addWords.run(photo, ...merged.words);
		}
		return photo;
	}

	/** Vectors and labels follow by foreign key. */
	delete(photos: number[]): void {
		for (const photo of photos) {
			this.#statements.dropWords.run(photo);
			this.#statements.delete.run(photo);
		}
	}

	/** The photo whose words, of this very revision, wait for their vector. */
	debtor(id: string, revision: number): number | undefined {
		const row = this.#statements.debtor.get(id, revision);
		return row && Number(row.photo);
	}

	setOwed(photo: number, since: number | null): void {
		this.#statements.setOwed.run(since, photo);
	}

	/** Photos without a vector of this generation that owe none, or that owe one in spite of it. */
	wronglyOwing(generation: number): Iterable<Row> {
		return this.#statements.wronglyOwing.iterate(generation);
	}

	#addLabels(photo: number, { tags, people }: MergedRow): void {
		for (const tag of foldedSet(tags)) this.#statements.addLabel.run('tag', tag, photo);
		for (const name of foldedSet(people)) this.#statements.addLabel.run('person', name, photo);
	}
}

function prepareAll(db: DatabaseSync) {
	const columns = [...COLUMNS, 'checksum', 'text_owed_since'];
	const find = db.prepare('SELECT * FROM photos WHERE id = ?');
	const wronglyOwing = db.prepare(
		`SELECT * FROM photos WHERE (text_owed_since IS NULL) <> EXISTS (
			SELECT 1 FROM vectors v WHERE v.photo = photos.photo AND v.generation = ?
		)`,
	);
	// A flipped bit can make an integer that is no number.
	for (const statement of [find, wronglyOwing]) statement.setReadBigInts(true);
	return {
		...{ find, wronglyOwing },
		findIds: db.prepare(
			'SELECT photo, id FROM photos WHERE id IN (SELECT value FROM json_each(?))',
		),
		insert: db.prepare(
			`INSERT INTO photos (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
		),
		update: db.prepare(
			`UPDATE photos SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE photo = ?`,
		),
		delete: db.prepare('DELETE FROM photos WHERE photo = ?'),
		dropLabels: db.prepare('DELETE FROM labels WHERE photo = ?'),
		addLabel: db.prepare('INSERT INTO labels (kind, name, photo) VALUES (?, ?, ?)'),
		dropWords: db.prepare('DELETE FROM words WHERE rowid = ?'),
		addWords: db.prepare(
			`INSERT INTO words (rowid, title, description, tags, people, filename)
			VALUES (?, ?, ?, ?, ?, ?)`,
		),
		setOwed: db.prepare('UPDATE photos SET text_owed_since = ? WHERE photo = ?'),
		debtor: db.prepare(
			'SELECT photo FROM photos WHERE id = ? AND revision = ? AND text_owed_since IS NOT NULL',
		),
	};
}
