import type { DatabaseSync } from 'node:sqlite';
import { editDistance } from '../../words/edit-distance';
import { tokensOf } from '../../words/fold';
import type { KeywordSearch } from './keyword-search';
import { allPages } from './pages';
import { prefixEnd } from './photo-filter';

export interface SimilarWord {
	word: string;
	photos: number;
	edits: number;
}

interface StoredWord {
	word: string;
	photos: number;
}

/** Letters from which a word may differ by one edit, and by two: shorter words are all alike. */
const ONE_EDIT = 4;
const TWO_EDITS = 8;

/** Words whose numbers are remembered. */
const MOST_COUNTS = 10_000;

/** Words counted in one go: two milliseconds. */
const PAGE = 1_000;

/**
 * The words that photos are found by. Their number of photos has to be counted anew with each
 * reading, which takes 70 ms for two million words in 100,000 photos: so only those with the first
 * letter of the word in question are read, and remembered until something is written.
 */
export class Vocabulary {
	readonly #keywords: KeywordSearch;
	readonly #statements;
	#version = -1;
	/** By what they begin with. */
	#words = new Map<string, Promise<StoredWord[]>>();
	/** Photos by word, or phrase: FTS5 counts them one by one, which takes 0.5 ms for 30,000. */
	readonly #counts = new Map<string, number>();

	constructor(db: DatabaseSync, keywords: KeywordSearch) {
		this.#keywords = keywords;
		db.exec('CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, row)');
		this.#statements = {
			version: db.prepare('PRAGMA data_version'),
			count: db.prepare('SELECT doc FROM temp.vocabulary WHERE term = ?'),
			page: db.prepare(
				`SELECT term, doc FROM temp.vocabulary WHERE term > ? AND term < ?
				ORDER BY term LIMIT ${PAGE}`,
			),
		};
	}

	/** How many photos have each of these words, or phrases; 0 for what has no letter or digit. */
	count(words: string[]): Map<string, number> {
		this.#forget();
		return new Map(words.map((word) => [word, this.#count(word)]));
	}

	#count(word: string): number {
		const known = this.#counts.get(word);
		if (known !== undefined) return known;
		const tokens = tokensOf(word);
		const photos =
			tokens.length > 1
				? this.#keywords.count(tokens)
				: Number(this.#statements.count.get(tokens[0] ?? '')?.doc ?? 0);
		if (this.#counts.size >= MOST_COUNTS) this.#counts.clear();
		this.#counts.set(word, photos);
		return photos;
	}

	/** What a write may have changed. */
	#forget(): void {
		const version = Number(this.#statements.version.get()?.data_version);
		if (version === this.#version) return;
		this.#version = version;
		this.#words = new Map();
		this.#counts.clear();
	}

	/**
	 * Words in place of one that is misspelt, the commonest first. The first letter is taken to be
	 * right, unless it was swapped with the second.
	 */
	async similar(word: string, limit: number): Promise<SimilarWord[]> {
		const [folded = '', ...others] = tokensOf(word);
		const letters = Array.from(folded);
		const most = letters.length < ONE_EDIT ? 0 : letters.length < TWO_EDITS ? 1 : 2;
		if (most === 0 || others.length > 0 || /\p{N}/u.test(folded)) return [];
		const [first, second] = letters as [string, string];
		const words = await this.#beginningWith(first);
		const swapped = first === second ? [] : await this.#beginningWith(second + first);
		const similar: SimilarWord[] = [];
		for (const stored of [...words, ...swapped]) {
			// Lengths in UTF-16 units, twice those in letters at most, spare most comparisons.
			if (Math.abs(stored.word.length - folded.length) > 2 * most) continue;
			const edits = editDistance(folded, stored.word, most);
			if (edits > 0 && edits <= most) similar.push({ ...stored, edits });
		}
		similar.sort((a, b) => b.photos - a.photos || a.edits - b.edits || (a.word < b.word ? -1 : 1));
		return similar.slice(0, limit);
	}

	async #beginningWith(beginning: string): Promise<StoredWord[]> {
		this.#forget();
		const known = this.#words;
		let words = known.get(beginning);
		if (!words) {
			const end = prefixEnd(beginning) ?? '';
			words = allPages<StoredWord>(PAGE, (last) =>
				this.#statements.page
					.all(last?.word ?? beginning, end)
					.map(({ term, doc }) => ({ word: String(term), photos: Number(doc) })),
			);
			known.set(beginning, words);
			// What could not be read is tried again.
			words.catch(() => known.delete(beginning));
		}
		return await words;
	}
}
