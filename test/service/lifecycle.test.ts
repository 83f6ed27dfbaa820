import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
	cpSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { EngineClient } from '../../engine/client';
import { EngineError } from '../../engine/errors';
import { PACKAGE_ROOT, logPath, socketPath } from '../../engine/locations';
import { VERSION } from '../../engine/version';
import { colourJpeg, gone, testEngine, type TestEngine } from '../harness/engine';
import { freePort } from '../harness/free-port';

const run = promisify(execFile);
const COLOURS = ['#d02020', '#20a040', '#2040c0', '#e0c020', '#202020'];

describe('the engine process', () => {
	let engine: TestEngine;
	afterEach(() => engine?.close());

	it('is one, however many processes ask for it at once', async () => {
		engine = testEngine();
		const asker = `
			const { EngineClient } = require(${JSON.stringify(path.join(PACKAGE_ROOT, 'dist/engine/client'))});
			new EngineClient({ kind: 'local', dataDir: ${JSON.stringify(engine.dataDir)} })
				.health().then((health) => console.log(health.pid));`;
		const answers = await Promise.all(
			Array.from({ length: 10 }, () => run(process.execPath, ['-e', asker], { timeout: 60_000 })),
		);
		const pids = new Set(answers.map(({ stdout }) => stdout.trim()));
		assert.equal(pids.size, 1, [...pids].join());
		assert.equal([...pids][0], String(await engine.pid()));
	});

	it(
		'keeps its socket and data from other users',
		{ skip: process.platform === 'win32' },
		async () => {
			engine = testEngine();
			await engine.client.health();
			assert.equal(statSync(socketPath(engine.dataDir)).mode & 0o777, 0o600);
			assert.equal(statSync(logPath(engine.dataDir)).mode & 0o777, 0o600);
		},
	);

	it('killed in the middle of searches is replaced, and every answer is right', async () => {
		engine = testEngine();
		const { client } = engine;
		const images = await Promise.all(
			COLOURS.map(async (colour) => {
				const { embedding, model } = await client.embedImageBytes(await colourJpeg(colour));
				return { id: colour, embedding, model };
			}),
		);
		await client.upsert('photos', { images });
		const searchAll = () =>
			Promise.all(COLOURS.map((like) => client.search('photos', { like, limit: 3 })));
		const before = (await searchAll()).map(({ results }) => results.map(({ id }) => id));
		for (let kill = 0; kill < 3; kill++) {
			const victim = await engine.pid();
			const answers = searchAll();
			await sleep(kill * 3);
			process.kill(victim, 'SIGKILL');
			assert.deepEqual(
				(await answers).map(({ results }) => results.map(({ id }) => id)),
				before,
			);
			await gone(victim);
			assert.deepEqual(
				(await searchAll()).map(({ results }) => results.map(({ id }) => id)),
				before,
			);
			assert.notEqual(await engine.pid(), victim);
		}
		assert.equal((await client.stats('photos')).photos, COLOURS.length);
	});

	it('leaves when idle, which gives its memory back, and returns when needed', async () => {
		engine = testEngine({ SEMANTIC_IMAGE_SEARCH_IDLE_MINUTES: '0.02' });
		const first = await engine.pid();
		await gone(first);
		const second = await engine.pid();
		assert.notEqual(second, first);
		assert.match(readFileSync(logPath(engine.dataDir), 'utf8'), /"reason":"idle"/);
	});

	it('of an older version makes way after an upgrade', async () => {
		engine = testEngine();
		const old = mkdtempSync(path.join(tmpdir(), 'sis-old-'));
		after(() => rmSync(old, { recursive: true, force: true }));
		cpSync(path.join(PACKAGE_ROOT, 'dist/engine'), path.join(old, 'dist/engine'), {
			recursive: true,
		});
		const manifest = JSON.parse(
			readFileSync(path.join(PACKAGE_ROOT, 'package.json'), 'utf8'),
		) as object;
		writeFileSync(
			path.join(old, 'package.json'),
			JSON.stringify({ ...manifest, version: '0.0.1' }),
		);
		symlinkSync(path.join(PACKAGE_ROOT, 'node_modules'), path.join(old, 'node_modules'));
		symlinkSync(path.join(PACKAGE_ROOT, 'models'), path.join(old, 'models'));

		const asker = `
			const { EngineClient } = require('./dist/engine/client');
			new EngineClient({ kind: 'local', dataDir: ${JSON.stringify(engine.dataDir)} })
				.health().then((health) => console.log(health.version));`;
		const { stdout } = await run(process.execPath, ['-e', asker], { cwd: old });
		assert.equal(stdout.trim(), '0.0.1');
		assert.equal((await engine.client.health()).version, VERSION);
	});

	it('tells a caller why it does not start', async () => {
		engine = testEngine({ SEMANTIC_IMAGE_SEARCH_LISTEN: 'nonsense:port' });
		await assert.rejects(
			engine.client.health(),
			(error) => error instanceof EngineError && /SEMANTIC_IMAGE_SEARCH_LISTEN/.test(error.message),
		);
		delete process.env['SEMANTIC_IMAGE_SEARCH_LISTEN'];
	});

	it('that is told to stop lets a caller wait for the next one, not fail', async () => {
		engine = testEngine();
		const { client } = engine;
		const photo = await colourJpeg('#3355aa', 3000);
		const first = await engine.pid();
		const under = Promise.all(Array.from({ length: 8 }, () => client.embedImageBytes(photo)));
		await sleep(50);
		process.kill(first, 'SIGTERM');
		await sleep(50);
		const text = await client.embedText({ text: 'a wall' });
		assert.ok(text.dimension > 0);
		assert.equal((await under).length, 8);
		assert.notEqual(await engine.pid(), first);
	});

	it('starts although its lock file is damaged', async () => {
		engine = testEngine();
		writeFileSync(
			path.join(engine.dataDir, 'engine.lock'),
			'this is no database, and long enough to see',
		);
		assert.ok(await engine.pid());
	});

	it('names a folder that it cannot use', async () => {
		engine = testEngine();
		const file = path.join(engine.dataDir, 'a-file');
		writeFileSync(file, '');
		const client = new EngineClient({ kind: 'local', dataDir: path.join(file, 'data') });
		await assert.rejects(
			client.health(),
			(error) =>
				error instanceof EngineError &&
				error.code === 'ENGINE_UNREACHABLE' &&
				error.message.includes(file),
		);
	});

	it('is given up at once when the caller is', async () => {
		engine = testEngine();
		const started = Date.now();
		await assert.rejects(
			engine.client.health(AbortSignal.timeout(20)),
			(error) => error instanceof EngineError && error.code === 'CANCELLED',
		);
		assert.ok(Date.now() - started < 5_000);
	});

	it('lets nobody in over TCP without the token', async () => {
		const port = await freePort();
		const token = 'a-token-of-enough-length';
		engine = testEngine({
			SEMANTIC_IMAGE_SEARCH_LISTEN: `127.0.0.1:${port}`,
			SEMANTIC_IMAGE_SEARCH_TOKEN: token,
		});
		await engine.client.health();
		delete process.env['SEMANTIC_IMAGE_SEARCH_LISTEN'];
		const url = `http://127.0.0.1:${port}`;
		const right = new EngineClient({ kind: 'remote', url, token });
		assert.ok((await right.models()).models.length > 0);
		for (const wrong of [undefined, '', 'a-token-of-enough-lengtX', token + 'x']) {
			await assert.rejects(
				new EngineClient({ kind: 'remote', url, token: wrong }).models(),
				(error) => error instanceof EngineError && error.code === 'UNAUTHORIZED',
			);
		}
		const open = await new EngineClient({ kind: 'remote', url }).health();
		assert.equal(open.data_dir, undefined);
	});

	it('that is not there says so with the cure', async () => {
		const url = `http://127.0.0.1:${await freePort()}`;
		await assert.rejects(
			new EngineClient({ kind: 'remote', url }).models(),
			(error) =>
				error instanceof EngineError &&
				error.code === 'ENGINE_UNREACHABLE' &&
				error.message.includes(url),
		);
	});
});
