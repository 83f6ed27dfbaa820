import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsed, pointedAt, shown } from './support';

const CASES: [name: string, query: string, text: string, without: string[]][] = [
	['a minus', 'beach -people', 'beach', ['people']],
	['a typographic minus', 'beach −people', 'beach', ['people']],
	['a minus before a phrase', 'beach -"red umbrella"', 'beach', ['"red umbrella"']],
	['a minus before a typographic phrase', 'beach -„rot“', 'beach', ['"rot"']],
	['a minus behind a mark of direction', 'حوف \u200f-كلب', 'حوف', ['كلب']],
	['a minus in brackets', 'beach (-people)', 'beach', ['people']],
	['a minus behind a comma', 'beach,-people', 'beach', ['people']],
	['a minus with a weight', 'beach -people^2', 'beach', ['people^2']],
	['only a negative', '-people', '', ['people']],
	['NOT', 'cats NOT dogs', 'cats', ['dogs']],
	['AND NOT', 'cats AND NOT dogs', 'cats', ['dogs']],
	['NOT before a phrase', 'cats NOT "hot dog"', 'cats', ['"hot dog"']],
	['NOT twice', 'cats NOT NOT dogs', 'cats', ['dogs']],
	['NOT with a minus', 'cats NOT -dogs', 'cats', ['dogs']],
	['without', 'beach without people', 'beach', ['people']],
	['without any', 'beach without any people.', 'beach', ['people']],
	['without two words', 'beach without red umbrellas', 'beach', ['red umbrellas']],
	['without, up to the next part', 'beach without people, sunset', 'beach, sunset', ['people']],
	[
		'without people, up to a place',
		'beach without any people at sunset',
		'beach at sunset',
		['people'],
	],
	[
		'with no people, up to a place',
		'beach with no people at sunset',
		'beach at sunset',
		['people'],
	],
	['without, in the middle of a list', 'Pat, no Jack, car', 'Pat, car', ['Jack']],
	['without two things', 'beach without people or dogs', 'beach', ['people', 'dogs']],
	[
		'without three things',
		'beach without people and dogs and a car',
		'beach',
		['people', 'dogs', 'car'],
	],
	['without a phrase', 'beach without "the crowd"', 'beach', ['"the crowd"']],
	['without a weighted word', 'beach without people^3', 'beach', ['people^3']],
	['with no', 'beach with no people', 'beach', ['people']],
	['and no', 'beach and no dogs', 'beach', ['dogs']],
	['comma no', 'beach, no clouds, sunset', 'beach, sunset', ['clouds']],
	['but no', 'beach but no people', 'beach', ['people']],
	['but not', 'beach but not sunset', 'beach', ['sunset']],
	['but without', 'beach but without people', 'beach', ['people']],
	['no people', 'beach no people', 'beach', ['people']],
	['German without', 'Strand ohne Menschen', 'Strand', ['Menschen']],
	['German but no', 'Strand aber keine Hunde', 'Strand', ['Hunde']],
	['the same twice', 'beach -People without people', 'beach', ['People']],
	['a year', 'beach -2023', 'beach', ['2023=2023-01-01..2024-01-01']],
];
for (const [name, query, text, without] of CASES) {
	test(`${name}: what must not be there is not looked for`, () => {
		const read = parsed(query);
		assert.equal(read.text, text);
		assert.deepEqual(shown(read.without), without);
		assert.deepEqual(read.notes, []);
	});
}

for (const query of [
	...['no parking sign', 'say no more', 'not a dog', 'tie a knot', 'man in but', 'nothing but no'],
	...['without', 'beach without', 'beach without, people', 'black-and-white', 'dog -', '- -'],
	...['dog without the big brown leather collar', 'A man with no shirt sits on a dock .'],
	...['A man without a shirt on a dock', 'life with or without you'],
]) {
	test(`“${query}” negates nothing, or what is meant would be hidden`, () => {
		const read = parsed(query);
		assert.deepEqual(read.without, []);
		assert.equal(read.text, query);
	});
}

test('“without” that was read as a word says so, or its opposite would be found in silence', () => {
	const read = parsed('dog without the big brown leather collar');
	assert.deepEqual(pointedAt(read), ['without']);
	assert.match(read.notes[0]!.message, /beach -people/);
});

test('NOT with nothing behind it is a word, and a note points at it', () => {
	const read = parsed('why NOT');
	assert.equal(read.text, 'why NOT');
	assert.deepEqual(pointedAt(read), ['NOT']);
});

test('a minus before brackets negates one word only, and a note points at it', () => {
	const read = parsed('beach -(dog cat)');
	assert.deepEqual([read.text, shown(read.without)], ['beach cat', ['dog']]);
	assert.deepEqual(pointedAt(read), ['-(']);
});

test('words negate fields, or “without person:Pat” would find Pat', () => {
	for (const query of [
		'-person:Pat',
		'NOT person:Pat',
		'without person:Pat',
		'but no person:Pat',
	]) {
		const read = parsed(`beach ${query}`);
		assert.deepEqual(
			read.labels.map(({ name, not }) => [name, not]),
			[['Pat', true]],
			query,
		);
		assert.equal(read.text, 'beach');
	}
});

test('what is left of a list is joined by what stood there once', () => {
	assert.equal(parsed('Pat, -Jack, car').text, 'Pat, car');
	assert.equal(parsed('Pat and -Jack').text, 'Pat');
	assert.equal(parsed('-Jack, Pat').text, 'Pat');
	assert.equal(parsed('Pat and NOT Jack and car').text, 'Pat and car');
	assert.deepEqual(shown(parsed('beach -people sunset').terms), ['beach sunset']);
});
