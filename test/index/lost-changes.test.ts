import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import timers from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { Worker } from 'node:worker_threads';
import { VectorChannel } from '../../engine/index/vectors/vector-channel';
import type { PhotoRecord, VectorIndex } from '../../engine/index/vector-index';
import { until } from '../harness/until';
import { image, OF_INDEX, openIndex, text } from './support';

const photo = (i: number): PhotoRecord => ({ id: `p${i}`, image: image(1, i), text: text(i, 1) });

const nearest = async (index: VectorIndex, i: number) => [
	(await index.searchVector('image', image(1, i), 1)).hits[0]?.id,
	(await index.searchVector('text', text(i, 1), 1)).hits[0]?.id,
];

/** Ends the writing thread while a write is under way. */
async function loseWriter(t: TestContext, index: VectorIndex): Promise<void> {
	const { mock } = t.mock.method(Worker.prototype, 'postMessage');
	// So many that it cannot be done before the end is there.
	const photos = Array.from({ length: 500 }, (_, i) => photo(1_000 + i));
	const write = assert.rejects(index.upsert(photos), { code: 'RUNTIME_UNAVAILABLE' });
	await until('the writer is asked', () => mock.calls.length > 0, OF_INDEX);
	const writer = mock.calls.at(-1)!.this as Worker;
	mock.restore();
	await writer.terminate();
	await write;
}

/** The next so many channels cannot be opened. */
function failToOpen(t: TestContext, times: number) {
	const open = VectorChannel.prototype.open;
	let left = times;
	return t.mock.method(VectorChannel.prototype, 'open', async function (this: VectorChannel) {
		if (left-- > 0) throw new Error('EMFILE: too many open files');
		await open.call(this);
	});
}

test('one kind that cannot be read after the writing thread died is read later, and the other at once, or photos are stored and never found', async (t) => {
	const { index, warnings } = await openIndex(t);
	await index.upsert(Array.from({ length: 20 }, (_, i) => photo(i)));
	failToOpen(t, 1);
	await loseWriter(t, index);
	assert.match(warnings.join(), /image vectors: not loaded, next attempt in 1 s: EMFILE/);
	assert.deepEqual(await index.upsert([photo(21)]), ['created']);
	assert.deepEqual(await nearest(index, 21), ['p21', 'p21']);
	assert.deepEqual((await index.verify()).findings, []);
});

test('what cannot be read for long is read as soon as it can be, without anybody writing', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert(Array.from({ length: 20 }, (_, i) => photo(i)));
	// Two kinds, once for the death and once for each of two writes.
	failToOpen(t, 6);
	await loseWriter(t, index);
	for (const i of [21, 22]) assert.deepEqual(await index.upsert([photo(i)]), ['created']);
	await until(
		'both kinds are read',
		async () => (await nearest(index, 22)).every((id) => id === 'p22'),
		OF_INDEX,
	);
	assert.deepEqual(await nearest(index, 21), ['p21', 'p21']);
	assert.deepEqual((await index.verify()).findings, []);
});

test('a change that memory cannot take is read from the database, or half of a batch is never found', async (t) => {
	const { index, warnings } = await openIndex(t);
	await index.upsert(Array.from({ length: 20 }, (_, i) => photo(i)));
	t.mock.method(VectorChannel.prototype, 'put', () => {
		throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
	});
	assert.deepEqual(await index.upsert([photo(21), photo(22)]), ['created', 'created']);
	assert.match(warnings.join(), /a change was not applied, all are read anew: WebAssembly/);
	for (const i of [21, 22]) assert.deepEqual(await nearest(index, i), [`p${i}`, `p${i}`]);
	assert.deepEqual((await index.verify()).findings, []);
});

test('activating a generation that cannot be loaded says so, and is done once it can be', async (t) => {
	const { index } = await openIndex(t);
	await index.upsert([photo(1)]);
	const model = 'vision@2';
	await index.beginGeneration('image', { model, dimension: 2, activateWhenComplete: false });
	await index.upsert([{ id: 'p1', image: { ...image(0, 1), model } }]);
	failToOpen(t, 1);
	await assert.rejects(index.activateGeneration('image', model), {
		code: 'RUNTIME_UNAVAILABLE',
		message: /could not be loaded.*EMFILE/,
	});
	assert.equal(index.model('image'), 'vision@1');
	await until('it is served', () => index.model('image') === model, OF_INDEX);
	const { hits } = await index.searchVector('image', { ...image(0, 1), model }, 1);
	assert.equal(hits[0]?.id, 'p1');
});

test('a generation that is loaded while a transaction is taken into memory waits for the end of that, or all is read anew', async (t) => {
	const { index, warnings } = await openIndex(t);
	const model = 'vision@2';
	const photosOf = (count: number) =>
		Array.from({ length: count }, (_, i) => ({ id: `p${i}`, image: { ...image(1, i), model } }));
	await index.upsert([photo(0)]);
	await index.beginGeneration('image', { model, dimension: 2, activateWhenComplete: false });
	await index.upsert(photosOf(1));

	const readNow = Promise.withResolvers<void>();
	const { open } = VectorChannel.prototype;
	let isRead = false;
	const opening = t.mock.method(
		VectorChannel.prototype,
		'open',
		async function (this: VectorChannel) {
			await readNow.promise;
			await open.call(this);
			isRead = true;
		},
	);
	const activated = index.activateGeneration('image', model);
	await until('it is being loaded', () => opening.mock.callCount() > 0, OF_INDEX);

	const posted = t.mock.method(Worker.prototype, 'postMessage');
	const goOn = Promise.withResolvers<void>();
	const { setImmediate: nextTurn } = timers;
	let held = 0;
	t.mock.method(timers, 'setImmediate', async () => {
		// From here on the writer has it, and only taking it into memory is in slices.
		if (posted.mock.callCount() > 0) {
			held++;
			await goOn.promise;
		}
		await nextTurn();
	});
	const stored = index.upsert(photosOf(20_000));
	await until('half of it is taken in', () => held > 0, OF_INDEX);
	readNow.resolve();
	await until('all of it was read', () => isRead, OF_INDEX);
	await nextTurn();
	goOn.resolve();
	await Promise.all([stored, activated]);
	assert.deepEqual(warnings, []);
	const { vectors } = await index.searchVector('image', { ...image(1, 1), model }, 1);
	assert.equal(vectors, 20_000);
	assert.deepEqual((await index.verify()).findings, []);
});

test('an index that cannot be loaded is not tried again once its opening was refused, and is opened by the next who asks', async (t) => {
	const { store, index } = await openIndex(t);
	await index.upsert([photo(1)]);
	await index.close();
	failToOpen(t, 2);
	await assert.rejects(store.open('photos', { create: false }), /EMFILE/);
	const again = await store.open('photos', { create: false });
	assert.deepEqual(await nearest(again, 1), ['p1', 'p1']);
});

test('files of generations that are gone are removed, or they take up the disk for ever', async (t) => {
	const { dataDir, store, index } = await openIndex(t);
	await index.upsert([photo(1)]);
	const folder = join(dataDir, 'indexes', 'photos');
	const put = (...names: string[]) => {
		for (const name of names) writeFileSync(join(folder, name), 'rows');
	};
	const left = () => readdirSync(folder).filter((name) => !/^photos\.db|lock/.test(name));
	await index.close();
	put('rows-77-0123.snapshot', 'rows-77-0123.snapshot.tmp', 'generation-77-01.faiss');
	mkdirSync(join(folder, 'mine'));
	const again = await store.open('photos', { create: false });
	assert.deepEqual(left(), ['mine']);
	const model = 'vision@2';
	await again.beginGeneration('image', { model, dimension: 2, activateWhenComplete: false });
	const begun = (await again.generations()).find((one) => one.model === model);
	assert.ok(begun);
	put('rows-3-0123.snapshot', 'generation-3-01.faiss');
	await again.dropGeneration('image', model);
	assert.deepEqual(left(), ['mine']);
});

test('tidying up that an index is closed under ends, and opens nothing behind the lock', async (t) => {
	const { index, dataDir } = await openIndex(t);
	await index.upsert([photo(1)]);
	const calls = Promise.allSettled([index.optimize(), index.dropGeneration('image', 'vision@1')]);
	await index.close();
	for (const call of await calls) {
		if (call.status === 'fulfilled') continue;
		assert.equal((call.reason as { code?: string }).code, 'ENGINE_STOPPING');
	}
	if (process.platform !== 'linux') return;
	const opened = await Promise.all(
		(await fs.readdir('/proc/self/fd')).map((fd) =>
			fs.readlink(join('/proc/self/fd', fd)).catch(() => ''),
		),
	);
	assert.deepEqual(
		opened.filter((file) => file.startsWith(dataDir)),
		[],
	);
});
