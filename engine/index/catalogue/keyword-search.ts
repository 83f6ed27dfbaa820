import type { DatabaseSync } from 'node:sqlite';
import type { Where } from './where';
import type { Hit } from '../vector-index';

/**
 * BM25 weights of title, description, tags, people, file name, in the order of the table's columns.
 * A name in the list of people is meant; one in a file name may be chance.
 */
const WEIGHTS = '4.0, 2.0, 6.0, 8.0, 1.0';

/** Beyond this a query is no longer words someone typed, and every word costs a look-up. */
const MAX_WORDS = 64;

export interface KeywordOptions {
	match?: 'any' | 'all' | undefined;
	prefixLast?: boolean | undefined;
}

/** Full-text hits, best first, ties by id. */
export function searchKeywords(
	db: DatabaseSync,
	words: string[],
	k: number,
	options: KeywordOptions,
	where: Where | undefined,
): Hit[] {
	const query = ftsQuery(words, options);
	if (query === '') return [];
	const statement = db.prepare(
		`SELECT photos.id AS id, -bm25(words, ${WEIGHTS}) AS score
		FROM words JOIN photos ON photos.photo = words.rowid
		WHERE words MATCH ? ${where ? `AND ${where.sql}` : ''}
		ORDER BY score DESC, photos.id LIMIT ?`,
	);
	const rows = statement.all(query, ...(where?.values ?? []), k);
	return rows.map((row) => ({ id: String(row.id), score: Number(row.score) }));
}

/**
 * Words as an FTS5 expression. Each is quoted, so that `NEAR(`, `*` or a quote in it are text, not
 * syntax. Words the tokenizer would leave nothing of are dropped: as operands of AND they would
 * match no photo.
 */
function ftsQuery(words: string[], { match = 'any', prefixLast }: KeywordOptions): string {
	const useful = words.filter((word) => /[\p{L}\p{N}\p{Co}]/u.test(word)).slice(0, MAX_WORDS);
	// FTS5 reads the expression as a C string: a NUL would end it inside a quote.
	const quoted = useful.map((word) => `"${word.replaceAll('\0', ' ').replaceAll('"', '""')}"`);
	if (prefixLast && quoted.length > 0) quoted.push(`${quoted.pop()} *`);
	return quoted.join(match === 'all' ? ' AND ' : ' OR ');
}
