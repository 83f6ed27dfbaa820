import type { PhotoFilter } from '../../service/contract';

/** What somebody looks for, taken apart: what must be there, what must not, and the conditions. */
export interface Query {
	/** As typed: NFC, control characters and runs of white space made one space, trimmed. */
	typed: string;
	/**
	 * The positive free words as one text, what embedding models see: no fields, negatives, weights
	 * or quote marks. '' if there are none.
	 */
	text: string;
	/**
	 * Things that must all be there, in order. One term equal to `text` for a plain description or a
	 * sentence. Empty if nothing positive is said.
	 */
	terms: Term[];
	/** What must not be there: `-word`, `-"a phrase"`, `NOT word`, `without people`. */
	without: Term[];
	/** `person:` and `tag:`, each with its opposite. Compared with what is stored later, leniently. */
	labels: QueryLabel[];
	/** From before:, after:, on:, year:, near:, camera:, bucket:, path:, type:, all of which must hold. */
	filter: PhotoFilter;
	/** `like:photo-id`, `like:photo-id^2`; `-like:photo-id` has a negative weight. */
	like: LikePhoto[];
	/** What was read as words although it looks like more. */
	notes: Note[];
}

export interface Term {
	text: string;
	/**
	 * `date`: a bare year, an ISO day or month, or the name of a month with a year ("Christmas 2023",
	 * "December 2024"): a soft condition on `taken_at`.
	 */
	kind: 'words' | 'phrase' | 'date';
	/** `beach^2`; 1 unless told, from 0.1 to 10. */
	weight: number;
	/** Of a date: `from` inclusive, `to` exclusive, ISO days. */
	dates?: { from: string; to: string };
}

/** `from` and `to` count UTF-16 units of `typed`; `to` is exclusive. */
export interface QueryLabel {
	field: 'person' | 'tag';
	name: string;
	not: boolean;
	from: number;
	to: number;
}

export interface LikePhoto {
	id: string;
	weight: number;
}

/** A sentence for people, and where in `typed` its cause stands. */
export interface Note {
	message: string;
	from: number;
	to: number;
}
