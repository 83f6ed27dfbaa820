import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsed, pointedAt, shown } from './support';

const YEAR_2023 = '2023-01-01..2024-01-01';
const DECEMBER = '2024-12-01..2025-01-01';
const CHRISTMAS = '2024-12-24..2024-12-25';

const CASES: [query: string, text: string, terms: string[]][] = [
	['Christmas 2023', 'Christmas', ['Christmas', `2023=${YEAR_2023}`]],
	['Christmas in 2023', 'Christmas', ['Christmas', `2023=${YEAR_2023}`]],
	['photos from 2023.', 'photos', ['photos', `2023.=${YEAR_2023}`]],
	['2023', '', [`2023=${YEAR_2023}`]],
	['in 2023', '', [`2023=${YEAR_2023}`]],
	['Pat, 2023', 'Pat', ['Pat', `2023=${YEAR_2023}`]],
	['2023 Christmas tree', 'Christmas tree', [`2023=${YEAR_2023}`, 'Christmas tree']],
	['Christmas 2023 tree', 'Christmas tree', ['Christmas tree', `2023=${YEAR_2023}`]],
	['December 2024', '', [`December 2024=${DECEMBER}`]],
	['Dec. 2024', '', [`Dec. 2024=${DECEMBER}`]],
	['Dezember 2024', '', [`Dezember 2024=${DECEMBER}`]],
	['décembre 2024', '', [`décembre 2024=${DECEMBER}`]],
	['DEC 2024', '', [`DEC 2024=${DECEMBER}`]],
	['März 2024', '', ['März 2024=2024-03-01..2024-04-01']],
	['2024-12', '', [`2024-12=${DECEMBER}`]],
	['2024-12-24', '', [`2024-12-24=${CHRISTMAS}`]],
	['24.12.2024', '', [`24.12.2024=${CHRISTMAS}`]],
	['24 December 2024', '', [`24 December 2024=${CHRISTMAS}`]],
	['24. Dezember 2024', '', [`24. Dezember 2024=${CHRISTMAS}`]],
	['December 24th 2024', '', [`December 24th 2024=${CHRISTMAS}`]],
	['tree December 24, 2024', 'tree', ['tree', `December 24, 2024=${CHRISTMAS}`]],
	['2024年12月24日', '', [`2024年12月24日=${CHRISTMAS}`]],
	['２０２３', '', [`２０２３=${YEAR_2023}`]],
	['2019 to 2021 Rome', 'Rome', ['2019 to 2021=2019-01-01..2022-01-01', 'Rome']],
	['2019-2021', '', ['2019-2021=2019-01-01..2022-01-01']],
	['between 2019 and 2021', '', ['2019 and 2021=2019-01-01..2022-01-01']],
	['1900', '', ['1900=1900-01-01..1901-01-01']],
	['2026', '', ['2026=2026-01-01..2027-01-01']],
];
for (const [query, text, terms] of CASES) {
	test(`“${query}” names a time, which no picture shows`, () => {
		const read = parsed(query);
		assert.equal(read.text, text);
		assert.deepEqual(shown(read.terms), terms);
		assert.deepEqual(read.notes, []);
	});
}

for (const query of [
	...[
		'may',
		'march',
		'March of penguins',
		'1899',
		'2027',
		'10000',
		'20233',
		'2024-13',
		'2024-02-30',
	],
	...['31.4.2024', 'May 24', 'IMG_2023', '2000m', '2023x', '2021-2019'],
]) {
	test(`“${query}” is words, not a time`, () => {
		const read = parsed(query);
		assert.deepEqual(shown(read.terms), [query]);
		assert.deepEqual(read.filter, {});
	});
}

test('a number that is quoted or weighted is a word', () => {
	assert.deepEqual(shown(parsed('"2023" tag:2022 2021^2').terms), ['"2023"', '2021^2']);
});

test('a year before or after which it was is not the year, and a note says how to ask', () => {
	const read = parsed('photos before 2023');
	assert.deepEqual(shown(read.terms), ['photos before 2023']);
	assert.deepEqual(pointedAt(read), ['before 2023']);
	assert.match(read.notes[0]!.message, /before:2023-01-01/);
	assert.match(parsed('since May 2023').notes[0]!.message, /after:2023-05-01/);
});

/** Field; `taken_after`; `taken_before`. */
const FIELDS: [query: string, after: string | undefined, before: string | undefined][] = [
	['before:2024', undefined, '2024-01-01'],
	['after:2024', '2024-01-01', undefined],
	['before:2023-06', undefined, '2023-06-01'],
	['after:2023-06-01', '2023-06-01', undefined],
	['on:2024-12', '2024-12-01', '2025-01-01'],
	['on:2024-02-29', '2024-02-29', '2024-03-01'],
	['year:2024', '2024-01-01', '2025-01-01'],
	['year:2024-05', '2024-05-01', '2024-06-01'],
	['on:"31 May 2024"', '2024-05-31', '2024-06-01'],
	['on:"May 31, 2024"', '2024-05-31', '2024-06-01'],
	['after:1850', '1850-01-01', undefined],
	['before：2024', undefined, '2024-01-01'],
	['Before:2024.', undefined, '2024-01-01'],
	['after:2020 after:2022 after:2021', '2022-01-01', undefined],
	['before:2022 before:2020 before:2021', undefined, '2020-01-01'],
	['year:2024 before:2024-03', '2024-01-01', '2024-03-01'],
];
for (const [query, after, before] of FIELDS) {
	test(`${query} is a condition at exactly its moment`, () => {
		const read = parsed(query);
		assert.deepEqual(read.filter, {
			...(after && { taken_after: after }),
			...(before && { taken_before: before }),
		});
		assert.deepEqual([read.text, read.terms, read.notes], ['', [], []]);
	});
}

test('dates that contradict each other are no error, and a note says that nothing is found', () => {
	const read = parsed('after:2024 beach before:2023 before:2022');
	assert.deepEqual(read.filter, { taken_after: '2024-01-01', taken_before: '2022-01-01' });
	assert.deepEqual(pointedAt(read), ['before:2023']);
	assert.deepEqual(pointedAt(parsed('before:2024 after:2024')), ['after:2024']);
});

for (const query of [
	...['before:soon', 'after:2024-13', 'on:2024-02-30', 'before:', 'year:24'],
	...['on:2024-05-31x', 'before:99999', 'before:0', 'on:"the 5th"'],
]) {
	test(`${query} is words, and a note says what would work`, () => {
		const read = parsed(query);
		assert.deepEqual(read.filter, {});
		assert.equal(read.text, query.replace(':', ' ').replace(/"/g, '').trim());
		assert.deepEqual(pointedAt(read), [query]);
		assert.match(read.notes[0]!.message, /wants a (date|year) such as 2024/);
	});
}
