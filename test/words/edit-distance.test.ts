import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { editDistance } from '../../engine/words/edit-distance';

test('a letter too many, too few, another one, or two swapped are one edit each', () => {
	for (const [a, b, edits] of [
		...[
			['beach', 'beach', 0],
			['beach', 'beacch', 1],
			['beach', 'bach', 1],
			['beach', 'beech', 1],
		],
		...[
			['beach', 'baech', 1],
			['beach', 'beahc', 1],
			['birthday', 'bitrhdya', 2],
			['', 'ab', 2],
		],
	] as [string, string, number][]) {
		assert.equal(editDistance(a, b, 3), edits, `${a} ${b}`);
		assert.equal(editDistance(b, a, 3), edits, `${b} ${a}`);
	}
});

test('what is too far is one more than asked for, however far it is', () => {
	assert.equal(editDistance('beach', 'mountains', 2), 3);
	assert.equal(editDistance('abc', 'xyz', 1), 2);
});

test('so many edits as were made bring a word back, or fewer', () => {
	const word = fc.string({ unit: 'grapheme-composite', minLength: 1, maxLength: 12 });
	const edit = fc.tuple(fc.nat(), fc.constantFrom('insert', 'delete', 'exchange', 'swap'));
	fc.assert(
		fc.property(word, fc.array(edit, { maxLength: 3 }), (text, edits) => {
			const letters = Array.from(text);
			for (const [at, what] of edits) {
				const i = at % (letters.length + 1);
				if (what === 'insert') letters.splice(i, 0, 'x');
				else if (what === 'delete') letters.splice(i, 1);
				else if (what === 'exchange' && i < letters.length) letters[i] = 'y';
				else if (what === 'swap' && i + 1 < letters.length) {
					letters.splice(i, 2, letters[i + 1]!, letters[i]!);
				}
			}
			// A letter is edited once only: swapped and then edited again counts as three at most.
			assert.ok(editDistance(text, letters.join(''), 9) <= edits.length * 2);
		}),
	);
});
