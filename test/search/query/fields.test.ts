import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhotoFilter } from '../../../engine/service/contract';
import { parsed, pointedAt, shown } from './support';

const LABELS: [query: string, field: 'person' | 'tag', name: string, not: boolean][] = [
	['person:Pat', 'person', 'Pat', false],
	['people:Pat', 'person', 'Pat', false],
	['PERSON:"Pat Miller"', 'person', 'Pat Miller', false],
	['person:„Pat Miller“', 'person', 'Pat Miller', false],
	['person：Pat', 'person', 'Pat', false],
	['tag:"new year"', 'tag', 'new year', false],
	['tags:2023', 'tag', '2023', false],
	['tag:a:b', 'tag', 'a:b', false],
	['tag:C++', 'tag', 'C++', false],
	['tag:smile(2)', 'tag', 'smile(2)', false],
	['-tag:"new year"', 'tag', 'new year', true],
	['tag:海', 'tag', '海', false],
];
for (const [query, field, name, not] of LABELS) {
	test(`${query} is a label`, () => {
		const read = parsed(query);
		assert.deepEqual(read.labels, [{ field, name, not, from: 0, to: query.length }]);
		assert.deepEqual([read.text, read.terms, read.without, read.notes], ['', [], [], []]);
	});
}

const FILTERS: [query: string, filter: PhotoFilter][] = [
	['camera:canon', { camera: 'canon' }],
	['camera:canon camera:"EOS R5"', { camera: 'canon EOS R5' }],
	['bucket:photos', { bucket: 'photos' }],
	['path:2024/*.jpg', { path: '2024/*.jpg' }],
	['path:"my holidays"', { path: 'my holidays' }],
	['path:a path:b path:c', { path: ['a', 'b', 'c'] }],
	['path:img(1).jpg', { path: 'img(1).jpg' }],
	['type:jpg', { type: 'jpg' }],
	['type:jpg,PNG', { type: ['jpg', 'PNG'] }],
	['type:jpg,png type:png,webp', { type: ['png'] }],
	['near:48.2,16.4', { near: { lat: 48.2, lon: 16.4, km: 5 } }],
	['near:48.2,16.4,7', { near: { lat: 48.2, lon: 16.4, km: 7 } }],
	['near:48.2,16.4,2.5km', { near: { lat: 48.2, lon: 16.4, km: 2.5 } }],
	['near:48.2, 16.4, 500 m', { near: { lat: 48.2, lon: 16.4, km: 0.5 } }],
	['near:-33.9,151.2,2mi', { near: { lat: -33.9, lon: 151.2, km: 3.218688 } }],
	['near:"48.2, 16.4, 3 Miles"', { near: { lat: 48.2, lon: 16.4, km: 4.828032 } }],
	['near:+1,-1,1km', { near: { lat: 1, lon: -1, km: 1 } }],
];
for (const [query, filter] of FILTERS) {
	test(`${query} is a condition`, () => {
		const read = parsed(query);
		assert.deepEqual(read.filter, filter);
		assert.deepEqual([read.text, read.terms, read.notes], ['', [], []]);
	});
}

for (const [query, message] of [
	['person:', /person:Pat or person:"Pat Miller"/],
	['person:""', /person:"Pat Miller"/],
	['tag:', /tag:"new year"/],
	['like:', /like:photos/],
	['camera:', /camera:canon/],
	['type:poem', /jpg, png/],
	['type:jpg,poem', /jpg, png/],
	['near:here', /near:48\.2,16\.4,5km/],
	['near:91,0', /near:48\.2,16\.4,5km/],
	['near:0,181,5km', /near:48\.2,16\.4,5km/],
	['near:1,1,0km', /near:48\.2,16\.4,5km/],
	['near:"1,1,5 parsec"', /near:48\.2,16\.4,5km/],
	['near:1.2.3,4', /near:48\.2,16\.4,5km/],
] as const) {
	test(`${query} is words, and a note says what would work`, () => {
		const read = parsed(`dog ${query} cat`);
		assert.deepEqual([read.filter, read.labels, read.like], [{}, [], []]);
		assert.equal(read.text.replace(/[ ,]+/g, ' '), `dog ${query} cat`.replace(/[ :",]+/g, ' '));
		assert.match(read.notes[0]!.message, message);
		assert.equal(read.notes.length, 1);
	});
}

test('“near:48.2,16.4, 5 dogs” looks for five dogs, not within five kilometres', () => {
	const read = parsed('near:48.2,16.4, 5 dogs');
	assert.deepEqual(read.filter, { near: { lat: 48.2, lon: 16.4, km: 5 } });
	assert.equal(read.text, '5 dogs');
});

test('a place with too many numbers is none, or one of them would be taken for a distance', () => {
	const read = parsed('near:1,2,3,4');
	assert.deepEqual(read.filter, {});
	assert.equal(read.notes.length, 1);
});

test('a field ends at a comma, a space or the bracket around it', () => {
	const read = parsed('(person:Pat), tag:sea,beach person:Jack dog');
	assert.deepEqual(
		read.labels.map(({ name }) => name),
		['Pat', 'sea', 'Jack'],
	);
	assert.deepEqual(shown(read.terms), ['beach dog']);
});

test('fields make no sentence of a list', () => {
	const read = parsed('Pat, dog tag:"one two three four five" before:2024 -cat');
	assert.deepEqual(shown(read.terms), ['Pat', 'dog']);
	assert.equal(read.text, 'Pat, dog');
});

test('what is quoted is no field', () => {
	const read = parsed('"person:Pat"');
	assert.deepEqual(shown(read.terms), ['"person:Pat"']);
	assert.deepEqual(read.labels, []);
});

test('a field inside a word is none', () => {
	assert.equal(parsed('xperson:Pat').text, 'xperson:Pat');
	assert.deepEqual(parsed('re-tag:x').labels, []);
});

test('like: takes ids with weights, and a minus makes them negative', () => {
	const { like, text } = parsed('like:a/b.jpg^2 -like:c -like:d^0.5 like:"e f"^3 like:s3://g/h');
	assert.deepEqual(like, [
		{ id: 'a/b.jpg', weight: 2 },
		{ id: 'c', weight: -1 },
		{ id: 'd', weight: -0.5 },
		{ id: 'e f', weight: 3 },
		{ id: 's3://g/h', weight: 1 },
	]);
	assert.equal(text, '');
});

test('a weight on a condition is left out, and a note says so', () => {
	const read = parsed('person:Pat^2');
	assert.equal(read.labels[0]!.name, 'Pat');
	assert.deepEqual(pointedAt(read), ['person:Pat^2']);
});

for (const [query, excluded] of [
	['-camera:"EOS R5"', { camera: 'EOS R5' }],
	['NOT bucket:b', { bucket: 'b' }],
	['-path:screenshots', { path: 'screenshots' }],
	['-type:png,webp', { type: ['png', 'webp'] }],
	['-near:1,1', { near: { lat: 1, lon: 1, km: 5 } }],
	['-before:2024', { taken_before: '2024-01-01' }],
	['-after:2024', { taken_after: '2024-01-01' }],
	['-on:2024-05-31', { taken_after: '2024-05-31', taken_before: '2024-06-01' }],
	['-year:2023', { taken_after: '2023-01-01', taken_before: '2024-01-01' }],
] as const) {
	test(`${query} leaves photos out, and never turns into its opposite`, () => {
		const read = parsed(`dog ${query} type:jpg`);
		assert.deepEqual(read.filter, { none: [excluded], type: 'jpg' });
		assert.deepEqual([read.text, read.without, read.notes], ['dog', [], []]);
	});
}

test('a field with a minus that cannot be read is left out, and a note points at it', () => {
	const read = parsed('dog -type:poem -before:soon');
	assert.deepEqual([read.text, read.filter, read.without], ['dog', {}, []]);
	assert.deepEqual(pointedAt(read), ['-type:poem', '-before:soon']);
});

test('twenty paths are more than are looked at per photo, and a note says so', () => {
	const read = parsed('path:a '.repeat(20) + '-path:b '.repeat(20));
	assert.equal(read.filter.path?.length, 16);
	assert.equal(read.filter.none?.length, 16);
	assert.equal(pointedAt(read).length, 8);
});

test('a second bucket or place is left out, and a note says so', () => {
	const read = parsed('bucket:a bucket:b near:1,1 near:2,2');
	assert.deepEqual(read.filter, { bucket: 'a', near: { lat: 1, lon: 1, km: 5 } });
	assert.deepEqual(pointedAt(read), ['bucket:b', 'near:2,2']);
});

test('types that exclude each other find nothing, and a note says so', () => {
	const read = parsed('type:png type:jpg');
	assert.deepEqual(read.filter, { type: [] });
	assert.deepEqual(pointedAt(read), ['type:jpg']);
});
