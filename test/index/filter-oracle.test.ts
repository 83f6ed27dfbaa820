import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhotoRecord } from '../../engine/index/vector-index';
import type { ExcludedPhotos, MetadataCondition, PhotoFilter } from '../../engine/service/contract';
import { Random } from '../torture/random';
import { passes } from './plain-filter';
import { image, openIndex } from './support';

const PHOTOS = 400;
const FILTERS = 400;

const LABELS = [
	...['Beach', 'BEACH ', 'beach', 'Straße', 'STRASSE', 'É', 'e\u0301', 'İstanbul', 'istanbul'],
	...['ΣΑΣ', '日本', '😀', '%', '_', "'", '"', 'K', 'k'],
];
const BUCKETS = ['one', 'One', 'ö'];
const KEYS = [
	...['2024/a.jpg', '2024/A.JPG', '2024/b_%.jpg', '20%/x', 'é/É.HEIC', 'e\u0301/z.png'],
	...['\u{10ffff}x', '\ud7ff/q', '\ue000/q', '[a]?.jpg', '\\back\\', "o'brien.jpg"],
];
const PREFIXES = ['2', '2024', '2024/', '%', '20_', 'é', '\u{10ffff}', '\ud7ff', '', '[', '\ue000'];
const PATHS = ['2024', '%', '_', 'É', '\\', "'", 'a*jpg', '4/*.J', '[a]', 'b_%', '*'];
const DATES = [
	...['2024-05-01', '2024-05', '2024', '2024-05-01T00:00:00Z', '2024-05-01T23:30:00+02:00'],
	...['2024-05-01T23:30:00-11:00', '2024-05-02 08:00', '2024-05-01T12:00:00+14:00'],
	...['0001-01-01', '9999-12-31T23:59:59Z', '1969-12-31T23:00:00-05:00'],
];
const PLACES: [number, number][] = [
	...([
		[90, 0],
		[-90, 180],
		[0, 180],
		[0, -180],
	] as [number, number][]),
	...([
		[0.0001, 179.9999],
		[89.9, 10],
		[-89.9, -170],
		[48.85, 2.35],
	] as [number, number][]),
	...([
		[-17.8, 178.1],
		[-13.8, -172],
		[65, 179.5],
	] as [number, number][]),
];
const DISTANCES = [0.001, 0.05, 100, 1_000, 5_000, 10_000, 15_000, 20_010, 30_000];
const CAMERAS = ['Canon EOS R5', { make: 'Canon', model: 'EOS R5' }, { model: 'x100v' }, 'Leica Ö'];
const FIELDS = ['rating', 'at', 'at.city', 'a"b', 'q\\', 'é', 'x\ny', '$', '[0]', '#', '__proto__'];
const SCALARS = [
	...[5, -5, 0, -0, 4.5, 1e21, 1e-7, 123456789012345680000, 5e-324],
	...[
		'5',
		'',
		'Rome',
		'rome',
		'é',
		'e\u0301',
		'a"b',
		'\\',
		'\n',
		'😀',
		'\ue000',
		'z\0z',
		'[5]',
		'true',
	],
];
const VALUES: unknown[] = [
	...SCALARS,
	...[
		true,
		false,
		null,
		[],
		[5],
		['5', 7],
		[true],
		[null],
		[[5]],
		[{ a: 5 }],
		{},
		{ city: 'Rome' },
	],
];
const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', 'in'] as const;

class Drawn {
	constructor(readonly random: Random) {}

	photo(n: number): PhotoRecord {
		const { random } = this;
		const photo: PhotoRecord = { id: `${random.pick(['p', 'É', '%'])}${n}`, metadata: {} };
		if (random.chance(0.9)) photo.image = image(random.next() - 0.5, random.next() - 0.5, 1);
		if (random.chance(0.7)) {
			photo.s3_path = `s3://${random.pick(BUCKETS)}/${random.pick(KEYS)}`;
		}
		if (random.chance(0.7)) photo.tags = random.some(LABELS, 3);
		if (random.chance(0.4)) photo.people = random.some(LABELS, 2);
		if (random.chance(0.6)) photo.taken_at = random.pick(DATES);
		if (random.chance(0.6)) [photo.lat, photo.lon] = this.#place();
		for (const field of random.some(FIELDS, random.int(0, 4))) {
			// Assigned, "__proto__" would be no field.
			Object.defineProperty(photo.metadata, field, {
				value: random.pick(VALUES),
				enumerable: true,
			});
		}
		if (random.chance(0.4)) photo.metadata!.camera = random.pick(CAMERAS);
		return photo;
	}

	filter(): PhotoFilter {
		const { random } = this;
		const filter: PhotoFilter = this.#excluded(0.2);
		if (random.chance(0.15)) filter.prefix = random.pick(PREFIXES);
		for (const which of ['all', 'any', 'none'] as const) {
			if (random.chance(0.12)) filter[`tags_${which}`] = random.some(LABELS, random.int(0, 2));
			if (random.chance(0.08)) filter[`people_${which}`] = random.some(LABELS, random.int(0, 2));
		}
		if (random.chance(0.05)) filter.has_people = random.chance(0.5);
		if (random.chance(0.4))
			filter.metadata = [this.#condition(), this.#condition()].slice(0, random.int(1, 2));
		if (random.chance(0.15)) filter.none = [{ ...this.#excluded(0.3), bucket: 'one' }];
		return filter;
	}

	#excluded(chance: number): ExcludedPhotos {
		const { random } = this;
		const excluded: ExcludedPhotos = {};
		if (random.chance(chance)) excluded.bucket = random.pick(BUCKETS);
		if (random.chance(chance)) excluded.path = random.pick(PATHS);
		if (random.chance(chance)) excluded.taken_after = random.pick(DATES);
		if (random.chance(chance)) excluded.taken_before = random.pick(DATES);
		if (random.chance(chance / 2)) excluded.camera = random.pick(['canon', 'R5 eos', 'ö', '%']);
		if (random.chance(chance)) {
			const [lat, lon] = this.#place();
			excluded.near = { lat, lon, km: random.pick(DISTANCES) };
		}
		return excluded;
	}

	#condition(): MetadataCondition {
		const { random } = this;
		const op = random.pick(OPERATORS);
		const field = random.pick(FIELDS);
		if (op === 'in') return { field, op, value: random.some(SCALARS, random.int(0, 4)) };
		const any = op === '=' || op === '!=' ? [...SCALARS, true, false, null] : SCALARS;
		return { field, op, value: random.pick(any) };
	}

	#place(): [number, number] {
		const { random } = this;
		if (random.chance(0.7)) return random.pick(PLACES);
		return [180 * random.next() - 90, 360 * random.next() - 180];
	}
}

test('any filter finds what its promises say, however it is asked, and beside writes', async (t) => {
	const { index } = await openIndex(t);
	const random = new Random('filters');
	const drawn = new Drawn(random);
	const photos = new Map<string, PhotoRecord>();
	const store = async (some: PhotoRecord[]) => {
		for (const outcome of await index.upsert(some))
			assert.ok(!(outcome instanceof Error), String(outcome));
		for (const photo of some) photos.set(photo.id, photo);
	};
	await store(Array.from({ length: PHOTOS }, (_, n) => drawn.photo(n)));
	let found = 0;
	for (let n = 0; n < FILTERS; n++) {
		const filter = drawn.filter();
		const says = JSON.stringify(filter);
		const expected = [...photos.values()].filter((photo) => passes(photo, filter));
		const ids = expected.map(({ id }) => id).sort();
		found += ids.length;
		assert.deepEqual((await index.ids(filter)).sort(), ids, says);
		assert.equal(await index.count(filter), ids.length, says);
		assert.deepEqual((await index.list(filter, { limit: PHOTOS * 2 })).sort(), ids, says);
		const some = random.some([...photos.keys()], 40);
		const among = some.filter((id) => ids.includes(id)).sort();
		assert.deepEqual([...(await index.matching(filter, some))].sort(), among, says);
		const withVector = expected.flatMap((photo) => (photo.image ? [photo.id] : [])).sort();
		const { hits } = await index.searchVector('image', image(0, 0, 1), PHOTOS * 2, filter);
		assert.deepEqual(hits.map(({ id }) => id).sort(), withVector, says);
		const { hits: first } = await index.searchVector('image', image(0, 1, 1), 5, filter);
		assert.equal(first.length, Math.min(5, withVector.length), says);
		// What an answer remembers is of the photos as they were.
		await index.delete([...photos.keys()].slice(0, 1));
		photos.delete([...photos.keys()][0]!);
		await store([drawn.photo(PHOTOS + n)]);
	}
	assert.ok(found > FILTERS, 'filters that find nothing prove nothing');
});
