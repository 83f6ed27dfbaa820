import type { DatabaseSync } from 'node:sqlite';
import { expressionOf, levelsOf } from './keyword-expression';
import type { Where } from './where';
import type { KeywordHit, Wording } from '../vector-index';

/**
 * BM25 weights of title, description, tags, people, file name, in the order of the table's columns.
 * A name in the list of people is meant; one in a file name may be chance.
 */
const WEIGHTS = '4.0, 2.0, 6.0, 8.0, 1.0';

export type Match = 'any' | 'all';

/**
 * Full-text hits: the closest wording first, then by BM25, ties by id. Each closeness is a query of
 * its own, and a wider one is asked only where narrower ones left places empty.
 */
export function searchKeywords(
	db: DatabaseSync,
	words: Wording[],
	k: number,
	match: Match,
	where: Where | undefined,
): KeywordHit[] {
	const hits = new Map<string, KeywordHit>();
	const statement = db.prepare(
		`SELECT photos.id AS id, -bm25(words, ${WEIGHTS}) AS score
		FROM words JOIN photos ON photos.photo = words.rowid
		WHERE words MATCH ? ${where ? `AND ${where.sql}` : ''}
		ORDER BY score DESC, photos.id LIMIT ?`,
	);
	for (const closeness of levelsOf(words)) {
		if (hits.size >= k) break;
		const expression = expressionOf(words, match, closeness);
		if (expression === '') continue;
		// Of these k, at most as many have been found already as are here.
		for (const row of statement.all(expression, ...(where?.values ?? []), k)) {
			const id = String(row.id);
			if (hits.size < k && !hits.has(id)) {
				hits.set(id, { id, score: Number(row.score), closeness });
			}
		}
	}
	return [...hits.values()];
}

/** Those among these photos that have every word, with the closeness it takes. */
export function matchKeywords(
	db: DatabaseSync,
	words: Wording[],
	ids: string[],
): Map<string, number> {
	const found = new Map<string, number>();
	const statement = db.prepare(
		`SELECT photos.id AS id FROM words JOIN photos ON photos.photo = words.rowid
		WHERE words MATCH ? AND photos.id IN (SELECT value FROM json_each(?))`,
	);
	for (const closeness of levelsOf(words)) {
		const missing = ids.filter((id) => !found.has(id));
		const expression = expressionOf(words, 'all', closeness);
		if (missing.length === 0) break;
		if (expression === '') continue;
		for (const row of statement.all(expression, JSON.stringify(missing))) {
			found.set(String(row.id), closeness);
		}
	}
	return found;
}
