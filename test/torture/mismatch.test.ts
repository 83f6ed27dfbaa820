import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Dump, DumpedPhoto, Entry, Write } from './calls';
import { Mismatch, prefixOf, type Damage } from './mismatch';
import { expected, Model } from './model';

const photo = (id: string, version: number): Entry => ({
	id,
	title: `version ${version}`,
	image: { key: `${id} ${version}`, model: 'vision@1', dimension: 8 },
});
const both = (version: number): Write => ({
	do: 'upsert',
	photos: [photo('a', version), photo('b', version)],
});

function dumpOf(model: Model): Dump {
	const photos = [...model.photos].map(([id, state]): DumpedPhoto => {
		const [, facts, owed, image, text] = JSON.parse(expected(id, state)) as [
			...[string, string, boolean],
			...[[string, string][], [string, string][]],
		];
		return { id, facts, owed, image: Object.fromEntries(image), text: Object.fromEntries(text) };
	});
	return {
		photos,
		generations: model.generations.all.map((row) => ({
			...row,
			created_at: '',
			vectors: model.generations.vectors(row),
			missing: model.generations.missing(row),
		})),
		counts: { photos: 0, image: 0, text: 0, owed: 0 },
		searched: { image: null, text: null },
	};
}

function after(...writes: Write[]): Model {
	const model = new Model();
	for (const write of writes) model.apply(write);
	return model;
}

function damageOf(check: () => unknown): Partial<Damage> {
	try {
		check();
	} catch (error) {
		if (error instanceof Mismatch) {
			return Object.fromEntries(Object.entries(error.damage).filter(([, n]) => n > 0));
		}
		throw error;
	}
	return {};
}

describe('what a kill left', () => {
	const acknowledged = after(both(1));
	const dump = dumpOf(acknowledged);
	const part = (id: string) => dump.photos.find((one) => one.id === id)!;

	it('may have any number of calls that were under way, or good engines are blamed', () => {
		const writes = [both(2), both(3), both(4)];
		for (let n = 0; n <= 3; n++) {
			const stored = dumpOf(after(both(1), ...writes.slice(0, n)));
			assert.equal(prefixOf(stored, acknowledged, writes), n);
		}
	});

	it('is not accepted with fewer than are known to have happened', () => {
		assert.deepEqual(
			damageOf(() => prefixOf(dump, acknowledged, [both(2)], 1)),
			{ half: 2 },
		);
	});

	it('without an acknowledged photo is a loss', () => {
		const stored = { ...dump, photos: [part('a')] };
		assert.deepEqual(
			damageOf(() => prefixOf(stored, acknowledged, [])),
			{ lost: 1 },
		);
	});

	it('with a deleted photo is a resurrection', () => {
		const deleted = after(both(1), { do: 'delete', ids: ['b'] });
		assert.deepEqual(
			damageOf(() => prefixOf(dump, deleted, [])),
			{ resurrected: 1 },
		);
	});

	it('with a photo of two versions is half', () => {
		const newer = dumpOf(after(both(2))).photos[0]!;
		const stored = { ...dump, photos: [{ ...part('a'), image: newer.image }, part('b')] };
		assert.deepEqual(
			damageOf(() => prefixOf(stored, acknowledged, [both(2)])),
			{ half: 1 },
		);
	});

	it('with one photo of a batch is torn', () => {
		const newer = dumpOf(after(both(2))).photos[0]!;
		const stored = { ...dump, photos: [newer, part('b')] };
		assert.deepEqual(
			damageOf(() => prefixOf(stored, acknowledged, [both(2)])),
			{ torn: 1 },
		);
	});

	it('with a generation in the state of another moment is torn', () => {
		const begun: Write = {
			...{ do: 'begin', kind: 'image', model: 'vision@2', dimension: 8 },
			activateWhenComplete: false,
		};
		const { generations } = dumpOf(after(both(1), begun));
		const stored = { ...dump, generations };
		assert.equal(prefixOf(stored, acknowledged, [begun, both(2)]), 1);
		assert.deepEqual(
			damageOf(() => prefixOf(stored, acknowledged, [both(2), begun])),
			{ torn: 1 },
		);
	});

	it('with a photo twice is no index', () => {
		const stored = { ...dump, photos: [...dump.photos, part('a')] };
		assert.deepEqual(
			damageOf(() => prefixOf(stored, acknowledged, [])),
			{ twice: 1 },
		);
	});
});
