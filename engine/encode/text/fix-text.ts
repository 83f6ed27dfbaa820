/**
 * open_clip's basic_clean: ftfy.fix_text, then html.unescape twice. Of ftfy everything but the
 * guesswork that repairs text decoded with a wrong encoding ("schÃ¶n"); of HTML's entities the
 * numbers, the letters of Latin-1 and common signs.
 */
export function fixText(text: string): string {
	return unescapeHtml(unescapeHtml(fixTypography(text)));
}

const LIGATURES: Record<string, string> = {
	Ĳ: 'IJ',
	ĳ: 'ij',
	ŉ: 'ʼn',
	Ǳ: 'DZ',
	ǲ: 'Dz',
	ǳ: 'dz',
	Ǆ: 'DŽ',
	ǅ: 'Dž',
	ǆ: 'dž',
	Ǉ: 'LJ',
	ǈ: 'Lj',
	ǉ: 'lj',
	Ǌ: 'NJ',
	ǋ: 'Nj',
	ǌ: 'nj',
	ﬀ: 'ff',
	ﬁ: 'fi',
	ﬂ: 'fl',
	ﬃ: 'ffi',
	ﬄ: 'ffl',
	ﬅ: 'ſt',
	ﬆ: 'st',
};

const WINDOWS_1252 = new TextDecoder('windows-1252');

function asWindows1252(byte: number): string {
	return WINDOWS_1252.decode(Uint8Array.of(byte));
}

/** The fixes of ftfy 6 that look at single characters, in its order, until nothing changes. */
function fixTypography(text: string): string {
	for (;;) {
		// A "<" says that this is HTML, whose entities are meant.
		const fixed = (text.includes('<') ? text : unescapeHtml(text, true))
			.replace(/[\x80-\x9f]/g, (control) => asWindows1252(control.charCodeAt(0)))
			.replace(/[Ĳĳŉ\u01c4-\u01cc\u01f1-\u01f3\ufb00-\ufb06]/g, (letter) => LIGATURES[letter]!)
			.replace(/[\u3000\uff01-\uffef]/g, (wide) => wide.normalize('NFKC'))
			.replace(/[\u201c-\u201f]/g, '"')
			.replace(/[\u02bc\u2018-\u201b]/g, "'")
			.replace(/\r\n?|[\u2028\u2029\x85]/g, '\n')
			.replace(/\p{Surrogate}/gu, '\ufffd')
			// eslint-disable-next-line no-control-regex
			.replace(/\x1b\[(?:\d|;)*[a-zA-Z]/g, '')
			// eslint-disable-next-line no-control-regex
			.replace(/[\0-\x08\x0b\x0e-\x1f\x7f\u206a-\u206f\ufeff\ufff9-\ufffc]/g, '')
			.normalize('NFC');
		if (fixed === text) return text;
		text = fixed;
	}
}

/** Of U+00A0 to U+00FF, in order. HTML 5 knows them without the semicolon too, within a word. */
const LATIN_1 = (
	'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 ' +
	'sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc ' +
	'Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve ' +
	'Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute ' +
	'acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ' +
	'ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
).split(' ');
const LEGACY: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	...Object.fromEntries(LATIN_1.map((name, at) => [name, String.fromCharCode(0xa0 + at)])),
};
const ENTITIES: Record<string, string> = {
	...LEGACY,
	apos: "'",
	hellip: '…',
	ndash: '–',
	mdash: '—',
	lsquo: '‘',
	rsquo: '’',
	ldquo: '“',
	rdquo: '”',
	bull: '•',
	trade: '™',
	euro: '€',
};
/** The longest first, or &ordm; would be &or. */
const names = (entities: Record<string, string>) =>
	Object.keys(entities)
		.sort((a, b) => b.length - a.length)
		.join('|');
const REFERENCE = new RegExp(
	`&(?:#(\\d{1,7});?|#[xX]([0-9a-fA-F]{1,6});?|(${names(ENTITIES)});|(${names(LEGACY)}))`,
	'g',
);

/** @param terminated only references that end in a semicolon, as ftfy has it */
function unescapeHtml(text: string, terminated = false): string {
	if (!text.includes('&')) return text;
	return text.replace(
		REFERENCE,
		(reference: string, decimal?: string, hex?: string, name?: string, legacy?: string) => {
			if (terminated && !reference.endsWith(';')) return reference;
			if (name ?? legacy) return ENTITIES[(name ?? legacy)!]!;
			const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
			// html.unescape: C1 numbers are meant in Windows-1252, what is no character becomes U+FFFD.
			if (code >= 0x80 && code <= 0x9f) return asWindows1252(code);
			if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd';
			return String.fromCodePoint(code);
		},
	);
}
