import assert from 'node:assert/strict';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { ModelPreparer, ModelStoreOptions } from '../../../engine/encode/models/model-store';
import { ModelStore } from '../../../engine/encode/models/model-store';
import { EngineError, type ErrorCode } from '../../../engine/errors';
import { PACKAGE_ROOT } from '../../../engine/locations';
import { startModelHub, type ModelHub } from '../../harness/model-hub';
import { until } from '../../harness/until';
import { hubFiles, MODEL, TOWERS } from './model-files';

const [VISION, TEXT] = TOWERS;

describe('the model store', () => {
	const files = hubFiles();
	let hub: ModelHub;
	let folder: string;
	let dir: string;
	const stores: ModelStore[] = [];
	before(async () => {
		hub = await startModelHub(files);
	});
	after(() => hub.close());
	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'sis-store-'));
		dir = path.join(folder, MODEL);
		hub.requests.length = 0;
	});
	afterEach(async () => {
		for (const store of stores.splice(0)) await store.close();
		for (const fault of Object.keys(hub.faults)) delete hub.faults[fault as 'circle'];
		rmSync(folder, { recursive: true, force: true });
	});

	function open(options: Partial<ModelStoreOptions> = {}): ModelStore {
		const store = new ModelStore({
			bundledDir: path.join(PACKAGE_ROOT, 'models'),
			modelsDir: folder,
			defaultModel: MODEL,
			hub: { endpoint: hub.url, retryMs: 5 },
			...options,
		});
		stores.push(store);
		return store;
	}

	function errorOf(store: ModelStore): EngineError {
		try {
			store.resolve(MODEL);
		} catch (error) {
			assert.ok(error instanceof EngineError, String(error));
			return error;
		}
		throw new Error('the model was resolved');
	}

	const ended = (store: ModelStore) =>
		until('the download ends', () => !store.downloading, { everyMs: 10 });

	async function downloaded(): Promise<ModelStore> {
		const store = open();
		store.download(MODEL);
		await ended(store);
		return store;
	}

	function assertRefused(store: ModelStore, code: ErrorCode, sentence: RegExp): void {
		const error = errorOf(store);
		assert.equal(error.code, code, error.message);
		assert.match(error.message, sentence);
	}

	it('answers a caller at once while a model comes, and the model when it is there', async () => {
		hub.faults.drip = { bytes: 60_000, everyMs: 150 };
		const store = open();
		const asked = performance.now();
		assertRefused(store, 'MODEL_NOT_READY', /is being downloaded: 0 % of 816 MB/);
		assert.ok(performance.now() - asked < 500);
		await until('some of it is here', () => {
			const { message, details } = errorOf(store);
			return (
				(details?.['progress'] as number) > 0.3 &&
				/\d\d % of .* kB, \d+ kB\/s, about \d s left/.test(message)
			);
		});
		const { state, progress, transfer } = await store.status(MODEL);
		assert.equal(state, 'downloading');
		assert.ok(progress! > 0.3 && progress! <= 1 && transfer!.received > 0);
		await ended(store);
		assert.equal(store.resolve(MODEL).dir, dir);
		const { state: last, diskBytes } = await store.status(MODEL);
		assert.equal(last, 'available');
		assert.ok(diskBytes > 600_000);
	});

	it('tells why a download failed, and tries again with that very call', async () => {
		hub.faults.status = { code: 401, times: 1 };
		const store = open();
		assertRefused(store, 'MODEL_NOT_READY', /downloaded/);
		await ended(store);
		assert.match((await store.status(MODEL)).problem ?? '', /HF_TOKEN/);
		assertRefused(store, 'MODEL_DOWNLOAD_FAILED', /HF_TOKEN/);
		await ended(store);
		assert.equal(store.resolve(MODEL).dir, dir);
		assert.equal((await store.status(MODEL)).problem, undefined);
	});

	it('says in the meantime what went wrong, not only “0 %” for half a minute', async () => {
		hub.faults.status = { code: 503, times: 99 };
		const store = open({ hub: { endpoint: hub.url, retryMs: 200 } });
		errorOf(store);
		const problem = () => String(errorOf(store).details?.['problem']);
		await until('the first try has failed', () => /answered 503/.test(problem()), { everyMs: 10 });
		// A search shows the sentence to whoever may search: no hosts there.
		assert.ok(!errorOf(store).message.includes('127.0.0.1'));
		assert.match((await store.status(MODEL)).problem ?? '', /503/);
		hub.faults.status = undefined;
		await ended(store);
		assert.equal(store.resolve(MODEL).dir, dir);
	});

	it('stops a download on demand, keeps what came, and goes on later', async () => {
		hub.faults.drip = { bytes: 60_000, everyMs: 100 };
		const store = open();
		store.download(MODEL);
		await until(
			'some of it is here',
			async () => (await store.status(MODEL)).transfer!.received > 150_000,
			{ everyMs: 20 },
		);
		await store.cancel(MODEL);
		const { state, problem, diskBytes } = await store.status(MODEL);
		assert.deepEqual([state, problem], ['remote', undefined]);
		assert.ok(diskBytes > 100_000);
		hub.requests.length = 0;
		store.download(MODEL);
		await ended(store);
		assert.ok(hub.requests.some(({ range }) => range !== undefined));
		assert.equal(store.resolve(MODEL).dir, dir);
	});

	describe('without the net', () => {
		it('says which files to put where, and asks nobody', async () => {
			const store = open({ offline: true });
			mkdirSync(path.join(dir, 'onnx'), { recursive: true });
			writeFileSync(path.join(dir, VISION), files[VISION]!);
			const error = errorOf(store);
			assert.equal(error.code, 'MODEL_OFFLINE');
			assert.ok(error.message.includes(dir) && error.message.includes(TEXT));
			assert.ok(!error.message.includes(VISION), 'that one is there');
			assert.match(error.message, /HF_HUB_OFFLINE/);
			assert.throws(() => store.download(MODEL), { code: 'MODEL_OFFLINE' });
			assert.equal(hub.requests.length, 0);
		});

		it('names the file that was cut short, since nothing here can mend it', async () => {
			await downloaded();
			truncateSync(path.join(dir, VISION), 100_000);
			const store = open({ offline: true });
			assertRefused(store, 'MODEL_BROKEN', /vision_model/);
			assert.throws(
				() => store.download(MODEL),
				(error) => {
					assert.ok(error instanceof EngineError);
					assert.deepEqual(error.details?.['missing'], [VISION]);
					return true;
				},
			);
		});

		it('runs what was put there', async () => {
			await downloaded();
			rmSync(path.join(dir, 'manifest.json'));
			hub.requests.length = 0;
			assert.equal(open({ offline: true }).resolve(MODEL).dir, dir);
			assert.equal(hub.requests.length, 0);
		});
	});

	describe('does not load a downloaded model', () => {
		const mend = /Mend it with “semantic-image-search models get siglip-base-patch16-384”/;

		it('with a file that was cut short', async () => {
			await downloaded();
			truncateSync(path.join(dir, VISION), 100_000);
			assertRefused(
				open(),
				'MODEL_BROKEN',
				/onnx\/vision_model\.onnx .* has 100 kB instead of 300/,
			);
			assertRefused(open(), 'MODEL_BROKEN', mend);
		});

		it('with a file that is gone', async () => {
			await downloaded();
			rmSync(path.join(dir, 'tokenizer.json'));
			assertRefused(open(), 'MODEL_BROKEN', /tokenizer\.json .* is missing/);
		});

		it('with a tower of another model of the same size', async () => {
			await downloaded();
			cpSync(path.join(dir, TEXT), path.join(dir, VISION));
			assertRefused(open(), 'MODEL_BROKEN', /vision_model\.onnx .* another content/);
			const { state, problem } = await open().status(MODEL);
			assert.equal(state, 'broken');
			assert.match(problem ?? '', mend);
		});

		it('that was damaged while it ran', async () => {
			const store = await downloaded();
			assert.equal(store.resolve(MODEL).dir, dir);
			truncateSync(path.join(dir, VISION), 100_000);
			assertRefused(store, 'MODEL_BROKEN', /vision_model/);
			rmSync(dir, { recursive: true });
			assertRefused(store, 'MODEL_NOT_READY', /downloaded/);
			await ended(store);
		});

		it('in which a verification found a single wrong bit, until it is mended', async () => {
			const store = await downloaded();
			const bytes = Buffer.from(files[VISION]!);
			// Where no sample of the quick look falls.
			bytes[75_000]! ^= 1;
			writeFileSync(path.join(dir, VISION), bytes);
			const { files: checked } = await store.verify(MODEL);
			assert.deepEqual(
				checked.filter(({ problem }) => problem).map(({ file }) => file),
				[VISION],
			);
			assertRefused(store, 'MODEL_BROKEN', /vision_model\.onnx .* another content/);
			assertRefused(open(), 'MODEL_BROKEN', mend);
			hub.requests.length = 0;
			store.download(MODEL);
			await ended(store);
			assert.equal(store.resolve(MODEL).dir, dir);
			assert.ok(readFileSync(path.join(dir, VISION)).equals(files[VISION]!));
			assert.equal(hub.fetched().length, 1, 'more than the broken file was fetched');
			assert.ok((await store.verify(MODEL)).files.every(({ problem }) => !problem));
		});
	});

	it('downloads nothing again where all is well', async () => {
		const store = await downloaded();
		hub.requests.length = 0;
		store.download(MODEL);
		assert.equal(store.resolve(MODEL).dir, dir, 'it can be used while it is checked');
		await ended(store);
		assert.equal(hub.requests.length, 0);
	});

	it('leaves a folder alone that somebody is filling by hand', async () => {
		mkdirSync(path.join(dir, 'onnx'), { recursive: true });
		writeFileSync(path.join(dir, VISION), 'half a copy');
		const store = open();
		errorOf(store);
		await ended(store);
		assertRefused(store, 'MODEL_DOWNLOAD_FAILED', /left alone/);
		await ended(store);
		assert.equal(readFileSync(path.join(dir, VISION), 'utf8'), 'half a copy');
		await assert.rejects(store.remove(MODEL), { code: 'BAD_REQUEST' });
		assert.ok(existsSync(dir));
	});

	it('removes a model and what was half downloaded, and says what that freed', async () => {
		const store = await downloaded();
		mkdirSync(`${dir}.partial`);
		writeFileSync(path.join(`${dir}.partial`, 'part'), Buffer.alloc(1000));
		const { diskBytes } = await store.status(MODEL);
		assert.ok(diskBytes > 601_000);
		assert.equal(await store.remove(MODEL), diskBytes);
		assert.ok(!existsSync(dir) && !existsSync(`${dir}.partial`));
		assert.equal((await store.status(MODEL)).state, 'remote');
		await assert.rejects(store.remove(MODEL), { code: 'NOT_FOUND' });
	});

	it('removes nothing that it did not bring, and nothing outside its folder', async () => {
		const store = open();
		await assert.rejects(store.remove('demo'), { code: 'BAD_REQUEST' });
		for (const id of ['..', '../x', 'a/b', '', `${MODEL}/..`])
			await assert.rejects(store.remove(id), { code: 'MODEL_UNKNOWN' });
		assert.ok(existsSync(folder) && existsSync(path.join(PACKAGE_ROOT, 'models/demo')));
	});

	it('removes a model in the middle of its download', async () => {
		hub.faults.drip = { bytes: 30_000, everyMs: 100 };
		const store = open();
		store.download(MODEL);
		await until('it has begun', () => existsSync(path.join(`${dir}.partial`, 'onnx')), {
			everyMs: 10,
		});
		await store.remove(MODEL);
		assert.ok(!existsSync(`${dir}.partial`));
		assert.ok(!store.downloading);
	});

	it('says so where it may not write', async () => {
		const file = path.join(folder, 'a-file');
		writeFileSync(file, '');
		const store = open({ modelsDir: path.join(file, 'models') });
		errorOf(store);
		await ended(store);
		assertRefused(store, 'MODEL_DOWNLOAD_FAILED', /SEMANTIC_IMAGE_SEARCH_MODELS/);
	});

	it('gives out what is made of a model once that is done, and says how far it is', async () => {
		let progress = 0;
		const forgotten: string[] = [];
		const preparer: ModelPreparer = {
			prepare: (_, ready) =>
				progress < 1 ? { progress } : { ready: { ...ready, visionModel: '/cache/vision.onnx' } },
			underWay: () => (progress < 1 ? { progress, secondsLeft: 3 } : undefined),
			forget: async (id) => void forgotten.push(id),
			folderOf: (id) => path.join(folder, `${id}.made`),
			problemOf: () => undefined,
				precisionOf: () => 'int8',
		};
		const store = open({ preparer });
		store.download(MODEL);
		await ended(store);
		progress = 0.415;
		assertRefused(store, 'MODEL_NOT_READY', /prepared for this machine: 41 %/);
		const { state, progress: shown, secondsLeft } = await store.status(MODEL);
		assert.deepEqual([state, shown, secondsLeft], ['preparing', 0.415, 3]);
		progress = 1;
		assert.equal(store.resolve(MODEL).visionModel, '/cache/vision.onnx');
		mkdirSync(path.join(folder, `${MODEL}.made`));
		writeFileSync(path.join(folder, `${MODEL}.made`, 'vision.onnx'), Buffer.alloc(5_000_000));
		const { state: last, precision, diskBytes } = await store.status(MODEL);
		assert.deepEqual([last, precision], ['available', 'int8']);
		assert.ok(diskBytes > 5_000_000);
		// The first download has forgotten what may have been made of an earlier one.
		assert.deepEqual(forgotten.splice(0), [MODEL]);
		truncateSync(path.join(dir, VISION), 100_000);
		store.download(MODEL);
		await ended(store);
		assert.deepEqual(forgotten.splice(0), [MODEL], 'what was made of a broken file is still used');
		store.download(MODEL);
		await ended(store);
		assert.deepEqual(forgotten, [], 'nothing was wrong');
		await store.remove(MODEL);
		assert.deepEqual(forgotten, [MODEL]);
	});
});
