/**
 * Text as the tokens that full text compares. Whatever is stored and whatever is searched goes
 * through these functions, so that the two cannot disagree.
 */

/** Written without spaces between words, or, as Korean, with particles that nothing sets apart. */
const UNSPACED =
	'[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}ー]';

/**
 * In this order: a sign of an unspaced script with its vowels and tones, so that any part of a text
 * is found as a run of signs; a word of letters; a number, apart from letters beside it as in
 * IMG2034; an emoji. Characters for private use count as letters.
 */
const TOKEN = new RegExp(
	`(?=[\\p{L}\\p{Nl}])${UNSPACED}\\p{M}*|(?:(?!${UNSPACED})[\\p{L}\\p{Co}]\\p{M}*)+|\\p{N}+|\\p{RI}{1,2}|\\p{ExtPict}`,
	'gu',
);
const ASCII_TOKEN = /[a-z]+|[0-9]+/g;
const ASCII = /^[\0-\x7f]*$/;

/** Accents of alphabets, and the vowel marks that Arabic and Hebrew are mostly written without. */
const DROPPED_MARKS =
	/(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}])\p{Mn}+/gu;

/** A joiner between Persian words stands where others write a space. */
const PERSIAN_JOINER = /(?<=\p{sc=Arabic}\p{M}*)\u200c/gu;

/** Soft hyphens, direction marks, joiners, the tatweel that only makes a word longer, the colour of an emoji. */
const INVISIBLE = /[\ufe00-\ufe0f\u0640\p{Cf}\p{Me}]|\p{EMod}/gu;

/** Letters that Unicode does not take apart, and those that only a keyboard tells apart. */
const LETTERS: Readonly<Record<string, string>> = {
	...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ı: 'i' },
	ς: 'σ',
	...{ ٱ: 'ا', ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه', ە: 'ه', ہ: 'ه' },
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/** How German, Danish, Norwegian and Swedish write these letters where a keyboard lacks them. */
const SPELLED_OUT: Readonly<Record<string, string>> = {
	...{ ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', Ø: 'Oe', Å: 'Aa' },
};
const UMLAUT = new RegExp(`[${Object.keys(SPELLED_OUT).join('')}]`, 'gu');

/** Stands between texts of one field: no phrase reaches from one to the next, since no token is a bar. */
const GAP = ' | ';

/**
 * Lower case, without accents, full-width and other compatibility forms made plain, in the order of
 * the text. `Ärger in São Paulo, 東京 IMG2034` → `arger in sao paulo 東 京 img 2034`. Empty for a text
 * without letters, digits or emoji.
 */
export function tokensOf(text: string): string[] {
	if (ASCII.test(text)) return text.toLowerCase().match(ASCII_TOKEN) ?? [];
	const folded = text
		.normalize('NFKD')
		.toLowerCase()
		.replace(PERSIAN_JOINER, ' ')
		.replace(INVISIBLE, '')
		.replace(DROPPED_MARKS, '')
		.replace(LETTER, (letter) => LETTERS[letter]!)
		.replace(/\p{Nd}/gu, westernDigit)
		.normalize('NFC');
	return folded.match(TOKEN) ?? [];
}

/** The tokens of a text whose umlauts are spelled out, `muller` as `mueller`; `undefined` if it has none. */
export function spelledOutTokensOf(text: string): string[] | undefined {
	const composed = text.normalize('NFC');
	const spelled = composed.replace(UMLAUT, (letter) => SPELLED_OUT[letter]!);
	return spelled === composed ? undefined : tokensOf(spelled);
}

/**
 * What full text stores of the texts of one field. A text with umlauts is there a second time, with
 * those spelled out: to read `ue` as `ü` in queries instead would find "to" for "toe".
 */
export function indexedText(texts: string[]): string {
	const all = texts.flatMap((text) => [tokensOf(text), spelledOutTokensOf(text) ?? []]);
	return all
		.filter((tokens) => tokens.length > 0)
		.map((tokens) => tokens.join(' '))
		.join(GAP);
}

/** Unicode has the decimal digits of a script in a row, from a code that ends in 0 or in 6. */
function westernDigit(digit: string): string {
	const code = digit.codePointAt(0)!;
	const row = code & ~0xf;
	return String(code - (/\p{Nd}/u.test(String.fromCodePoint(row)) ? row : row + 6));
}
