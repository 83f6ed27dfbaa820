import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { DownloadProgress } from '../../../engine/encode/models/download-progress';
import { HubClient, type HubOptions } from '../../../engine/encode/models/hub-client';
import { downloadModel } from '../../../engine/encode/models/hub-download';
import type { KnownFile } from '../../../engine/encode/models/model-catalogue';
import { MANIFEST_FILE } from '../../../engine/encode/models/model-folder';
import type { Manifest } from '../../../engine/encode/models/model-integrity';
import { EngineError } from '../../../engine/errors';
import { COMMIT, startModelHub, type ModelHub } from '../../harness/model-hub';
import { until } from '../../harness/until';
import { hubFiles, REPOSITORY, TOWERS } from './model-files';

const TOKEN = 'hf_a-token';
const VISION = TOWERS[0];

describe('a model download', () => {
	const files = hubFiles();
	/** Bytes of the files that come before the towers. */
	const small = Object.entries(files).reduce(
		(sum, [name, { length }]) => sum + (TOWERS.includes(name) ? 0 : length),
		0,
	);
	let hub: ModelHub;
	let folder: string;
	let dir: string;
	let problems: string[];
	let progress: DownloadProgress;
	let known: Record<string, KnownFile> | undefined;
	before(async () => {
		hub = await startModelHub(files, { token: TOKEN });
	});
	after(() => hub.close());
	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'sis-models-'));
		dir = path.join(folder, 'model');
		problems = [];
		progress = new DownloadProgress();
		known = undefined;
		hub.requests.length = 0;
	});
	afterEach(() => {
		for (const fault of Object.keys(hub.faults)) delete hub.faults[fault as 'circle'];
		rmSync(folder, { recursive: true, force: true });
	});

	async function download(options: Partial<HubOptions> = {}, signal?: AbortSignal): Promise<void> {
		const client = new HubClient({ endpoint: hub.url, token: TOKEN, retryMs: 5, ...options });
		try {
			await downloadModel({
				hub: client,
				repository: REPOSITORY,
				revision: 'main',
				layout: 'transformers',
				known,
				dir,
				progress,
				onRetry: ({ message }) => problems.push(message),
				signal,
			});
		} finally {
			await client.close();
		}
	}

	function assertComplete(): void {
		for (const [name, content] of Object.entries(files)) {
			assert.ok(readFileSync(path.join(dir, name)).equals(content), name);
		}
		assert.deepEqual(
			readdirSync(dir, { recursive: true, encoding: 'utf8' })
				.filter((name) => name !== 'onnx')
				.sort(),
			[...Object.keys(files), MANIFEST_FILE].sort(),
		);
	}

	async function rejects(work: Promise<unknown>, sentence: RegExp): Promise<void> {
		await assert.rejects(work, (error) => {
			assert.ok(error instanceof EngineError, String(error));
			assert.equal(error.code, 'MODEL_DOWNLOAD_FAILED');
			assert.match(error.message, sentence);
			assert.ok(!error.message.includes(TOKEN) && !error.message.includes('signature'));
			return true;
		});
		assert.ok(!existsSync(dir), 'a model appeared all the same');
	}

	it('brings every file, and writes down commit, sizes and checksums', async () => {
		await download();
		assertComplete();
		const manifest = JSON.parse(readFileSync(path.join(dir, MANIFEST_FILE), 'utf8')) as Manifest;
		assert.equal(manifest.repository, REPOSITORY);
		assert.equal(manifest.revision, COMMIT);
		for (const [name, content] of Object.entries(files)) {
			const { size, sha256 } = manifest.files[name]!;
			assert.equal(size, content.length);
			assert.equal(sha256, createHash('sha256').update(content).digest('hex'), name);
		}
		const { received, total } = progress.at(performance.now());
		assert.equal(received, total);
	});

	it('takes all files from the commit of the first, or they may not fit together', async () => {
		await download();
		const revisions = hub.requests
			.filter(({ host }) => host === 'hub')
			.map((request) => /resolve\/([^/]+)/.exec(request.path)![1]);
		assert.equal(revisions[0], 'main');
		assert.ok(revisions.slice(1).every((revision) => revision === COMMIT));
	});

	it('fetches the weights beside a graph where there are any', async () => {
		const data = `${VISION}_data`;
		files[data] = Buffer.from('weights');
		try {
			await download();
			assertComplete();
		} finally {
			delete files[data];
		}
	});

	it('does not hand the token to the host it is redirected to', async () => {
		await download();
		const [atHub, atCdn] = (['hub', 'cdn'] as const).map((name) =>
			hub.requests.filter(({ host }) => host === name),
		);
		assert.ok(atCdn!.length >= 2 && atCdn!.every((one) => one.authorization === undefined));
		assert.ok(atHub!.every((one) => one.authorization === `Bearer ${TOKEN}`));
	});

	it('goes on after a break where it stopped, at an address that is still good', async () => {
		hub.faults.truncateAt = { bytes: 100_000, times: 2 };
		await download();
		assertComplete();
		const ranges = hub.fetched().flatMap(({ range }) => range ?? []);
		assert.deepEqual(ranges, ['bytes=100000-', 'bytes=200000-']);
	});

	it('goes on from what an earlier call left', async () => {
		hub.faults.stallAt = { bytes: 200_000, times: 1 };
		const stop = new AbortController();
		const first = download({}, stop.signal);
		await until('bytes arrive', () => progress.at(performance.now()).received >= small + 200_000, {
			everyMs: 5,
		});
		stop.abort(new EngineError('CANCELLED', 'Stopped.'));
		await assert.rejects(first, { code: 'CANCELLED' });
		assert.ok(!existsSync(dir));
		hub.requests.length = 0;
		await download();
		assertComplete();
		assert.deepEqual(
			hub.fetched().map(({ path: file, range }) => [path.basename(file), range]),
			[
				['vision_model.onnx', 'bytes=200000-'],
				['text_model.onnx', undefined],
			],
		);
	});

	it('never goes on from bytes of another content', async () => {
		const before = files[VISION]!;
		const stop = new AbortController();
		hub.faults.stallAt = { bytes: 100_000, times: 1 };
		const first = download({}, stop.signal);
		await until('bytes arrive', () => progress.at(performance.now()).received >= small + 100_000, {
			everyMs: 5,
		});
		stop.abort();
		await assert.rejects(first);
		files[VISION] = hubFiles()[VISION]!;
		try {
			await download();
			assertComplete();
			assert.deepEqual(problems, []);
		} finally {
			files[VISION] = before;
		}
	});

	it('takes a server that ignores ranges for what it is', async () => {
		hub.faults.truncateAt = { bytes: 100_000, times: 1 };
		hub.faults.noRanges = true;
		await download();
		assertComplete();
	});

	it('fetches a file again whose content does not match its checksum', async () => {
		hub.faults.corrupt = 1;
		await download();
		assertComplete();
		assert.match(problems.join(), /checksum differs/);
	});

	it('gives up on a content that is wrong every time, and never shows it as a model', async () => {
		hub.faults.corrupt = 100;
		await rejects(download(), /checksum differs/);
		assert.ok(hub.fetched().length < 10, 'it went on for ever');
	});

	it('waits as long as the hub asks when it limits the rate', async () => {
		hub.faults.rateLimit = { times: 1, headers: { 'retry-after': '1' } };
		const started = performance.now();
		await download();
		assert.ok(performance.now() - started >= 990);
		assertComplete();
		hub.faults.rateLimit = { times: 1, headers: { ratelimit: '"resolvers";r=0;t=1' } };
		const again = performance.now();
		rmSync(dir, { recursive: true });
		await download();
		assert.ok(performance.now() - again >= 990);
	});

	it('does not wait for an hour, or the user would not learn why', async () => {
		hub.faults.rateLimit = { times: 99, headers: { 'retry-after': '3600' } };
		await rejects(download(), /limits the rate/);
	});

	it('tries again after errors of the server', async () => {
		hub.faults.status = { code: 503, times: 3 };
		await download();
		assertComplete();
		assert.match(problems[0]!, /answered 503/);
	});

	it('gives up on a server that has only errors', async () => {
		hub.faults.status = { code: 500, times: 99 };
		await rejects(download(), /answered 500/);
	});

	it('names the host behind the hub that refuses, since a firewall may know only one', async () => {
		hub.faults.status = { code: 403, times: 99, at: 'cdn' };
		await rejects(download(), /127\.0\.0\.1:\d+, where the hub sends its large files/);
	});

	it('without the right token says which one to set, at once', async () => {
		await rejects(download({ token: 'wrong' }), /HF_TOKEN/);
		await rejects(download({ token: undefined }), /HF_TOKEN/);
		assert.deepEqual(problems, []);
	});

	it('says so of a token or a proxy that cannot be one', async () => {
		await rejects(download({ token: 'hf_\n' }), /HF_TOKEN holds/);
		await rejects(download({ proxy: { http: 'ftp://proxy:21' } }), /not an address/);
		await rejects(download({ proxy: { http: 'http://geheim@:x' } }), /not an address/);
		assert.deepEqual(problems, []);
	});

	it('says at once which file the hub does not have', async () => {
		const name = 'tokenizer.json';
		const content = files[name]!;
		delete files[name];
		try {
			await rejects(download(), /no tokenizer\.json of Xenova.*EntryNotFound/);
			assert.deepEqual(problems, []);
		} finally {
			files[name] = content;
		}
	});

	it('notices a connection that is open but silent', async () => {
		hub.faults.stallAt = { bytes: 100_000, times: 1 };
		await download({ stallMs: 300 });
		assertComplete();
		assert.match(problems.join(), /sent nothing/);
	});

	it('is patient with a line that is slow but alive', async () => {
		hub.faults.drip = { bytes: 30_000, everyMs: 60 };
		await download({ stallMs: 300 });
		assertComplete();
		assert.deepEqual(problems, []);
	});

	it('ends where redirects lead in a circle', async () => {
		hub.faults.circle = true;
		await rejects(download(), /in a circle/);
	});

	it('follows a repository to its new name, with the token', async () => {
		hub.faults.renamed = true;
		await download();
		assertComplete();
	});

	it('checks what comes from a hub that declares under another name of its own', async () => {
		const open = await startModelHub(files);
		const alias = createServer((request, response) =>
			response.writeHead(301, { location: open.url + request.url }).end(),
		);
		await new Promise<void>((resolve) => alias.listen(0, '127.0.0.1', resolve));
		try {
			open.faults.corrupt = 1;
			const { port } = alias.address() as AddressInfo;
			await download({ endpoint: `http://127.0.0.1:${port}` });
			assertComplete();
			assert.match(problems.join(), /checksum differs/);
			assert.ok(open.requests.every(({ authorization }) => authorization === undefined));
		} finally {
			alias.close();
			await open.close();
		}
	});

	it('gets along with a mirror that only knows GET', async () => {
		hub.faults.noHead = true;
		await download();
		assertComplete();
	});

	it('gets along with a plain web server, and still writes its own checksums down', async () => {
		hub.faults.plain = true;
		hub.faults.truncateAt = { bytes: 100_000, times: 1 };
		await download();
		assertComplete();
		const manifest = JSON.parse(readFileSync(path.join(dir, MANIFEST_FILE), 'utf8')) as Manifest;
		assert.equal(manifest.revision, undefined);
		assert.equal(
			manifest.files[VISION]!.sha256,
			createHash('sha256').update(files[VISION]!).digest('hex'),
		);
	});

	it('believes no mirror that has other weights than the hub', async () => {
		const sha256 = createHash('sha256').update('the real one').digest('hex');
		known = { [VISION]: { bytes: 300_000, sha256 } };
		await rejects(download(), /mirror in HF_ENDPOINT has another onnx\/vision_model\.onnx/);
		hub.faults.plain = true;
		await rejects(download(), /checksum differs/);
	});

	it('goes on from a break at a plain mirror where the content is known', async () => {
		const content = files[VISION]!;
		const sha256 = createHash('sha256').update(content).digest('hex');
		known = { [VISION]: { bytes: content.length, sha256 } };
		hub.faults.plain = true;
		hub.faults.truncateAt = { bytes: 100_000, times: 1 };
		await download();
		assertComplete();
		assert.ok(hub.requests.some(({ range }) => range === 'bytes=100000-'));
	});

	it('takes no login page for a model', async () => {
		hub.faults.plain = true;
		const page = Buffer.from('<html>Please log in to the hotel’s network</html>');
		const before = { ...files };
		for (const name of Object.keys(files)) files[name] = page;
		try {
			await rejects(download(), /no model that this version understands/);
			Object.assign(files, before);
			await download();
			assertComplete();
		} finally {
			Object.assign(files, before);
		}
	});

	it('that cannot reach the hub says what to try', async () => {
		const gone = await startModelHub({});
		await gone.close();
		await rejects(download({ endpoint: gone.url }), /ECONNREFUSED.*HTTPS_PROXY.*HF_ENDPOINT/);
	});

	it('refuses to fill the disk before it begins', async () => {
		hub.faults.declaredSize = 1e15;
		await rejects(download(), /needs .* GB more.*has only/);
		assert.ok(!hub.requests.some(({ host }) => host === 'cdn'));
	});

	it(
		'says that the disk became full in the middle, and goes on when there is room',
		{ skip: process.platform !== 'linux' && 'needs /dev/full' },
		async () => {
			const sha256 = createHash('sha256').update(files[VISION]!).digest('hex');
			const part = path.join(`${dir}.partial`, `${VISION}.${sha256.slice(0, 16)}.part`);
			mkdirSync(path.dirname(part), { recursive: true });
			symlinkSync('/dev/full', part);
			await rejects(download(), /disk of .* is full.*kept/);
			rmSync(part);
			await download();
			assertComplete();
		},
	);

	it('mends a model: what is right stays, what is wrong is fetched', async () => {
		await download();
		truncateSync(path.join(dir, VISION), 1000);
		writeFileSync(path.join(dir, 'config.json'), '{}');
		hub.requests.length = 0;
		await download();
		assertComplete();
		assert.deepEqual(
			hub.fetched().map((request) => path.basename(request.path)),
			['config.json', 'vision_model.onnx'],
		);
	});
});
