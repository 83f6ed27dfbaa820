import { fixText } from './fix-text';

/*
 * What the references do to a text before their tokenizer sees it, character for character. Python's
 * white space and punctuation are spelt out, for JavaScript's are others.
 */

/** str.split() and re's \s: Unicode's white space, and the four separators U+001C to U+001F. */
// eslint-disable-next-line no-control-regex
const WHITESPACE = /[\p{White_Space}\x1c-\x1f]+/gu;
/** string.punctuation */
const PUNCTUATION = /[!-/:-@[-`{-~]/g;

/** White space becomes single spaces, none at the ends: `" ".join(text.split())`. */
export function collapseWhitespace(text: string): string {
	return text.replace(WHITESPACE, ' ').replace(/^ | $/g, '');
}

/**
 * Lower case one character at a time, as Rust's tokenizers do: a sigma at the end of a word stays
 * the ordinary one. Python and JavaScript know the word's end.
 */
export function lowerEach(text: string): string {
	return text.includes('Σ')
		? Array.from(text, (character) => character.toLowerCase()).join('')
		: text.toLowerCase();
}

/** SiglipTokenizer.canonicalize_text of transformers. */
export function canonicaliseForSiglip(text: string): string {
	return collapseWhitespace(text.toLowerCase().replace(PUNCTUATION, ''));
}

/** The three cleaning functions of open_clip's tokenizer.py, by their names there. */
export const OPEN_CLIP_CLEAN = {
	whitespace: (text: string) => collapseWhitespace(fixText(text)),
	lower: (text: string) => collapseWhitespace(fixText(text)).toLowerCase(),
	canonicalize: (text: string) =>
		collapseWhitespace(fixText(text).replaceAll('_', ' ').replace(PUNCTUATION, '').toLowerCase()),
};
