import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prefixEnd } from '../../engine/index/catalogue/photo-filter';
import type { PhotoRecord, VectorIndex } from '../../engine/index/vector-index';
import type { PhotoFilter } from '../../engine/service/contract';
import { image, openIndex } from './support';

const PHOTOS: PhotoRecord[] = [
	{ id: '1', s3_path: 's3://one/2024/a.jpg', tags: ['Beach', 'sea'], people: ['Pat'] },
	{ id: '2', s3_path: 's3://one/2024/b_%.jpg', tags: ['beach'], people: ['Jack', 'Pat'] },
	{ id: '3', s3_path: 's3://one/2025/c.jpg', tags: ['city'] },
	{ id: '4', s3_path: 's3://two/2024/a.jpg', taken_at: '2024-05-01' },
	{ id: '5', s3_path: 's3://one/2024é/d.jpg', taken_at: '2024-05-01T23:30:00+02:00' },
	{ id: '6', taken_at: '2024-05-02 08:00:00' },
	{ id: '7', taken_at: 'some day' },
];

async function filled(index: VectorIndex): Promise<VectorIndex> {
	await index.upsert(PHOTOS.map((photo, i) => ({ ...photo, image: image(1, i) })));
	return index;
}

const CASES: [string, PhotoFilter, string[]][] = [
	['nothing asked keeps everything', {}, ['1', '2', '3', '4', '5', '6', '7']],
	['bucket', { bucket: 'one' }, ['1', '2', '3', '5']],
	['prefix', { bucket: 'one', prefix: '2024/' }, ['1', '2']],
	['prefix without bucket', { prefix: '2024/a' }, ['1', '4']],
	['a prefix is no pattern', { prefix: '2024/b_%' }, ['2']],
	['a pattern is no prefix', { prefix: '%' }, []],
	['prefix that ends in the middle of a name', { prefix: '2024' }, ['1', '2', '4', '5']],
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
});

test('the end of a prefix is right at the edges of Unicode', () => {
	assert.equal(prefixEnd('a'), 'b');
	assert.equal(prefixEnd('a\u{10ffff}'), 'b');
	assert.equal(prefixEnd('\ud7ff'), '\ue000');
	assert.equal(prefixEnd('\u{10ffff}'), undefined);
});
