import type { DatabaseSync } from 'node:sqlite';
import { indexedWords } from './searchable-text';

/**
 * Full text anew, of tokens that we make. SQLite's tokenizer takes a sentence without spaces for one
 * word, cuts Indic words at their vowel signs, and knows no umlaut that is spelled out. Of ours it
 * only has to find the spaces: every character but those is part of a token.
 */
const SQL = `
	DROP TABLE words;
	-- Contentless: the words stand in photos already.
	CREATE VIRTUAL TABLE words USING fts5 (
		title, description, tags, people, filename,
		content = '', contentless_delete = 1,
		tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
	);
`;

export function toSchema3(db: DatabaseSync): void {
	db.exec(SQL);
	const add = db.prepare(
		`INSERT INTO words (rowid, title, description, tags, people, filename)
		VALUES (?, ?, ?, ?, ?, ?)`,
	);
	const photos = db.prepare(
		'SELECT photo, id, s3_path, title, description, tags, people FROM photos',
	);
	for (const row of photos.iterate()) {
		const words = indexedWords({
			id: String(row.id),
			s3_path: textOf(row.s3_path),
			title: textOf(row.title),
			description: textOf(row.description),
			tags: listOf(row.tags),
			people: listOf(row.people),
		});
		add.run(Number(row.photo), ...words);
	}
}

const textOf = (value: unknown) => (value === null ? null : String(value));

/** A list that is damaged has no words, but must not keep the whole index from opening. */
function listOf(json: unknown): string[] {
	try {
		const list: unknown = JSON.parse(String(json));
		return Array.isArray(list) ? list.map(String) : [];
	} catch {
		return [];
	}
}
