import { spelledOutTokensOf, tokensOf } from './fold';

/** A word as somebody typed it. */
export interface TypedWord {
	text: string;
	/** At least one; several of a script without spaces, of IMG2034, and of "Anna's". */
	tokens: string[];
	/** The same of "Müller" as "Mueller"; `undefined` without umlauts. */
	spelledOut: string[] | undefined;
}

/** Letters, marks, digits and invisible signs, with apostrophes within; or an emoji. */
const WORD =
	/[\p{L}\p{M}\p{N}\p{Co}\p{Cf}]+(?:['’][\p{L}\p{M}\p{N}\p{Co}\p{Cf}]+)*|\p{RI}{1,2}|\p{ExtPict}/gu;

/** The words of a text, without what is none. */
export function typedWordsOf(text: string): TypedWord[] {
	const words = text.normalize('NFC').match(WORD) ?? [];
	return words
		.map((word) => ({
			text: word,
			tokens: tokensOf(word),
			spelledOut: spelledOutTokensOf(word),
		}))
		.filter(({ tokens }) => tokens.length > 0);
}
