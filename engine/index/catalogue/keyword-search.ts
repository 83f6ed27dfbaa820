import type { DatabaseSync } from 'node:sqlite';
import type { Filters } from '../vector-index';
import type { KeywordHit, Wording } from '../vector-index';
import { levelsOf, phrasesOf, type Match, type WordPhrases } from './keyword-expression';
import { whereOf } from './photo-filter';
import { limitOf } from './limit';
import { compareIds } from './photo-id';
import type { PhotoKeys } from './photo-keys';
import type { PhotoMatchers } from './photo-matcher';

/**
 * BM25 weights of title, description, tags, people, file name, in the order of the table's columns.
 * A name in the list of people is meant; one in a file name may be chance.
 */
const WEIGHTS = '4.0, 2.0, 6.0, 8.0, 1.0';

/** Fields whose words say what a photo is, and not what it also mentions. */
const TELLING_FIELDS = '{title tags people}';

/**
 * Photos that are ranked by BM25 at most. It takes 0.7 µs for each, so that three words which a
 * third of 100,000 photos have took 62 ms, and of words so frequent it says little.
 */
const MOST_RANKED = 5_000;

/** Expressions whose matches are; a query has a handful, and asks for each several times. */
const COUNTS_REMEMBERED = 1_000;

/** Beyond the last place; more that share it are sorted by SQLite. */
const MOST_TIED = 100;

/** Forms of one word whose number does not matter to that. */
const CHEAP_FORMS = 8;

/** What is found without BM25 comes after what was found before it. */
const STEP_DOWN = 0.9;

/** Full text over the words of photos. */
export class KeywordSearch {
	readonly #db: DatabaseSync;
	readonly #keys: PhotoKeys;
	readonly #matchers: PhotoMatchers;
	readonly #statements;
	/** By expression, of the database as it was. */
	#counted = { version: -1, photos: new Map<string, number>() };

	constructor(db: DatabaseSync, keys: PhotoKeys, matchers: PhotoMatchers) {
		this.#db = db;
		this.#keys = keys;
		this.#matchers = matchers;
		this.#statements = prepareAll(db);
	}

	/**
	 * The closest wording first, then by score, ties by id. Each closeness is a query of its own, and
	 * a wider one is asked only where narrower ones left places empty.
	 */
	search(words: Wording[], limit: number, match: Match, filter?: Filters): KeywordHit[] {
		const k = limitOf(limit);
		const hits = new Map<string, KeywordHit>();
		for (const closeness of levelsOf(words)) {
			if (hits.size >= k) break;
			const phrases = phrasesOf(words, match, closeness);
			if (!phrases) continue;
			// Of k hits, at most as many have been found already as are here.
			for (const { id, score } of this.#searchLevel(phrases, k, match, filter)) {
				if (hits.size < k && !hits.has(id)) hits.set(id, { id, score, closeness });
			}
		}
		return [...hits.values()];
	}

	/** Those among these photos that have every word, with the closeness it takes. */
	matching(words: Wording[], ids: string[]): Map<string, number> {
		const found = new Map<string, number>();
		const keys = this.#keys.keysOf(ids);
		const missing = new Map(Array.from(keys, ([id, photo]) => [photo, id]));
		for (const closeness of levelsOf(words)) {
			if (missing.size === 0) break;
			const phrases = phrasesOf(words, 'all', closeness);
			if (!phrases) continue;
			const among = JSON.stringify([...missing.keys()]);
			const rows = this.#statements.among.all(expressionOf(phrases, 'all'), among);
			for (const [photo] of rows as unknown as [number][]) {
				found.set(missing.get(photo)!, closeness);
				missing.delete(photo);
			}
		}
		return found;
	}

	/** How many photos have these words one after the other. */
	count(tokens: string[]): number {
		return Number(this.#statements.count.get(`"${tokens.join(' ')}"`)?.n);
	}

	#searchLevel(
		phrases: WordPhrases[],
		k: number,
		match: Match,
		filter: Filters | undefined,
	): Scored[] {
		const { rare, frequent } = this.#byFrequency(phrases);
		// All of several words are together as rare as the rarest of them.
		if (frequent.length === 0 || (match === 'all' && rare.length > 0)) {
			return this.#ranked(expressionOf(phrases, match), k, filter);
		}
		const hits = new Map<string, Scored>();
		const add = (found: Scored[]) => {
			for (const hit of found) if (hits.size < k && !hits.has(hit.id)) hits.set(hit.id, hit);
		};
		if (rare.length > 0) add(this.#ranked(expressionOf(rare, match), k, filter));
		let lowest = [...hits.values()].at(-1)?.score ?? Infinity;
		for (const step of stepsOf(frequent, match)) {
			if (hits.size >= k) break;
			const found = this.#byId(step, k, filter, lowest * STEP_DOWN);
			add(found);
			lowest = found.at(-1)?.score ?? lowest;
		}
		return [...hits.values()];
	}

	/** Photos that match, counted up to one more than can be ranked; remembered until a write. */
	#countSome(expression: string): number {
		const version = Number(this.#statements.version.get()?.data_version);
		if (version !== this.#counted.version || this.#counted.photos.size >= COUNTS_REMEMBERED) {
			this.#counted = { version, photos: new Map() };
		}
		const known = this.#counted.photos.get(expression);
		if (known !== undefined) return known;
		const photos = Number(this.#statements.countSome.get(expression)?.n);
		this.#counted.photos.set(expression, photos);
		return photos;
	}

	/** The rarest words, as many as can be ranked together, and the others, each the rarest first. */
	#byFrequency(words: WordPhrases[]): { rare: WordPhrases[]; frequent: WordPhrases[] } {
		const costs = words.map((phrases) => {
			const photos = this.#countSome(expressionOf([phrases], 'any'));
			// Each form of a word makes ranking slower.
			return { phrases, cost: photos * Math.max(1, phrases.length / CHEAP_FORMS) };
		});
		costs.sort((a, b) => a.cost - b.cost);
		let sum = 0;
		const ranked = costs.filter(({ cost }) => (sum += cost) <= MOST_RANKED).length;
		const sorted = costs.map(({ phrases }) => phrases);
		return { rare: sorted.slice(0, ranked), frequent: sorted.slice(ranked) };
	}

	#ranked(expression: string, k: number, filter: Filters | undefined): Scored[] {
		const where = whereOf(filter);
		const few = this.#matchers.of(filter)?.few();
		if (!where || few) {
			const best = this.#bestOf(expression, k, few);
			if (best) return best;
		}
		const statement = this.#db.prepare(
			`SELECT photos.id AS id, -bm25(words, ${WEIGHTS}) AS score
			FROM words JOIN photos ON photos.photo = words.rowid
			WHERE words MATCH ? ${where ? `AND ${where.sql}` : ''}
			ORDER BY score DESC, photos.id LIMIT ?`,
		);
		const rows = statement.all(expression, ...(where?.values ?? []), k);
		return rows.map((row) => ({ id: String(row.id), score: Number(row.score) }));
	}

	/**
	 * Ids are looked up only for the best, which takes half as long. Undefined where so many share the
	 * last place that their ids have to be compared.
	 *
	 * @param among only these photos
	 */
	#bestOf(expression: string, k: number, among?: Float64Array): Scored[] | undefined {
		const { best, bestAmong } = this.#statements;
		const most = k + MOST_TIED;
		const rows = among
			? bestAmong.all(expression, JSON.stringify([...among]), most)
			: best.all(expression, most);
		const scored = rows as unknown as [number, number][];
		if (scored.length === most && scored.at(-1)![1] === scored[k - 1]![1]) return undefined;
		const ids = this.#keys.idsOf(scored.map(([photo]) => photo));
		return scored
			.flatMap(([photo, score]) => {
				const id = ids.get(photo);
				return id === undefined ? [] : [{ id, score }];
			})
			.sort((a, b) => b.score - a.score || compareIds(a.id, b.id))
			.slice(0, k);
	}

	/** The first by id, all of one score: what BM25 gives a word of this frequency, once, at most. */
	#byId(expression: string, k: number, filter: Filters | undefined, atMost: number): Scored[] {
		const row = this.#statements.photos.get(expression);
		let photos = JSON.parse(String(row?.photos)) as number[];
		const all = Number(this.#statements.last.get()?.photo ?? 0);
		const idf = Math.log((all - photos.length + 0.5) / (photos.length + 0.5));
		const score = Math.min(Math.max(idf, Number.EPSILON), atMost);
		const isFound = new Uint8Array(all + 1);
		for (const photo of photos) isFound[photo] = 1;
		const passing = this.#matchers.of(filter)?.all();
		if (passing) {
			photos = Array.from(passing.filter((photo) => isFound[photo]));
			isFound.fill(0);
			for (const photo of photos) isFound[photo] = 1;
		}
		// Looking up n keys, or walking over ids until k of them, n of all, have come.
		const ids =
			photos.length ** 2 <= k * all
				? this.#statements.firstOf.all(JSON.stringify(photos), k).map(({ id }) => String(id))
				: this.#firstIds(isFound, k);
		return ids.map((id) => ({ id, score }));
	}

	#firstIds(isFound: Uint8Array, k: number): string[] {
		const ids: string[] = [];
		for (const row of this.#statements.inOrder.iterate()) {
			const [photo, id] = row as unknown as [number, string];
			if (isFound[photo] && ids.push(id) >= k) break;
		}
		return ids;
	}
}

/** The telling fields of one word, then all; of several, any of which will do, one after the other. */
function stepsOf(frequent: WordPhrases[], match: Match): string[] {
	if (match === 'all' && frequent.length > 1) return [expressionOf(frequent, 'all')];
	return frequent.flatMap((phrases) => {
		const word = expressionOf([phrases], 'any');
		return frequent.length === 1 ? [`${TELLING_FIELDS} : (${word})`, word] : [word];
	});
}

interface Scored {
	id: string;
	score: number;
}

function expressionOf(words: WordPhrases[], match: Match): string {
	const operands = words.map((phrases) => `(${phrases.join(' OR ')})`);
	return operands.join(match === 'all' ? ' AND ' : ' OR ');
}

function prepareAll(db: DatabaseSync) {
	const statements = {
		// Changes with every commit of another connection, and this one commits nothing.
		version: db.prepare('PRAGMA data_version'),
		countSome: db.prepare(
			`SELECT count(*) AS n FROM
				(SELECT 1 FROM words WHERE words MATCH ? LIMIT ${MOST_RANKED + 1})`,
		),
		count: db.prepare('SELECT count(*) AS n FROM words WHERE words MATCH ?'),
		// The plus keeps SQLite from asking full text anew for each of the photos.
		among: db.prepare(
			`SELECT rowid FROM words WHERE words MATCH ?
			AND +rowid IN (SELECT value FROM json_each(?))`,
		),
		// As one list: an object per row takes several times longer.
		photos: db.prepare('SELECT json_group_array(rowid) AS photos FROM words WHERE words MATCH ?'),
		best: db.prepare(
			`SELECT rowid, -bm25(words, ${WEIGHTS}) AS score FROM words WHERE words MATCH ?
			ORDER BY score DESC LIMIT ?`,
		),
		bestAmong: db.prepare(
			`SELECT rowid, -bm25(words, ${WEIGHTS}) AS score FROM words WHERE words MATCH ?
			AND +rowid IN (SELECT value FROM json_each(?)) ORDER BY score DESC LIMIT ?`,
		),
		last: db.prepare('SELECT max(photo) AS photo FROM photos'),
		inOrder: db.prepare('SELECT photo, id FROM photos ORDER BY id'),
		firstOf: db.prepare(
			'SELECT id FROM photos WHERE photo IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?',
		),
	};
	// Hundreds of rows per search: lists are made faster than objects.
	for (const one of [statements.among, statements.best, statements.bestAmong, statements.inOrder]) {
		one.setReturnArrays(true);
	}
	return statements;
}
