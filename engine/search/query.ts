import { EngineError } from '../errors';

/** Longer texts say nothing more to a 64-token text tower, and a webhook is open to strangers. */
const MAX_QUERY_LENGTH = 2_000;

/**
 * A text fit to be embedded, without white space around it.
 *
 * @throws EngineError `EMPTY_QUERY`, `QUERY_TOO_LONG`
 */
export function checkQuery(text: string): string {
	const trimmed = text.trim();
	if (trimmed === '') {
		throw new EngineError('EMPTY_QUERY', 'The query is empty. Say what to look for.');
	}
	if (trimmed.length > MAX_QUERY_LENGTH) {
		throw new EngineError(
			'QUERY_TOO_LONG',
			`The query has ${trimmed.length} characters; at most ${MAX_QUERY_LENGTH} are read. Shorten it.`,
		);
	}
	return trimmed;
}

/** A text query, taken apart for the channels. */
export interface ParsedQuery {
	/** As typed, whitespace collapsed: what the embedding models see. */
	text: string;
	/**
	 * What must come together, when the query lists things: "Pat, Jack, and an automobile" has three
	 * parts. One part, equal to `text`, otherwise.
	 */
	parts: string[];
}

const LEADING_ARTICLE = /^(?:an?|the|some)\s+/i;
/** A list has a comma or an ampersand somewhere; "black and white" alone is a description. */
const LIST_MARK = /[,;&]/;
/** A longer part makes it a sentence with commas, which is understood better as a whole. */
const MAX_PART_WORDS = 3;
/** Each part asks every channel; a longer list is read as one sentence. */
const MAX_PARTS = 6;
const SEPARATOR = /\s*[,;&]\s*(?:and\s+)?|\s+and\s+/i;

export function parseQuery(input: string): ParsedQuery {
	const text = input.normalize('NFC').replace(/\s+/g, ' ').trim();
	if (!LIST_MARK.test(text)) return { text, parts: [text] };
	const parts = text
		.split(SEPARATOR)
		.map((part) => part.replace(LEADING_ARTICLE, '').trim())
		.filter((part) => part !== '');
	const distinct = [...new Map(parts.map((part) => [part.toLowerCase(), part])).values()];
	const isList =
		distinct.length > 1 &&
		distinct.length <= MAX_PARTS &&
		distinct.every((part) => part.split(' ').length <= MAX_PART_WORDS);
	return { text, parts: isList ? distinct : [text] };
}

/**
 * Words that say nothing about a photo: left in, they let "a dog on the beach" match every caption
 * with "a", "on" and "the".
 */
const STOP_WORDS = new Set(
	'a an and are at by for from in is it of on or that the this to with some photo picture image'.split(
		' ',
	),
);

/** The words to look up in captions and names; all of them if nothing but stop words is left. */
export function keywords(text: string): string[] {
	const words = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
	const telling = words.filter((word) => !STOP_WORDS.has(word.toLowerCase()));
	return telling.length > 0 ? telling : words;
}
