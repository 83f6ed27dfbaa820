import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsed, pointedAt, shown } from './support';

/** Query; text for the models; terms. */
type Case = [name: string, query: string, text: string, terms: string[]];

function check(cases: Case[]): void {
	for (const [name, query, text, terms] of cases) {
		test(name, () => {
			const read = parsed(query);
			assert.equal(read.text, text);
			assert.deepEqual(shown(read.terms), terms);
			assert.deepEqual([read.without, read.labels, read.filter, read.like], [[], [], {}, []]);
		});
	}
}

const SENTENCE = 'A man and a woman sitting on a bench with a dog .';
const CAPTION = 'A dog shakes its head near the shore , a red ball next to it .';

check([
	[
		'a list is taken apart, or nothing would have all of it',
		'Pat, Jack, and an automobile',
		'Pat, Jack, and an automobile',
		['Pat', 'Jack', 'automobile'],
	],
	[
		'“with” joins two things',
		'beach sunset with people',
		'beach sunset with people',
		['beach sunset', 'people'],
	],
	['“and” joins, even in a name', 'rock and roll', 'rock and roll', ['rock', 'roll']],
	[
		'signs join',
		'Pat & Jack + Mary; Zoë',
		'Pat & Jack + Mary; Zoë',
		['Pat', 'Jack', 'Mary', 'Zoë'],
	],
	['capitals join', 'cats AND dogs', 'cats AND dogs', ['cats', 'dogs']],
	['joiners of other languages join', 'Hund und Katze', 'Hund und Katze', ['Hund', 'Katze']],
	['joiners of other languages join, again', 'chien et chat', 'chien et chat', ['chien', 'chat']],
	['commas need no spaces', 'Pat,Jack', 'Pat,Jack', ['Pat', 'Jack']],
	['full-width commas separate', '猫，犬、空；海', '猫，犬、空；海', ['猫', '犬', '空', '海']],
	['Arabic commas separate', 'قطة، كلب', 'قطة، كلب', ['قطة', 'كلب']],
	[
		'a comma inside a number separates nothing',
		'1,000 balloons',
		'1,000 balloons',
		['1,000 balloons'],
	],
	['a university is no German “with”', 'MIT campus', 'MIT campus', ['MIT campus']],
	['& inside a word joins nothing', 'R&B concert', 'R&B concert', ['R&B concert']],
	[
		'articles of every language fall off the parts',
		'ein Hund, la mer, some of it',
		'ein Hund, la mer, some of it',
		['Hund', 'mer', 'of it'],
	],
	['a part that is nothing but an article stays', 'vitamin, A', 'vitamin, A', ['vitamin', 'A']],
	['a plain description stays as it is', 'an automobile', 'an automobile', ['an automobile']],
	[
		'full stops at the end of a part are no part of a name',
		'Pat, Jack and Mary.',
		'Pat, Jack and Mary.',
		['Pat', 'Jack', 'Mary'],
	],
	['a caption stays whole, joiners and all', SENTENCE, SENTENCE, [SENTENCE]],
	['a caption stays whole, commas and all', CAPTION, CAPTION, [CAPTION]],
	[
		'a sentence keeps the joiner it begins with',
		'With a ball in its mouth',
		'With a ball in its mouth',
		['With a ball in its mouth'],
	],
	[
		'four words make a part a sentence',
		'Pat, a big red old car',
		'Pat, a big red old car',
		['Pat, a big red old car'],
	],
	[
		'an article is not counted among the three words of a part',
		'Pat, a big red car',
		'Pat, a big red car',
		['Pat', 'big red car'],
	],
	[
		'six parts are a list',
		'a1,b1,c1,d1,e1,f1',
		'a1,b1,c1,d1,e1,f1',
		['a1', 'b1', 'c1', 'd1', 'e1', 'f1'],
	],
	[
		'seven parts are one question, not seven',
		'a1,b1,c1,d1,e1,f1,g1',
		'a1,b1,c1,d1,e1,f1,g1',
		['a1,b1,c1,d1,e1,f1,g1'],
	],
	[
		'what is said twice is asked once',
		'Pat, pat, PAT, Jack',
		'Pat, pat, PAT, Jack',
		['Pat', 'Jack'],
	],
	['separators with nothing beside them are no words', ' and , dog , & ', 'dog', ['dog']],
	['commas only say nothing', ' , ; ', '', []],
	['a word that joins, with nothing beside it, is a word', 'AND', 'AND', ['AND']],
	['nothing says nothing', ' \t\n ', '', []],
	['marks only are words', '???', '???', ['???']],
	['marks between commas are no part', 'dog, ., cat', 'dog, ., cat', ['dog', 'cat']],
	['emoji are words', '🏖️, 👩‍👩‍👧', '🏖️, 👩‍👩‍👧', ['🏖️', '👩‍👩‍👧']],
	['right-to-left words stay in order', 'כלב על החוף', 'כלב על החוף', ['כלב על החוף']],
	[
		'a phrase is a term of its own',
		'"new year" fireworks',
		'new year fireworks',
		['"new year"', 'fireworks'],
	],
	[
		'a phrase between words takes them apart',
		'old "new year" party',
		'old new year party',
		['old', '"new year"', 'party'],
	],
	[
		'a phrase keeps its commas',
		'"Pat, Jack and Mary"',
		'Pat, Jack and Mary',
		['"Pat, Jack and Mary"'],
	],
	[
		'a long phrase makes no sentence of a list',
		'"a b c d e f", dog',
		'a b c d e f, dog',
		['"a b c d e f"', 'dog'],
	],
	[
		'a phrase in a sentence is a term beside it',
		'woman in a "red dress" at the sea',
		'woman in a red dress at the sea',
		['woman in a red dress at the sea', '"red dress"'],
	],
	['an article before a phrase is no term', 'my "red dress"', 'my red dress', ['"red dress"']],
	[
		'typographic quote marks are quote marks',
		'“new year”, „Neues Jahr“, «nouvel an»',
		'new year, Neues Jahr, nouvel an',
		['"new year"', '"Neues Jahr"', '"nouvel an"'],
	],
	[
		'German guillemets and CJK corner brackets are quote marks',
		'»Neues Jahr« 東京「夜の 街」',
		'Neues Jahr 東京 夜の 街',
		['"Neues Jahr"', '東京', '"夜の 街"'],
	],
	['an empty phrase says nothing', '"" dog " "', 'dog', ['dog']],
	['inches are no quote marks', 'a 5" and a 7" screen', 'a 5 and a 7 screen', ['5', '7 screen']],
	[
		'marks of direction are no part of words',
		'\u200fכלב\u200e \u202ecar\u202c',
		'כלב car',
		['כלב car'],
	],
	['apostrophes are letters', "Pat’s o'clock", "Pat’s o'clock", ["Pat’s o'clock"]],
	['a weight belongs to its word', 'beach^2 sunset', 'beach sunset', ['beach^2', 'sunset']],
	[
		'a weight belongs to its phrase',
		'"new year"^1.5 dog',
		'new year dog',
		['"new year"^1.5', 'dog'],
	],
	['of two weights the last counts', 'beach^2^3', 'beach', ['beach^3']],
	['a caret inside a word is a character', 'x^y ^_^', 'x^y ^_^', ['x^y ^_^']],
	[
		'a word said twice is as strict and heavy as the stronger',
		'beach, "Beach"^2',
		'beach, Beach',
		['"beach"^2'],
	],
	['brackets and stars are ignored', '(sun*, [moon])', 'sun, [moon]', ['sun', '[moon]']],
	[
		'a minus inside a word is a hyphen',
		'black-and-white IMG-1234',
		'black-and-white IMG-1234',
		['black-and-white IMG-1234'],
	],
	['a minus between spaces is a dash', 'Paris - Louvre', 'Paris - Louvre', ['Paris - Louvre']],
	['two minuses are none', '--verbose', '--verbose', ['--verbose']],
	[
		'addresses and times are words',
		'http://host/a?b=1 10:30',
		'http://host/a?b=1 10:30',
		['http://host/a?b=1 10:30'],
	],
	[
		'operators of databases are words',
		`x' NEAR/3 y; DROP TABLE photos`,
		`x' NEAR/3 y; DROP TABLE photos`,
		[`x' NEAR/3 y`, 'DROP TABLE photos'],
	],
	['control characters are spaces', 'a\u0000b\u001bc\u007f', 'a b c', ['a b c']],
	['a letter in two characters is the letter in one', 'Zoe\u0308', 'Zo\u00eb', ['Zo\u00eb']],
]);

test('places count in the text as it is given back, or notes would point beside their cause', () => {
	const read = parsed('  a\n\n b   before:soon ');
	assert.equal(read.typed, 'a b before:soon');
	assert.deepEqual(pointedAt(read), ['before:soon']);
});

test('half a surrogate pair is replaced, or JSON and SQLite would disagree about it', () => {
	assert.equal(parsed('a\ud83d b').typed, 'a\ufffd b');
});

for (const [name, query, text, place] of [
	['a quote mark without partner', 'dog "cat', 'dog cat', '"'],
	['a quote mark of another kind without partner', 'dog „cat', 'dog cat', '„'],
	['a weight without number', 'dog^', 'dog^', 'dog^'],
	['a weight without word', 'dog ^2', 'dog ^2', '^2'],
	['a weight that is too much', 'dog^99', 'dog', 'dog^99'],
	['a weight that is too little', '"dog"^0', 'dog', '^0'],
	['a field that does not exist', 'persn:Pat', 'persn:Pat', 'persn:Pat'],
	['OR, which is not supported', 'cats OR dogs', 'cats OR dogs', 'OR'],
] as const) {
	test(`${name} is left to be words, and a note points at it`, () => {
		const read = parsed(query);
		assert.equal(read.text, text);
		assert.deepEqual(pointedAt(read), [place]);
	});
}

test('weights stay from 0.1 to 10, or one word would drown the rest', () => {
	assert.deepEqual(shown(parsed('a^0 b^.05 c^10.5 d^999999999').terms), [
		...['a^0.1', 'b^0.1', 'c^10', 'd^10'],
	]);
});

test('a hundred phrases are not a hundred searches, and it is said', () => {
	const read = parsed(Array.from({ length: 100 }, (_, i) => `"phrase ${i}"`).join(' '));
	assert.equal(read.terms.length, 16);
	assert.match(pointedAt(read)[0]!, /^"phrase 16".*"phrase 99"$/);
});

test('what can be said plainly needs no note', () => {
	for (const query of [
		'Paris - Louvre',
		'10:30 http://x.y',
		'a 5" screen',
		SENTENCE,
		'cats AND dogs',
	]) {
		assert.deepEqual(parsed(query).notes, [], query);
	}
});
