/** Words of a text, as written. */
export function tokens(text: string): string[] {
	return text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** Letters that Unicode does not take apart into a letter and an accent. */
const WHOLE_LETTERS: Record<string, string> = {
	...{ ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ı: 'i', æ: 'ae', œ: 'oe' },
};

/** Without case and accents, as somebody types it who has no such keys. */
export function plain(text: string): string {
	return text
		.normalize('NFD')
		.replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
		.normalize('NFC')
		.toLowerCase()
		.replace(/[ßøłđıæœ]/g, (letter) => WHOLE_LETTERS[letter]!);
}

/** As Germans type it who have no umlauts: ue for ü. */
export function transcribed(text: string): string {
	const umlauts: Record<string, string> = {
		...{ ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', ß: 'ss' },
	};
	return text.normalize('NFC').replace(/[äöüÄÖÜß]/g, (letter) => umlauts[letter]!);
}
