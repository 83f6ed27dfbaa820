import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { OnnxModel } from '../../engine/encode/onnx/onnx-model';
import { EngineError } from '../../engine/errors';
import { logPath, PACKAGE_ROOT } from '../../engine/locations';
import { demoFiles, MODEL, TOWERS } from '../encode/models/model-files';
import { colourJpeg, testEngine, type TestEngine } from '../harness/engine';
import { startModelHub, type ModelHub } from '../harness/model-hub';
import { until } from '../harness/until';

const TOKEN = 'hf_a-token-nobody-may-see';
const MAIN = path.join(PACKAGE_ROOT, 'dist/cli/main.js');

/** A graph that answers something else: the largest constant is all ones, and nothing else changed. */
function withOtherWeights(tower: string): Buffer {
	const ranges = [...OnnxModel.read(tower).initializers.values()].flatMap(({ data }) =>
		'offset' in data ? data : [],
	);
	const { offset, length } = ranges.sort((a, b) => b.length - a.length)[0]!;
	const bytes = readFileSync(tower);
	for (let at = offset; at + 4 <= offset + length; at += 4) bytes.writeFloatLE(1, at);
	return bytes;
}

interface Ran {
	code: number | null;
	out: string;
	err: string;
}

describe('the command “models”', () => {
	const files = demoFiles();
	let hub: ModelHub;
	let engine: TestEngine;
	let dir: string;
	before(async () => {
		hub = await startModelHub(files, { token: TOKEN });
	});
	after(() => hub.close());
	beforeEach(() => {
		engine = testEngine({ HF_ENDPOINT: hub.url, HF_TOKEN: TOKEN });
		dir = path.join(engine.dataDir, 'models', MODEL);
		hub.requests.length = 0;
	});
	afterEach(async () => {
		for (const fault of Object.keys(hub.faults)) delete hub.faults[fault as 'circle'];
		await engine.close();
	});

	function start(...args: string[]) {
		const child = spawn(process.execPath, [MAIN, 'models', ...args], {
			env: { ...process.env, SEMANTIC_IMAGE_SEARCH_DATA: engine.dataDir },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const ran: Ran = { code: null, out: '', err: '' };
		child.stdout.on('data', (text) => (ran.out += text));
		child.stderr.on('data', (text) => (ran.err += text));
		const ended = once(child, 'close').then(([code]) => {
			ran.code = code as number;
			return ran;
		});
		return { child, ran, ended };
	}
	const run = (...args: string[]) => start(...args).ended;

	it('downloads a model with its progress, and lists, verifies and removes it', async () => {
		hub.faults.drip = { bytes: 300_000, everyMs: 50 };
		const got = await run('get', MODEL);
		assert.equal(got.code, 0, got.err);
		assert.match(got.err, /\d+ % of 8\.\d MB, .*MB\/s, about \d s left/);
		assert.match(got.out, /siglip-base-patch16-384 is complete \(8\.\d MB\)/);
		hub.requests.length = 0;
		assert.match((await run('get', MODEL)).out, /is there and intact/);
		assert.equal(hub.requests.length, 0);

		const { out } = await run('list');
		assert.match(out, /^ +siglip-base-patch16-384 +available +8\.\d MB +fp32 +384 px +768/m);
		assert.match(out, /^ +siglip-base-patch16-512 +remote +– +– +512 px/m);
		assert.match(out, /^\* +demo +available/m);

		const verified = await run('verify');
		assert.equal(verified.code, 0, verified.err);
		assert.match(verified.out, /siglip-base-patch16-384: intact, 6 files, 8\.\d MB/);
		assert.match(verified.out, /demo: no download made it/);

		const removed = await run('remove', MODEL);
		assert.match(removed.out, /deleted, 8\.\d MB are free/);
		assert.ok(!existsSync(dir));
		const again = await run('remove', MODEL);
		assert.equal(again.code, 1);
		assert.match(again.err, /not on the disk/);
		assert.match((await run('remove', 'demo')).err, /ships with the package/);
	});

	it('says which file is wrong, refuses to run it, and mends it', async () => {
		assert.equal((await run('get', MODEL)).code, 0);
		const [vision] = TOWERS;
		const bytes = Buffer.from(files[vision]!);
		bytes[1_000_000]! ^= 1;
		writeFileSync(path.join(dir, vision), bytes);
		const verified = await run('verify', MODEL);
		assert.equal(verified.code, 1);
		assert.match(verified.err, /onnx\/vision_model\.onnx has another content/);
		assert.match(verified.err, /models get siglip-base-patch16-384/);
		const photo = await colourJpeg('#804020');
		await assert.rejects(engine.client.embedImageBytes(photo, { model: MODEL }), {
			code: 'MODEL_BROKEN',
		});
		assert.match((await run('list')).out, /siglip-base-patch16-384 +broken/);
		const mended = await run('get', MODEL);
		assert.equal(mended.code, 0, mended.err);
		assert.ok(readFileSync(path.join(dir, vision)).equals(files[vision]!));
		await engine.client.embedImageBytes(photo, { model: MODEL });
	});

	it('stops at Ctrl-C, keeps what came, and goes on from it', async () => {
		hub.faults.drip = { bytes: 100_000, everyMs: 50 };
		const { child, ran, ended } = start('get', MODEL);
		await until('it is on its way', () => /% of/.test(ran.err));
		child.kill('SIGINT');
		const { code, err } = await ended;
		assert.equal(code, 130);
		assert.match(err, /Stopped at .* What has arrived is kept/);
		const { models } = await engine.client.models();
		const model = models.find(({ id }) => id === MODEL)!;
		assert.equal(model.state, 'remote');
		assert.ok(model.disk_bytes > 0);
		hub.faults.drip = undefined;
		hub.requests.length = 0;
		assert.equal((await run('get', MODEL)).code, 0);
		assert.ok(hub.requests.some(({ range }) => range !== undefined));
	});

	it('says at once what keeps a download that tries again', async () => {
		hub.faults.status = { code: 503, times: 1 };
		const { code, err } = await run('get', MODEL);
		assert.equal(code, 0, err);
		assert.match(err, /note: 127\.0\.0\.1:\d+ answered 503 for config\.json .* Trying again\./);
	});

	it('says why a download failed, and shows the token to nobody', async () => {
		hub.faults.status = { code: 403, times: 99 };
		const { code, err } = await run('get', MODEL);
		assert.equal(code, 1);
		assert.match(err, /HF_TOKEN/);
		assert.ok(!err.includes(TOKEN));
		assert.match((await run('list')).err, /note: siglip-base-patch16-384: .*HF_TOKEN/);
		assert.match((await run('get', 'no-such-model')).err, /MODEL_UNKNOWN/);
		assert.ok(!readFileSync(logPath(engine.dataDir), 'utf8').includes(TOKEN));
	});

	it('waits for photos, but answers a text at once, while the model comes', async () => {
		hub.faults.drip = { bytes: 300_000, everyMs: 50 };
		const photo = engine.client.embedImageBytes(await colourJpeg('#804020'), { model: MODEL });
		const asked = performance.now();
		await until('the download began', () => hub.requests.length > 0, { everyMs: 20 });
		await assert.rejects(engine.client.embedText({ text: 'a wall', model: MODEL }), (error) => {
			assert.ok(error instanceof EngineError);
			assert.equal(error.code, 'MODEL_NOT_READY');
			assert.match(error.message, /is being downloaded: \d+ % of/);
			return true;
		});
		assert.ok(performance.now() - asked < 10_000);
		assert.equal((await photo).dimension, 192);
		assert.ok(existsSync(dir));
		const { embedding } = await engine.client.embedText({ text: 'a wall', model: MODEL });
		assert.equal(embedding.length, 192);
		const log = readFileSync(logPath(engine.dataDir), 'utf8');
		assert.match(log, /is complete: 8\.\d MB in \d s/);
		assert.deepEqual(readdirSync(path.join(engine.dataDir, 'models')).sort(), [
			`.${MODEL}.lock`,
			MODEL,
		]);
	});

	it('a search while the model comes says at once how far it is, and finds by keyword', async () => {
		assert.equal((await run('get', MODEL)).code, 0);
		const { embedding, model } = await engine.client.embedImageBytes(await colourJpeg('#804020'), {
			model: MODEL,
		});
		await engine.client.upsert('photos', {
			images: [{ id: 'wall', embedding, model, title: 'Brick wall' }],
		});
		await engine.client.upsert('photos', { images: [{ id: 'sea', embedding, model }] });
		await engine.client.removeModel(MODEL);
		hub.faults.drip = { bytes: 100_000, everyMs: 50 };
		const asked = performance.now();
		const { results, hints } = await engine.client.search('photos', { text: 'wall' });
		assert.ok(performance.now() - asked < 5_000);
		assert.deepEqual(
			results.map(({ id }) => id),
			['wall'],
		);
		assert.match(
			hints.join(),
			/What the pictures show was not searched: .*being downloaded: \d+ %/,
		);
		await assert.rejects(engine.client.search('photos', { text: 'nothing of that name' }), {
			code: 'MODEL_NOT_READY',
		});
		await engine.client.cancelModelDownload(MODEL);
	});

	it('serves the vectors of the files that are there now, not of those that were', async () => {
		assert.equal((await run('get', MODEL)).code, 0);
		const text = { text: 'a wall', model: MODEL };
		const before = await engine.client.embedText(text);
		await run('remove', MODEL);
		const tower = TOWERS[1];
		const original = files[tower]!;
		files[tower] = withOtherWeights(path.join(PACKAGE_ROOT, 'models/demo', tower));
		try {
			assert.equal((await run('get', MODEL)).code, 0);
			const now = await engine.client.embedText(text);
			assert.notDeepEqual(now.embedding, before.embedding);
		} finally {
			files[tower] = original;
		}
	});
});
