import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Wording } from '../../engine/index/vector-index';
import { editDistance } from '../../engine/words/edit-distance';
import { tokensOf } from '../../engine/words/fold';
import { phraseWording, wordingsOf, type StoredWords } from '../../engine/words/wordings';

/** An index in which each of these texts is a photo. */
function indexOf(...texts: string[]): StoredWords {
	const photos = texts.map((text) => ` ${tokensOf(text).join(' ')} `);
	const count = (phrase: string) => photos.filter((photo) => photo.includes(` ${phrase} `)).length;
	return {
		countWords: (words) =>
			Promise.resolve(new Map(words.map((word) => [word, count(tokensOf(word).join(' '))]))),
		similarWords: (word) => {
			const all = new Set(texts.flatMap((text) => tokensOf(text)));
			const similar = [...all].map((one) => ({
				...{ word: one, photos: count(one) },
				edits: editDistance(word, one, 2),
			}));
			return Promise.resolve(similar.filter(({ edits }) => edits > 0 && edits <= 2));
		},
	};
}

/** Forms as `text`, `text*` and with their closeness where it is not 1. */
function formsOf(wordings: Wording[]): string[][] {
	return wordings.map(({ forms }) =>
		forms.map(({ text, prefix, closeness }) => {
			return `${text}${prefix ? '*' : ''}${closeness < 1 ? ` ${closeness}` : ''}`;
		}),
	);
}

const forms = async (typed: string, ...stored: string[]) =>
	formsOf(await wordingsOf(typed, indexOf(...stored)));

describe('the wording of a query', () => {
	test('has words in the other forms that are stored, and in no others', async () => {
		assert.deepEqual(await forms('children', 'a child', 'children'), [['children', 'child']]);
		assert.deepEqual(await forms('child', 'children'), [['child', 'children']]);
		assert.deepEqual(await forms('leaves', 'a leaf'), [['leaves', 'leaf']]);
		assert.deepEqual(await forms('swimming', 'they swam', 'a swim'), [
			['swimming', 'swim', 'swam'],
		]);
		assert.deepEqual(await forms('horses', 'horse hors'), [['horses', 'horse', 'hors']]);
		assert.deepEqual(await forms("Anna's cakes", 'Anna', 'cake'), [
			["Anna's", 'anna'],
			['cakes', 'cake'],
		]);
	});

	test('does not take another word for a form of it', async () => {
		for (const [typed, stored] of [
			...[
				['new', 'news'],
				['lens', 'len'],
				['toes', 'to'],
				['building', 'build'],
			],
			...[
				['evening', 'even'],
				['wedding', 'wed'],
				['waves', 'waving'],
				['glass', 'glas'],
			],
		] as [string, string][]) {
			assert.deepEqual(await forms(typed, stored, typed), [[typed]], typed);
		}
	});

	test('has synonyms and narrower words, in singular and plural', async () => {
		assert.deepEqual(await forms('automobile', 'a car'), [['automobile', 'car 0.8']]);
		assert.deepEqual(await forms('sofa', 'couches'), [['sofa', 'couches 0.8']]);
		assert.deepEqual(await forms('vehicles', 'cars', 'truck'), [
			['vehicles', 'cars 0.8', 'truck 0.8'],
		]);
		assert.deepEqual(await forms('dog', 'puppy', 'poodles'), [['dog', 'puppy 0.8', 'poodles 0.8']]);
		assert.deepEqual(await forms('bird', 'robin'), [['bird', 'robin 0.8']]);
		assert.deepEqual(await forms('xmas', 'Christmas'), [['xmas', 'christmas 0.8']]);
		assert.deepEqual(await forms('Hund', 'a dog'), [['Hund', 'dog 0.8']]);
	});

	test('has no wider words but the few that captions say instead', async () => {
		assert.deepEqual(await forms('automobile', 'a vehicle'), [['automobile', 'vehicle 0.7']]);
		assert.deepEqual(await forms('labrador', 'a dog'), [['labrador', 'labrador* 0.6']]);
		assert.deepEqual(await forms('robin', 'a bird'), [['robin', 'robin* 0.6']]);
	});

	test('takes words for one where the dictionary knows them together', async () => {
		assert.deepEqual(await forms("New Year's Eve", 'Silvester', 'a new year'), [
			["New Year's Eve", 'silvester 0.8'],
		]);
		assert.deepEqual(await forms('black and white', 'B&W', 'white'), [
			['black and white', 'b&w 0.8'],
		]);
		assert.deepEqual(await forms('a hot dog', 'a dog', 'it is hot'), [['hot dog', 'hot dog* 0.6']]);
		assert.deepEqual(await forms('hot dogs', 'a hot dog'), [['hot dogs', 'hot dog']]);
	});

	test('has such words apart where they stand together nowhere', async () => {
		assert.deepEqual(await forms('wedding dress', 'a dress for the wedding'), [
			['wedding'],
			['dress'],
		]);
		assert.deepEqual(await forms('wedding dress', 'her wedding gown'), [
			['wedding dress', 'wedding gown 0.8'],
		]);
	});

	test('guesses only at words that are nowhere in any form', async () => {
		assert.deepEqual(await forms('birthd', 'birthday'), [
			['birthd', 'birthd* 0.6', 'birthday 0.5'],
		]);
		assert.deepEqual(await forms('beahc sunset', 'beach', 'sunsets', 'beak'), [
			['beahc', 'beahc* 0.6', 'beach 0.5'],
			['sunset', 'sunsets'],
		]);
		assert.deepEqual(await forms('beach', 'beach', 'beachside', 'beech'), [['beach']]);
		assert.deepEqual(await forms('dog', 'puppy', 'dogma'), [['dog', 'puppy 0.8']]);
	});

	test('has a correction in its other forms, too', async () => {
		assert.deepEqual(await forms('sunyet', 'a sunset', 'sunsets', 'at dusk'), [
			['sunyet', 'sunyet* 0.6', 'sunset 0.5', 'sunsets 0.5', 'dusk 0.4'],
		]);
	});

	test('does not correct a word or a name that exists, or a horse would be a house', async () => {
		assert.deepEqual(await forms('horse', 'a house'), [['horse', 'horse* 0.6']]);
		assert.deepEqual(await forms('cat', 'a cathedral'), [['cat']]);
		assert.deepEqual(await forms('Anna', 'Anne'), [['Anna']]);
		assert.deepEqual(await forms('horses there', 'houses'), [['horses', 'horses* 0.6']]);
	});

	test('leaves out words that say nothing, in several languages, unless there are no others', async () => {
		assert.deepEqual(await forms('a photo of the sea', 'sea'), [['sea']]);
		assert.deepEqual(await forms('die Katze auf dem Dach', 'Katze Dach'), [['Katze'], ['Dach']]);
		assert.deepEqual(await forms('les enfants à la plage', 'enfants plage'), [
			['enfants'],
			['plage'],
		]);
		assert.deepEqual(await forms('The Who', 'the who'), [['The Who']]);
		assert.deepEqual(await forms('AND', 'this and that'), []);
		assert.deepEqual(await forms(' ,! ', 'the who'), []);
		const names = new Set(['minh', 'an']);
		assert.deepEqual(formsOf(await wordingsOf('An', indexOf('Minh An'), { names })), [['An']]);
	});

	test('has umlauts as they are spelled out', async () => {
		assert.deepEqual(await forms('Müller', 'Mueller'), [['Müller', 'mueller']]);
		assert.deepEqual(await forms('toe', 'to'), [['toe']]);
	});

	test('leaves words of other scripts as they are', async () => {
		assert.deepEqual(await forms('京都 море ทะเล 🎉', '京都 море ทะเล 🎉'), [
			...[['京都'], ['море'], ['ทะเล'], ['🎉']],
		]);
	});

	test('has no synonyms of a name, and no name as a synonym', async () => {
		const stored = indexOf('a bird', 'Robin', 'a flower', 'roses');
		const names = new Set(['robin', 'baker', 'rose']);
		const known = async (typed: string) => formsOf(await wordingsOf(typed, stored, { names }));
		assert.deepEqual(await known('bird'), [['bird']]);
		assert.deepEqual(await known('rose'), [['rose', 'roses']]);
		assert.deepEqual(await known('flower'), [['flower', 'roses 0.8']]);
	});

	test('says of inflections and synonyms that they are no names', async () => {
		const [word] = await wordingsOf('birds', indexOf('robin', 'bird', 'birds'));
		assert.deepEqual(
			word?.forms.map(({ text, notNames = false }) => [text, notNames]),
			[
				['birds', false],
				['bird', true],
				['robin', true],
			],
		);
	});

	test('of a text of any length has an end', async () => {
		const wordings = await wordingsOf('qqqzzz beach '.repeat(800), indexOf('beach'));
		assert.equal(wordings.length, 64);
	});
});

test('a phrase is looked up as it is, with umlauts spelled out as well', () => {
	assert.deepEqual(formsOf(phraseWording(' Hans Müller in the sun ')), [
		['Hans Müller in the sun', 'hans mueller in the sun'],
	]);
	assert.deepEqual(formsOf(phraseWording('the sun')), [['the sun']]);
	assert.deepEqual(phraseWording('!'), []);
});
