import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fileNameParts } from '../../engine/words/file-name';
import { tokensOf } from '../../engine/words/fold';
import { locatedTokensOf } from '../../engine/words/located-tokens';
import { matchedWords } from '../../engine/words/matched';
import { asTyped } from './as-typed';

describe('located tokens', () => {
	test('are those that are searched, each where it stands', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
				const located = locatedTokensOf(text);
				assert.deepEqual(
					located.map(({ token }) => token),
					tokensOf(text),
				);
				for (const { token, from, to } of located) {
					assert.ok(tokensOf(text.slice(from, to)).join(' ').includes(token));
				}
			}),
			{ numRuns: 1_000 },
		);
	});

	test('stay within a text of any characters', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
				for (const { from, to } of locatedTokensOf(text)) {
					assert.ok(from >= 0 && from < to && to <= text.length);
				}
			}),
			{ numRuns: 1_000 },
		);
	});

	test('know umlauts spelled out', () => {
		assert.deepEqual(locatedTokensOf('Für Mu\u0308ller.'), [
			{ token: 'fur', spelledOut: 'fuer', from: 0, to: 3 },
			{ token: 'muller', spelledOut: 'mueller', from: 4, to: 11 },
		]);
	});
});

describe('matched words', () => {
	const photo = {
		id: 'a',
		s3_path: 's3://b/beach/IMG_2034-BeachSunset.jpg',
		title: 'Bei Käthe in 東京都庁',
		description: 'A hot dog and a dog, by the hotel.',
		tags: ['Dogs', 'hot'],
		people: ['Käthe Robin'],
	};
	const matches = (...words: Parameters<typeof matchedWords>[1]) =>
		matchedWords(photo, words).map(({ field, item, words: found }) => [
			item === undefined ? field : `${field} ${item}`,
			...found.map(({ text, from }) => `${text}@${from}`),
		]);

	test('are in the spelling of the photo, with their place in each field', () => {
		assert.deepEqual(matches(asTyped('kaethe')), [
			['title', 'Käthe@4'],
			['people 0', 'Käthe@0'],
		]);
		assert.deepEqual(matches(asTyped('京都')), [['title', '京都@14']]);
	});

	test('of a file name are those of the name, not of its folder', () => {
		assert.deepEqual(matches(asTyped('sunset'), asTyped('beach')), [
			['s3_path', 'Beach@22', 'Sunset@27'],
		]);
		assert.deepEqual(matches(asTyped('img2034')), [['s3_path', 'IMG_2034@13']]);
	});

	test('do not overlap, the closest and longest first', () => {
		const hotDog = { word: 'hot dog', forms: [{ text: 'hot dog', closeness: 1 }] };
		const dog = {
			word: 'dog',
			forms: [
				{ text: 'dog', closeness: 1 },
				{ text: 'hot', prefix: true, closeness: 0.6 },
			],
		};
		assert.deepEqual(matches(hotDog), [['description', 'hot dog@2']]);
		assert.deepEqual(matches(hotDog, dog), [
			['description', 'hot dog@2', 'dog@16', 'hotel@28'],
			['tags 1', 'hot@0'],
		]);
	});

	test('of a form that is no name are none of a person', () => {
		const forms = [{ text: 'robin', notNames: true, closeness: 0.8 }];
		assert.deepEqual(matches({ word: 'bird', forms }), []);
		assert.deepEqual(matches(asTyped('robin')), [['people 0', 'Robin@6']]);
	});

	test('say which word was typed and how close it is', () => {
		const forms = [{ text: 'dogs', closeness: 0.8 }];
		assert.deepEqual(matchedWords(photo, [{ word: 'pets', forms }]), [
			{
				...{ field: 'tags', item: 0 },
				words: [{ text: 'Dogs', from: 0, to: 4, typed: 'pets', closeness: 0.8 }],
			},
		]);
	});
});

test('file names fall apart into words, without folders and extension', () => {
	const words = (path: string) =>
		fileNameParts(path).flatMap(({ text }) => locatedTokensOf(text).map(({ token }) => token));
	assert.deepEqual(words('2024/IMG_2034-BeachSunset.final.JPG'), [
		...['img', '2034', 'beach', 'sunset', 'final'],
	]);
	assert.deepEqual(words('dir.v2/oma+opa2019'), ['oma', 'opa', '2019']);
	assert.deepEqual(words('日本.jpg'), ['日', '本']);
	assert.deepEqual(words(''), []);
});
