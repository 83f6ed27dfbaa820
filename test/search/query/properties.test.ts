import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkFilter } from '../../../engine/index/catalogue/filter-check';
import type { Query } from '../../../engine/search/query/query';
import { parsed, shown } from './support';

/** What queries are made of, good and bad, so that chance puts together what means something. */
const PIECES = [
	...[' ', '  ', '\u3000', '\n', '\u0000', ',', ', ', ';', '，', '、', '(', ')', '*', '.', '?'],
	...[
		'-',
		' -',
		'−',
		'--',
		'^',
		'^2',
		'^0.5',
		'^99',
		'"',
		' "',
		'“',
		'”',
		'„',
		'«',
		'»',
		'「',
		'」',
	],
	...['person:', 'people:', 'tag:', 'tags：', 'camera:', 'bucket:', 'path:', 'type:', 'like:'],
	...['before:', 'after:', 'on:', 'year:', 'near:', 'colour:', 'http://', '10:30', ':'],
	...[
		'2024',
		'1999',
		'2024-05',
		'2024-02-30',
		'31',
		'May',
		'Dezember',
		'2024年5月',
		'48.2,16.4,5km',
	],
	...['soon', 'jpg', 'Pat', 'beach', 'a', 'the', 'der', '海', '👩‍👩‍👧', '\ud83d', 'e\u0301', 'كلب'],
	...[' and ', ' with ', ' & ', ' und ', ' AND ', ' OR ', ' NOT ', ' without ', ' no ', ' but '],
	...[' in ', ' before ', ' to ', ' between ', 'people', '1', ',000'],
];
const soup = (pieces: string[]) =>
	fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((some) => some.join(''));
const anything = fc.oneof(
	soup(PIECES),
	fc.string({ unit: 'grapheme', maxLength: 60 }),
	fc.string({ unit: 'binary', maxLength: 60 }),
);
const unquoted = soup(PIECES.filter((piece) => !/["“”„«»「」]/.test(piece)));

function holds<T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void, numRuns = 2_000): void {
	fc.assert(fc.property(arbitrary, property), { numRuns });
}

function checkSane(query: Query): void {
	const { typed, text, terms, without, labels, filter, like, notes } = query;
	for (const { from, to } of [...labels, ...notes]) {
		assert.ok(0 <= from && from < to && to <= typed.length, `${from}..${to} in ${typed}`);
	}
	for (const { weight } of [...terms, ...without, ...like]) {
		assert.ok(Math.abs(weight) >= 0.1 && Math.abs(weight) <= 10, `weight ${weight}`);
	}
	for (const { weight } of [...terms, ...without]) assert.ok(weight > 0);
	for (const term of [...terms, ...without]) {
		assert.notEqual(term.text.trim(), '');
		assert.equal(term.kind === 'date', term.dates !== undefined);
		if (term.dates) assert.ok(term.dates.from < term.dates.to);
	}
	for (const said of [text, ...terms.map((term) => term.text)]) {
		assert.equal(said, said.trim());
		assert.doesNotMatch(said, /\p{Cc}|\p{Cs}| {2}|["“”„«»「」]/u);
	}
	assert.ok(terms.length <= 16 && without.length <= 16 && notes.length <= 10);
	assert.equal(
		text === '',
		terms.every(({ kind }) => kind === 'date'),
	);
	checkFilter(filter);
}

test('no text is an error, and all that is read of it is fit to be asked', () => {
	holds(anything, (input) => checkSane(parsed(input)));
});

test('what is given back as typed reads the same, or a page’s second query would differ', () => {
	holds(anything, (input) => {
		const query = parsed(input);
		assert.deepEqual(parsed(query.typed), query);
	});
});

test('models never see the syntax of fields, negatives and weights', () => {
	holds(unquoted, (input) => {
		const { text } = parsed(input);
		const name = 'person|people|tags?|camera|bucket|path|type|before|after|on|year|near|like';
		assert.doesNotMatch(text, new RegExp(`(?:^|[ ,;，、])(?:${name})[:：]`, 'i'));
		assert.doesNotMatch(text, /(?:^| )[-−][\p{L}\p{N}]/u);
		assert.doesNotMatch(text, /[\p{L}\p{N}]\^\d+(?:\.\d+)?(?:$| )/u);
	});
});

test('without separators, quote marks and weights there is one term, and it is the text', () => {
	const unseparated = soup(
		PIECES.filter((piece) => !/["“”„«»「」^,;，、&]|and|und|with|AND/.test(piece)),
	);
	holds(unseparated, (input) => {
		const { text, terms } = parsed(input);
		const words = terms.filter(({ kind }) => kind !== 'date');
		assert.deepEqual(shown(words), text === '' ? [] : [text]);
	});
});

const word = fc
	.string({ unit: fc.constantFrom(...'abcdeéüñжя海犬'), minLength: 1, maxLength: 6 })
	// No word of the language begins with it.
	.map((letters) => `x${letters}`);
const wordsOf = (maxLength: number) =>
	fc.array(word, { minLength: 1, maxLength }).map((words) => words.join(' '));
const weight = fc.constantFrom(0.1, 0.5, 1.5, 2, 10);
const quotes = fc.constantFrom(['"', '"'], ['“', '”'], ['„', '“'], ['«', '»']);

interface Part {
	/** As a person would type it. */
	print: string;
	term?: string;
	without?: string;
	label?: [field: string, name: string, not: boolean];
	like?: [id: string, weight: number];
}

const part: fc.Arbitrary<Part> = fc.oneof(
	wordsOf(3).map((text) => ({ print: text, term: text })),
	fc.tuple(wordsOf(5), quotes).map(([text, [open, close]]) => ({
		...{ print: `${open}${text}${close}`, term: `"${text}"` },
	})),
	fc.tuple(word, weight).map(([text, weight]) => ({
		...{ print: `${text}^${weight}`, term: `${text}^${weight}` },
	})),
	fc.tuple(word, fc.constantFrom('-', 'NOT ', 'without ', 'but no ')).map(([text, minus]) => ({
		...{ print: `${minus}${text}`, without: text },
	})),
	fc.tuple(wordsOf(4), fc.constantFrom('-', 'NOT ')).map(([text, minus]) => ({
		...{ print: `${minus}"${text}"`, without: `"${text}"` },
	})),
	fc.tuple(fc.constantFrom('person', 'tag'), wordsOf(3), fc.boolean()).map(
		([field, name, not]): Part => ({
			print: `${not ? '-' : ''}${field}:${name.includes(' ') ? `"${name}"` : name}`,
			label: [field, name, not],
		}),
	),
	fc.tuple(wordsOf(2), weight).map(
		([id, weight]): Part => ({
			print: `like:"${id}"^${weight}`,
			like: [id, weight],
		}),
	),
);

test('what is put together from parts is taken apart into them', () => {
	const separator = fc.constantFrom(', ', ',', ' and ', ' & ', '; ', '，');
	const parts = fc.uniqueArray(part, {
		maxLength: 6,
		selector: ({ print }) => print.toLowerCase(),
	});
	holds(fc.tuple(parts, separator), ([some, separator]) => {
		// The words of a negation would go on behind a joiner.
		const joined = some.some(({ without }) => without !== undefined) ? ', ' : separator;
		const query = parsed(some.map(({ print }) => print).join(joined));
		const said = (name: 'term' | 'without') => some.flatMap((one) => one[name] ?? []);
		// The same words twice are one term, which must not decide here how strict it is.
		const bare = (texts: string[]) => texts.map((one) => one.replace(/\^.*|"/g, ''));
		if (new Set(bare(said('term'))).size === said('term').length) {
			assert.deepEqual(shown(query.terms), said('term'));
		} else {
			assert.deepEqual(bare(shown(query.terms)), [...new Set(bare(said('term')))]);
		}
		assert.deepEqual(bare(shown(query.without)), [...new Set(bare(said('without')))]);
		assert.deepEqual(
			query.labels.map(({ field, name, not }) => [field, name, not]),
			some.flatMap(({ label }) => (label ? [label] : [])),
		);
		assert.deepEqual(
			query.like.map(({ id, weight }) => [id, weight]),
			some.flatMap(({ like }) => (like ? [like] : [])),
		);
		assert.deepEqual(query.notes, []);
	});
});

test('moments before and from a date on are all moments, and none is both', () => {
	const date = fc.constantFrom('1999', '2024', '2024-02', '2024-12', '2024-02-29', '2024-12-31');
	holds(date, (day) => {
		const [before, after] = [parsed(`before:${day}`).filter, parsed(`after:${day}`).filter];
		assert.equal(before.taken_before, after.taken_after);
		const on = parsed(`on:${day}`).filter;
		assert.equal(on.taken_after, after.taken_after);
		assert.ok(on.taken_after! < on.taken_before!);
	});
});

for (const piece of [
	...[
		'"',
		'-',
		'(',
		')',
		'*',
		'^',
		',',
		'„',
		'«',
		'「',
		'”',
		':',
		'.',
		'&',
		' ',
		'\u0301',
		'\u0000',
	],
	...['-(', '"a"', '-"', '„a ', 'a^2', '^2', 'a^2 ', '1,', '1,000', 'a, ', '&-', '^2^2'],
	...['NOT ', 'OR ', 'and ', 'without ', 'but no ', 'the ', 'without the ', 'without a or '],
	...['2019 to ', '2019 ', 'May ', 'in ', '5 May ', 'between 2019 and '],
	...[
		'person:',
		'person:x ',
		'path:a ',
		'path:* ',
		'-path:a ',
		'-type:x ',
		'camera:a ',
		'type:jpg,',
		'type:jpg ',
	],
	...[
		'near:',
		'near:1,1 ',
		'near:1',
		'before:x ',
		'before:2020 ',
		'like:x ',
		'before:"',
		'foo:bar ',
	],
]) {
	test(`ten thousand characters of ${JSON.stringify(piece)} are answered at once`, () => {
		const started = performance.now();
		checkSane(parsed(piece.repeat(Math.ceil(10_000 / piece.length))));
		// Takes some ten milliseconds; what is not linear in the length takes minutes.
		assert.ok(performance.now() - started < 5_000);
	});
}
