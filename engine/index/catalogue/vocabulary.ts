import type { DatabaseSync } from 'node:sqlite';
import { editDistance } from '../../words/edit-distance';

export interface SimilarWord {
	word: string;
	photos: number;
	edits: number;
}

/** The words that photos are found by. */
export class Vocabulary {
	readonly #statements;

	constructor(db: DatabaseSync) {
		db.exec('CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, row)');
		this.#statements = {
			count: db.prepare('SELECT doc FROM temp.vocabulary WHERE term = ?'),
			all: db.prepare('SELECT term, doc FROM temp.vocabulary'),
		};
	}

	count(words: string[]): Map<string, number> {
		return new Map(
			words.map((word) => [word, Number(this.#statements.count.get(word.toLowerCase())?.doc ?? 0)]),
		);
	}

	similar(word: string, limit: number): SimilarWord[] {
		const length = [...word].length;
		const most = length < 4 ? 0 : length < 8 ? 1 : 2;
		const similar: SimilarWord[] = [];
		if (most === 0) return similar;
		for (const { term, doc } of this.#statements.all.iterate()) {
			const edits = editDistance(word, String(term), most);
			if (edits > 0 && edits <= most) {
				similar.push({ word: String(term), photos: Number(doc), edits });
			}
		}
		similar.sort((a, b) => b.photos - a.photos || (a.word < b.word ? -1 : 1));
		return similar.slice(0, limit);
	}
}
