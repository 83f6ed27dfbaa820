import type { Note } from './query';

/** Nobody reads more, and hostile input has a thousand mistakes. */
const MAX_NOTES = 10;

/** Where something is in `typed`. */
export interface Place {
	from: number;
	to: number;
}

/** What people are told about how their query was read. */
export class Notes {
	readonly #notes: Note[] = [];

	add(message: string, { from, to }: Place): void {
		if (this.#notes.length < MAX_NOTES) this.#notes.push({ message, from, to });
	}

	/** In the order of their places. */
	all(): Note[] {
		return this.#notes.sort((a, b) => a.from - b.from || a.to - b.to);
	}
}
