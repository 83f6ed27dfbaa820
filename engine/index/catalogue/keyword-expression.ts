import type { Wording } from '../vector-index';

/** Beyond this a query is no longer words someone typed, and every word costs a look-up. */
const MAX_WORDS = 64;

/** The closenesses that occur, the narrowest first. */
export function levelsOf(words: Wording[]): number[] {
	const levels = new Set(words.flatMap(({ forms }) => forms.map(({ closeness }) => closeness)));
	return [...levels].sort((a, b) => b - a);
}

/**
 * Words, each in its forms of at least this closeness, as an FTS5 expression; '' if it matches no
 * photo. Each form is quoted, so that `NEAR(`, `*` or a quote in it are text, not syntax. Words the
 * tokenizer would leave nothing of are dropped: as operands of AND they would match no photo.
 */
export function expressionOf(words: Wording[], match: 'any' | 'all', closeness: number): string {
	const operands: string[] = [];
	for (const { forms } of words.slice(0, MAX_WORDS)) {
		const useful = forms.filter(({ text }) => /[\p{L}\p{N}\p{Co}]/u.test(text));
		if (useful.length === 0) continue;
		const close = useful.filter((form) => form.closeness >= closeness);
		if (close.length > 0) operands.push(`(${close.map(phraseOf).join(' OR ')})`);
		// No photo has a word that has no form.
		else if (match === 'all') return '';
	}
	return operands.join(match === 'all' ? ' AND ' : ' OR ');
}

function phraseOf({ text, prefix }: { text: string; prefix?: boolean }): string {
	// FTS5 reads the expression as a C string: a NUL would end it inside a quote.
	const quoted = `"${text.replaceAll('\0', ' ').replaceAll('"', '""')}"`;
	return prefix ? `${quoted} *` : quoted;
}
