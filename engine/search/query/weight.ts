import type { Notes, Place } from './notes';

const MIN_WEIGHT = 0.1;
const MAX_WEIGHT = 10;

const NUMBER = /^(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})$/;
const AFTER_PHRASE = /\^(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})/y;

/** `beach^2` taken apart. Of several weights the last counts. */
export function splitWeight(
	word: string,
	place: Place,
	notes: Notes,
): { text: string; weight?: number } {
	let text = word;
	let said: string | undefined;
	for (;;) {
		const caret = text.lastIndexOf('^');
		if (caret <= 0 || !NUMBER.test(text.slice(caret + 1))) break;
		said ??= text.slice(caret + 1);
		text = text.slice(0, caret);
	}
	if (said !== undefined) return { text, weight: clamped(said, place, notes) };
	if (NUMBER.test(word.slice(1)) && word.startsWith('^')) {
		notes.add('A weight stands right behind its word, without a space: beach^2.', place);
	} else if (/[\p{L}\p{N}]\^$/u.test(word)) {
		notes.add('^ wants a number behind it: beach^2.', place);
	}
	return { text };
}

/** The weight that stands behind the closing mark of a phrase, and where it ends. */
export function weightAt(typed: string, at: number, notes: Notes): { weight?: number; to: number } {
	AFTER_PHRASE.lastIndex = at;
	const match = AFTER_PHRASE.exec(typed);
	if (!match) return { to: at };
	const to = at + match[0].length;
	return { weight: clamped(match[1]!, { from: at, to }, notes), to };
}

function clamped(said: string, place: Place, notes: Notes): number {
	const weight = Number(said);
	const kept = Math.min(MAX_WEIGHT, Math.max(MIN_WEIGHT, weight));
	if (kept !== weight) {
		notes.add(`Weights go from ${MIN_WEIGHT} to ${MAX_WEIGHT}; read as ${kept}.`, place);
	}
	return kept;
}
