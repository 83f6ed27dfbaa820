import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prefixEnd, restricts } from '../../engine/index/catalogue/photo-filter';
import type { PhotoRecord, VectorIndex } from '../../engine/index/vector-index';
import type { MetadataCondition, PhotoFilter } from '../../engine/service/contract';
import { asTyped } from '../words/as-typed';
import { image, openIndex, randomNumbers } from './support';

const PHOTOS: PhotoRecord[] = [
	{
		...{ id: '1', s3_path: 's3://one/2024/a.jpg', tags: ['Beach', 'sea'], people: ['Pat'] },
		metadata: { camera: { make: 'Canon', model: 'EOS R5' }, rating: 5, 'a"b': 1 },
	},
	{
		...{ id: '2', s3_path: 's3://one/2024/b_%.jpg', tags: ['beach'], people: ['Jack', 'Pat'] },
		metadata: { camera: 'Nikon Z 6', rating: '5', list: ['x', 7], raw: true },
	},
	{
		...{ id: '3', s3_path: 's3://one/2025/c.jpg', tags: ['city'] },
		metadata: { rating: 4.5, at: { city: 'Rome' }, raw: false, none: null },
	},
	{ id: '4', s3_path: 's3://two/2024/a.jpg', taken_at: '2024-05-01' },
	{ id: '5', s3_path: 's3://one/2024é/d.jpg', taken_at: '2024-05-01T23:30:00+02:00' },
	{ id: '6', taken_at: '2024-05-02 08:00:00' },
	{ id: '7', taken_at: 'some day' },
];

async function filled(index: VectorIndex): Promise<VectorIndex> {
	await index.upsert(PHOTOS.map((photo, i) => ({ ...photo, image: image(1, i) })));
	return index;
}

function meta(
	field: string,
	op: MetadataCondition['op'],
	value: MetadataCondition['value'],
): PhotoFilter {
	return { metadata: [{ field, op, value }] };
}

const CASES: [string, PhotoFilter, string[]][] = [
	['nothing asked keeps everything', {}, ['1', '2', '3', '4', '5', '6', '7']],
	['bucket', { bucket: 'one' }, ['1', '2', '3', '5']],
	['prefix', { bucket: 'one', prefix: '2024/' }, ['1', '2']],
	['prefix without bucket', { prefix: '2024/a' }, ['1', '4']],
	['a prefix is no pattern', { prefix: '2024/b_%' }, ['2']],
	['a pattern is no prefix', { prefix: '%' }, []],
	['prefix that ends in the middle of a name', { prefix: '2024' }, ['1', '2', '4', '5']],
	['a part of the key, without case', { path: 'A.JPG' }, ['1', '4']],
	['a part of the id where there is no key', { path: '7' }, ['7']],
	['the bucket is no part of the key', { path: 'two' }, []],
	['every part of the key', { path: ['2024', 'B_'] }, ['2']],
	['a star in a part of the key', { path: '4*.jpg' }, ['1', '2', '4', '5']],
	['stars only', { path: '**' }, ['1', '2', '3', '4', '5', '6', '7']],
	['SQL’s own wildcards are text', { path: '2024/%' }, []],
	['SQL’s own wildcards are text that is found', { path: '_%.' }, ['2']],
	['the escape of a wildcard is text', { path: '\\%' }, []],
	['a quote in a part of the key', { path: "' OR 1=1 --" }, []],
	['letters with accents in either case', { path: '2024É/' }, ['5']],
	['letters with accents in two characters', { path: '4e\u0301/D' }, ['5']],
	['a part that is empty', { path: '' }, ['1', '2', '3', '4', '5', '6', '7']],
	['file type by each of its extensions', { type: 'jpeg' }, ['1', '2', '3', '4', '5']],
	['one of several file types', { type: ['png', 'JPG'] }, ['1', '2', '3', '4', '5']],
	['no file type at all', { type: [] }, []],
	['another file type', { type: 'raw' }, []],
	['somebody', { has_people: true }, ['1', '2']],
	['nobody', { has_people: false }, ['3', '4', '5', '6', '7']],
	['not one bucket', { none: [{ bucket: 'one' }] }, ['4', '6', '7']],
	['not one type', { none: [{ type: 'jpg' }] }, ['6', '7']],
	['not this path, nor that', { none: [{ path: '/a' }, { path: 'b_' }] }, ['3', '5', '6', '7']],
	[
		'not this path in that bucket',
		{ none: [{ path: '/a', bucket: 'two' }] },
		['1', '2', '3', '5', '6', '7'],
	],
	[
		'not before a date: without one it stays',
		{ none: [{ taken_before: '2024-05-02' }] },
		['1', '2', '3', '6', '7'],
	],
	[
		'not on a day',
		{ none: [{ taken_after: '2024-05-02', taken_before: '2024-05-03' }] },
		['1', '2', '3', '4', '5', '7'],
	],
	[
		'not with a camera: without one it stays',
		{ none: [{ camera: 'canon' }] },
		['2', '3', '4', '5', '6', '7'],
	],
	[
		'not near: without a place it stays',
		{ none: [{ near: { lat: 1, lon: 1, km: 1 } }] },
		['1', '2', '3', '4', '5', '6', '7'],
	],
	['no path at all', { none: [{ path: '*' }] }, []],
	['nothing left out', { none: [] }, ['1', '2', '3', '4', '5', '6', '7']],
	['nobody, and a tag', { has_people: false, tags_all: ['city'] }, ['3']],
	['tags without case', { tags_all: ['BEACH'] }, ['1', '2']],
	['every tag', { tags_all: ['beach', 'sea'] }, ['1']],
	['any tag', { tags_any: ['sea', 'city'] }, ['1', '3']],
	['every person', { people_all: ['pat', 'jack'] }, ['2']],
	['any person', { people_any: ['jack', 'nobody'] }, ['2']],
	['conditions together', { bucket: 'one', tags_any: ['beach'], people_all: ['Jack'] }, ['2']],
	[
		'a day by the clock on the wall',
		{ taken_after: '2024-05-01', taken_before: '2024-05-02' },
		['4', '5'],
	],
	['an instant', { taken_after: '2024-05-01T21:30:00Z' }, ['5', '6']],
	['before is exclusive', { taken_before: '2024-05-01' }, []],
	['no tag', { tags_none: ['SEA', 'city'] }, ['2', '4', '5', '6', '7']],
	['one tag and not another', { tags_all: ['beach'], tags_none: ['sea'] }, ['2']],
	['no person', { people_none: ['pat'] }, ['3', '4', '5', '6', '7']],
	['tags and columns', { tags_any: ['beach', 'sea', 'city'], prefix: '2024/' }, ['1', '2']],
	['camera by words of make and model', { camera: 'r5 CANON' }, ['1']],
	['camera that is a text', { camera: 'nikon' }, ['2']],
	['camera of nobody', { camera: "canon' OR 1=1 --" }, []],
	['a number is not a text', meta('rating', '=', 5), ['1']],
	['a text is not a number', meta('rating', '=', '5'), ['2']],
	['not equal is the opposite of equal', meta('rating', '!=', 5), ['2', '3', '4', '5', '6', '7']],
	['greater', meta('rating', '>', 4.5), ['1']],
	['at least', meta('rating', '>=', 4.5), ['1', '3']],
	['less', meta('rating', '<', 5), ['3']],
	['texts by code point', meta('rating', '<=', '5'), ['2']],
	['one of several', meta('rating', 'in', [4.5, '5', 'x']), ['2', '3']],
	['one of none', meta('rating', 'in', []), []],
	['a nested field', meta('at.city', '=', 'Rome'), ['3']],
	['an entry of a list', meta('list', '=', 'x'), ['2']],
	['an entry of a list that is greater', meta('list', '>', 6), ['2']],
	['true', meta('raw', '=', true), ['2']],
	['false is not absent', meta('raw', '=', false), ['3']],
	['absent', { tags_any: ['beach', 'city'], ...meta('raw', '=', null) }, ['1']],
	['present', meta('raw', '!=', null), ['2', '3']],
	['null is absent', meta('none', '!=', null), []],
	['an object is no value', meta('at', '>', ''), []],
	['quotes in a field are its name', meta('a"b', '=', 1), ['1']],
	['hostile texts are text', meta("x') OR 1=1 --", '=', "' OR 1=1 --"), []],
	[
		'two conditions on metadata',
		{ metadata: [...meta('raw', '=', true).metadata!, ...meta('rating', '=', '5').metadata!] },
		['2'],
	],
	['a year', { taken_after: '2024', taken_before: '2025' }, ['4', '5', '6']],
];
for (const [name, filter, expected] of CASES) {
	test(`filter: ${name}`, async (t) => {
		const index = await filled((await openIndex(t)).index);
		assert.deepEqual(await index.ids(filter), expected);
		const { hits } = await index.searchVector('image', image(1, 1), 10, filter);
		assert.deepEqual(hits.map(({ id }) => id).sort(), expected);
	});
}

test('a date that is none is refused, not ignored', async (t) => {
	const { index } = await openIndex(t);
	await assert.rejects(index.ids({ taken_after: 'yesterday' }), { code: 'BAD_REQUEST' });
	await assert.rejects(index.ids({ taken_before: '2024-13-01' }), { code: 'BAD_REQUEST' });
	for (const day of ['2023-02-29', '2023-02-31', '2024-04-31T12:00:00Z']) {
		await assert.rejects(index.ids({ taken_after: day }), { code: 'BAD_REQUEST' }, day);
	}
	await index.upsert([{ id: 'no such day', taken_at: '2023-02-31' }]);
	assert.ok(!(await index.ids({ taken_after: '0001' })).includes('no such day'));
	assert.equal((await index.get('no such day'))?.taken_at, '2023-02-31');
});

const BAD: [string, unknown][] = [
	['filter.tag_all', { tag_all: ['x'] }],
	['filter.tags_all', { tags_all: 'x' }],
	['filter.tags_none[1]', { tags_none: ['x', 5] }],
	['filter.tags_all', { tags_all: Array(1_001).fill('x') }],
	['filter.people_all', { people_all: Array(65).fill('x') }],
	['filter.tags_any', { tags_any: Array(10_001).fill('x') }],
	['filter.bucket', { bucket: 5 }],
	['filter.camera', { camera: {} }],
	['filter.camera', { camera: 'a '.repeat(1_000) }],
	['filter.near', { near: [1, 2] }],
	['filter.near.lat', { near: { lat: 91, lon: 0, km: 1 } }],
	['filter.near.lon', { near: { lat: 0, lon: NaN, km: 1 } }],
	['filter.near.km', { near: { lat: 0, lon: 0, km: 0 } }],
	['filter.near.miles', { near: { lat: 0, lon: 0, miles: 1 } }],
	['filter.path', { path: 5 }],
	['filter.path[1]', { path: ['a', null] }],
	['filter.path', { path: 'a'.repeat(1_025) }],
	['filter.type', { type: 'poem' }],
	['filter.type[1]', { type: ['jpg', ''] }],
	['filter.none', { none: { type: 'jpg' } }],
	['filter.none[0]', { none: ['jpg'] }],
	['filter.none[0]', { none: [{}] }],
	['filter.none[1]', { none: [{ type: 'jpg' }, { type: undefined }] }],
	['filter.none[0].type', { none: [{ type: 'poem' }] }],
	['filter.none[0].tags_all', { none: [{ tags_all: ['x'] }] }],
	['filter.none[0].near.km', { none: [{ near: { lat: 0, lon: 0, km: 0 } }] }],
	['filter.none[1].taken_after', { none: [{ type: 'jpg' }, { taken_after: 'soon' }] }],
	['filter.has_people', { has_people: 'yes' }],
	['filter.metadata', { metadata: { rating: 5 } }],
	['filter.metadata[0].op', { metadata: [{ field: 'a', op: 'like', value: 1 }] }],
	['filter.metadata[0].field', { metadata: [{ field: '', op: '=', value: 1 }] }],
	['filter.metadata[0].value', { metadata: [{ field: 'a', op: '<', value: true }] }],
	['filter.metadata[0].value', { metadata: [{ field: 'a', op: 'in', value: 'x' }] }],
	['filter.metadata[0].value[0]', { metadata: [{ field: 'a', op: 'in', value: [{}] }] }],
];
for (const [field, filter] of BAD) {
	test(`${JSON.stringify(filter).slice(0, 60)} is refused and ${field} named, not ignored`, async (t) => {
		const { index } = await openIndex(t);
		for (const attempt of [
			index.ids(filter as PhotoFilter),
			index.count(filter as PhotoFilter),
			index.searchVector('image', image(1, 0), 1, filter as PhotoFilter),
			index.searchKeywords([asTyped('a')], 1, { filter: filter as PhotoFilter }),
		]) {
			await assert.rejects(attempt, { code: 'BAD_REQUEST', details: { field } });
		}
	});
}

/** Kilometres, by the spherical law of cosines: another formula than the one under test. */
function distance(aLat: number, aLon: number, bLat: number, bLon: number): number {
	const [a, b, d] = [aLat, bLat, aLon - bLon].map((degrees) => (degrees * Math.PI) / 180);
	const cosine = Math.sin(a!) * Math.sin(b!) + Math.cos(a!) * Math.cos(b!) * Math.cos(d!);
	return 6371.0088 * Math.acos(Math.min(1, Math.max(-1, cosine)));
}

test('near is right everywhere: at the date line, at the poles, around half the earth', async (t) => {
	const { index } = await openIndex(t);
	const random = randomNumbers(3);
	const places = Array.from({ length: 2_000 }, (_, i) => ({
		id: `p${i}`,
		lat: (Math.asin(2 * random() - 1) * 180) / Math.PI,
		lon: 360 * random() - 180,
	}));
	places.push({ id: 'north', lat: 90, lon: 0 }, { id: 'south', lat: -90, lon: 180 });
	places.push({ id: 'fiji', lat: -17.8, lon: 178.1 }, { id: 'samoa', lat: -13.8, lon: -172 });
	await index.upsert([...places, { id: 'nowhere' }, { id: 'half', lat: 1 }]);
	const centres = [
		...[
			{ lat: 48, lon: 2 },
			{ lat: -17, lon: 179.9 },
			{ lat: 10, lon: -180 },
			{ lat: 90, lon: 7 },
		],
		...[
			{ lat: -89.9, lon: -120 },
			{ lat: 0, lon: 0 },
			{ lat: 80, lon: 179 },
		],
	];
	for (const { lat, lon } of centres) {
		for (const km of [300, 1_200, 5_000, 10_007, 15_000, 20_016]) {
			const expected = places.filter((place) => distance(place.lat, place.lon, lat, lon) <= km);
			const found = await index.ids({ near: { lat, lon, km } });
			assert.deepEqual(found, expected.map(({ id }) => id).sort(), `${lat} ${lon} ${km}`);
		}
	}
});

test('a filter with all the conditions there can be is answered, or SQLite finds it too long', async (t) => {
	const index = await filled((await openIndex(t)).index);
	const many = (count: number) => Array.from({ length: count }, (_, i) => `x${i}`);
	const filter: PhotoFilter = {
		...{
			tags_all: many(64),
			people_all: many(64),
			tags_any: many(10_000),
			tags_none: many(10_000),
		},
		...{ path: many(64), camera: 'a '.repeat(100), near: { lat: 1, lon: 1, km: 1 } },
		metadata: many(64).map((field) => ({ field, op: '=', value: field })),
		none: many(64).map((camera) => ({ camera, path: many(64) })),
	};
	assert.deepEqual(await index.ids(filter), []);
	assert.equal(await index.count([filter, filter]), 0);
	assert.deepEqual((await index.searchVector('image', image(1, 1), 10, filter)).hits, []);
	assert.deepEqual(await index.searchKeywords([asTyped('a')], 1, { filter }), []);
});

test('an answer that was remembered is forgotten with the next write', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([{ id: 'a', tags: ['x'], image: image(1, 0) }]);
	const found = async () =>
		(await index.searchVector('image', image(1, 0), 5, { tags_all: ['x'] })).hits.length;
	assert.equal(await found(), 1);
	await index.upsert([{ id: 'b', tags: ['x'], image: image(1, 0) }]);
	assert.equal(await found(), 2);
	await index.upsert([{ id: 'a', tags: [] }]);
	assert.equal(await found(), 1);
});

test('the end of a prefix is right at the edges of Unicode', () => {
	assert.equal(prefixEnd('a'), 'b');
	assert.equal(prefixEnd('a\u{10ffff}'), 'b');
	assert.equal(prefixEnd('\ud7ff'), '\ue000');
	assert.equal(prefixEnd('\u{10ffff}'), undefined);
});

test('a file type is what comes after the last dot of the name, or “jpg.txt” would be a photo', async (t) => {
	const { index } = await openIndex(t);
	const names = ['a.jpg', 'b.JPEG', 'c.jpg.txt', 'jpg', '.jpg', 'x.jpg/d', 'e.CR2', 'f.dng', 'g.'];
	await index.upsert(names.map((id) => ({ id })));
	assert.deepEqual(await index.ids({ type: 'jpg' }), ['.jpg', 'a.jpg', 'b.JPEG']);
	assert.deepEqual(await index.ids({ type: '.Jpeg' }), ['.jpg', 'a.jpg', 'b.JPEG']);
	assert.deepEqual(await index.ids({ type: 'raw' }), ['e.CR2', 'f.dng']);
	assert.deepEqual(await index.ids({ type: 'cr2' }), ['e.CR2']);
});

test('a path of nothing but stars is no restriction, or it might delete every photo', () => {
	assert.equal(restricts({ path: '*' }), false);
	assert.equal(restricts({ path: ['', '**'] }), false);
	assert.equal(restricts({ path: ['', '*a*'] }), true);
});
