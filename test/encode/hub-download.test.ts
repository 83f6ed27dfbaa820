import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { downloadModel, type Progress } from '../../engine/encode/hub-download';
import { CONFIG_FILES, MANIFEST_FILE, TOWER_FILES } from '../../engine/encode/model-folder';
import { ModelStore } from '../../engine/encode/model-store';
import { EngineError } from '../../engine/errors';
import { COMMIT, startModelHub, type ModelHub } from '../harness/model-hub';
import { until } from '../harness/until';

const REPOSITORY = 'Xenova/siglip-base-patch16-224';
const TOKEN = 'hf_a-token';

function modelFiles(): Record<string, Buffer> {
	return Object.fromEntries([
		...CONFIG_FILES.map((name) => [
			name,
			Buffer.from(JSON.stringify({ model_type: 'siglip', name })),
		]),
		...TOWER_FILES.map((name) => [name, randomBytes(300_000)]),
	]) as Record<string, Buffer>;
}

describe('a model download', () => {
	const files = modelFiles();
	let hub: ModelHub;
	let folder: string;
	let dir: string;
	before(async () => {
		hub = await startModelHub(files, TOKEN);
	});
	after(() => hub.close());
	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'sis-models-'));
		dir = path.join(folder, 'model');
		hub.fetched.length = 0;
	});
	afterEach(() => {
		hub.faults.truncateAt = hub.faults.corrupt = hub.faults.rateLimit = undefined;
		rmSync(folder, { recursive: true, force: true });
	});
	const download = (token = TOKEN, onProgress: (progress: Progress) => void = () => {}) =>
		downloadModel(REPOSITORY, 'main', dir, { endpoint: hub.url, token, retryMs: 5 }, onProgress);

	function assertComplete(): void {
		for (const [name, content] of Object.entries(files)) {
			assert.ok(readFileSync(path.join(dir, name)).equals(content), name);
		}
		const manifest = JSON.parse(readFileSync(path.join(dir, MANIFEST_FILE), 'utf8')) as {
			revision: string;
		};
		assert.equal(manifest.revision, COMMIT);
	}

	it('brings every file, with progress, and remembers the commit', async () => {
		const seen: number[] = [];
		await download(TOKEN, ({ received, total }) => seen.push(received / total));
		assertComplete();
		assert.deepEqual(
			[...seen].sort((a, b) => a - b),
			seen,
		);
		assert.equal(seen.at(-1), 1);
	});

	it('does not hand the token to the host it is redirected to', async () => {
		await download();
		const large = hub.fetched.filter(({ path }) => path.endsWith('.onnx'));
		assert.ok(large.length >= 2 && large.every(({ authorization }) => authorization === undefined));
	});

	it('goes on after a break where it stopped', async () => {
		hub.faults.truncateAt = { bytes: 100_000, times: 1 };
		await download();
		assertComplete();
		assert.ok(
			hub.fetched.some(({ range }) => range !== undefined),
			'nothing was resumed',
		);
	});

	it('fetches a file again whose content does not match its checksum', async () => {
		hub.faults.corrupt = 1;
		await download();
		assertComplete();
	});

	it('never leaves a half model where a whole one is expected', async () => {
		hub.faults.corrupt = 100;
		await assert.rejects(
			download(),
			(error) => error instanceof EngineError && error.code === 'MODEL_DOWNLOAD_FAILED',
		);
		assert.ok(!existsSync(dir));
	});

	it('waits out a rate limit', async () => {
		hub.faults.rateLimit = 1;
		await download();
		assertComplete();
	});

	it('without the right token says which one to set, at once', async () => {
		await assert.rejects(download('wrong'), /HF_TOKEN/);
	});

	it('answers a caller at once while it runs, and the model when it is there', async () => {
		const store = new ModelStore({
			bundledDir: folder,
			modelsDir: folder,
			defaultModel: 'siglip-base-patch16-224',
			hub: { endpoint: hub.url, token: TOKEN, retryMs: 5 },
		});
		assert.throws(
			() => store.resolve('siglip-base-patch16-224'),
			(error) =>
				error instanceof EngineError && error.code === 'MODEL_NOT_READY' && /%/.test(error.message),
		);
		assert.ok(store.downloading);
		await until('the download ends', () => !store.downloading);
		assert.ok(existsSync(path.join(folder, 'siglip-base-patch16-224', 'config.json')));
	});

	it('that failed is tried again by the next call, not remembered for ever', async () => {
		const store = new ModelStore({
			bundledDir: folder,
			modelsDir: folder,
			defaultModel: 'siglip-base-patch16-224',
			hub: { endpoint: hub.url, token: 'wrong' },
		});
		const codeOf = () => {
			try {
				store.resolve('siglip-base-patch16-224');
				return 'resolved';
			} catch (error) {
				return (error as EngineError).code;
			}
		};
		assert.equal(codeOf(), 'MODEL_NOT_READY');
		await until('the download fails', () => !store.downloading);
		assert.equal(codeOf(), 'MODEL_DOWNLOAD_FAILED');
		assert.equal(codeOf(), 'MODEL_NOT_READY');
		await until('the second download fails', () => !store.downloading);
	});
});
