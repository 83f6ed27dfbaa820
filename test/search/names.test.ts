import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meansPeople, Names, peopleNamed } from '../../engine/search/names';

const names = Names.of(
	['pat miller', 'pat smith', 'jack', 'rose', 'josé müller', '山田 太郎'].map((name) => ({
		...{ name, photos: 1 },
	})),
);

test('a first name means everybody who has it, a whole name one person', () => {
	assert.deepEqual(names.meantBy('Pat'), ['pat miller', 'pat smith']);
	assert.deepEqual(names.meantBy('Pat Miller'), ['pat miller']);
	assert.deepEqual(names.meantBy('miller pat'), ['pat miller']);
});

test('a name is found without its accents, and in another script', () => {
	assert.deepEqual(names.meantBy('Jose Muller'), ['josé müller']);
	assert.deepEqual(names.meantBy('山田'), ['山田 太郎']);
});

test('a beginning is a name where no whole word is', () => {
	assert.deepEqual(names.meantBy('mill'), ['pat miller']);
	assert.deepEqual(names.meantBy('zebedee'), []);
	assert.deepEqual(names.meantBy('"!'), []);
});

test('a term is a name if somebody has it', () => {
	assert.ok(names.has('Rose') && names.has('Pat Smith'));
	assert.ok(!names.has('rose garden') && !names.has(''));
});

test('a photo says whom of its people the query names', () => {
	const people = ['Pat Miller', 'Jack'];
	assert.deepEqual(peopleNamed(people, 'pat'), ['Pat Miller']);
	assert.deepEqual(peopleNamed(people, 'Jack and the car'), ['Jack']);
	assert.deepEqual(peopleNamed(people, 'car'), []);
	// A name without a letter is in no query.
	assert.deepEqual(peopleNamed(['???'], 'car'), []);
});

test('"people" means anybody, a person by name does not', () => {
	assert.ok(meansPeople('People') && meansPeople('Leute') && !meansPeople('people dancing'));
});
