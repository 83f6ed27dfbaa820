import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { indexedText, tokensOf } from '../../engine/words/fold';

/** Pairs of what is stored and what somebody types. */
const SAME: [string, string, string][] = [
	['accents', 'São Paulo, Zürich', 'SAO PAULO ZURICH'],
	[
		'letters that Unicode does not take apart',
		'Łódź Øresund Straße œuvre',
		'lodz oresund STRASSE oeuvre',
	],
	['the dotted and the dotless i of Turkish', 'İstanbul ISPARTA', 'istanbul ısparta'],
	['a final sigma', 'ΟΔΟΣ Παρθενώνας', 'οδος παρθενωνας'],
	['stress and yo of Russian', 'Ёлка в Москве́', 'елка в москве'],
	['full-width and half-width forms', 'Ｆｕｌｌ ｶﾞｷﾞ', 'full ガギ'],
	['composed and decomposed letters', 'e\u0301te\u0301', 'été'],
	['vowel marks of Arabic', 'كِتَابٌ', 'كتاب'],
	['forms of alef, ya and ta marbuta', 'أحمد إلى مدرسة', 'احمد الي مدرسه'],
	['the tatweel of Arabic', 'بحـــر', 'بحر'],
	['Persian letters and joiner', 'می‌خواهم کتاب', 'مي خواهم كتاب'],
	['vowel points of Hebrew', 'שָׁלוֹם', 'שלום'],
	['digits of other scripts', 'عام ٢٠٢٤ १२३', 'عام 2024 123'],
	['soft hyphens and direction marks', 'sun\u00adset \u200ebeach', 'sunset beach'],
	['the colour of an emoji', '👍🏽 ❤️', '👍 ❤'],
	['numbers beside letters', 'IMG_2034 Canon5D', 'img2034 canon 5 d'],
];

describe('folding', () => {
	for (const [what, stored, typed] of SAME) {
		test(`does not tell ${what} from what people type`, () => {
			assert.deepEqual(tokensOf(stored), tokensOf(typed));
		});
	}

	test('keeps the vowel signs of Indic words, which are other words without them', () => {
		assert.deepEqual(tokensOf('हिन्दी किताब'), ['हिन्दी', 'किताब']);
		assert.notDeepEqual(tokensOf('कल'), tokensOf('काल'));
	});

	test('keeps hiragana apart from katakana', () => {
		assert.notDeepEqual(tokensOf('さくら'), tokensOf('サクラ'));
	});

	test('makes a token of each sign where no spaces are written', () => {
		assert.deepEqual(tokensOf('東京都'), ['東', '京', '都']);
		assert.deepEqual(tokensOf('สวัสดี'), ['ส', 'วั', 'ส', 'ดี']);
		assert.deepEqual(tokensOf('서울에서'), ['서', '울', '에', '서']);
		assert.deepEqual(tokensOf('2024年'), ['2024', '年']);
	});

	test('finds each person of a family that is one emoji', () => {
		assert.deepEqual(tokensOf('👨‍👩‍👧'), ['👨', '👩', '👧']);
		assert.deepEqual(tokensOf('🇩🇪🇫🇷'), ['🇩🇪', '🇫🇷']);
	});

	test('of what has been folded changes nothing, or what is stored would not be found', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
				const tokens = tokensOf(text);
				assert.deepEqual(tokensOf(tokens.join(' ')), tokens);
			}),
			{ numRuns: 2_000 },
		);
	});

	test('leaves nothing that would end a quoted phrase', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
				for (const token of tokensOf(text)) assert.doesNotMatch(token, /["|\s\0]/);
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe('indexed text', () => {
	test('has umlauts as one letter and as two', () => {
		assert.equal(indexedText(['Käthe Müller']), 'kathe muller | kaethe mueller');
		assert.equal(indexedText(['Århus', 'toe']), 'arhus | aarhus | toe');
	});

	test('keeps texts of one field apart, so that no phrase reaches over', () => {
		assert.equal(indexedText(['hot', '', '!', 'dog']), 'hot | dog');
	});
});
