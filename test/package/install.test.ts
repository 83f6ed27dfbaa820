import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { installPackage } from '../harness/package-install';
import { ROOT, scratchFolder } from '../harness/root';

const run = promisify(execFile);

describe('the package, installed as n8n installs it', () => {
	let userFolder: string;
	let installed: string;

	before(async () => {
		userFolder = scratchFolder('install');
		installed = await installPackage(userFolder);
	});
	after(() => rmSync(userFolder, { recursive: true, force: true }));

	it('has no FAISS, which needs an install script, and no dev or peer dependency', () => {
		assert.ok(existsSync(join(installed, 'node_modules', 'onnxruntime-node')));
		for (const name of ['faiss-node', 'typescript', 'n8n-workflow']) {
			assert.ok(!existsSync(join(installed, 'node_modules', name)), name);
		}
	});

	it('loads every node and credential where no native module can be loaded', async () => {
		// n8n lends its own n8n-workflow to the packages it loads.
		const lent = join(userFolder, 'lent');
		mkdirSync(lent);
		symlinkSync(join(ROOT, 'node_modules', 'n8n-workflow'), join(lent, 'n8n-workflow'));
		const { stdout } = await run(
			process.execPath,
			[join(__dirname, 'load-without-natives.js'), installed],
			{ env: { ...process.env, NODE_PATH: lent } },
		);
		const loaded = JSON.parse(stdout) as { file: string; name: string; missingIcons: string[] }[];
		const { n8n } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
			n8n: { nodes: string[]; credentials: string[] };
		};
		assert.deepEqual(
			loaded.map(({ file }) => file),
			[...n8n.nodes, ...n8n.credentials],
		);
		assert.deepEqual(
			loaded.flatMap(({ missingIcons }) => missingIcons),
			[],
		);
		assert.equal(new Set(loaded.map(({ name }) => name)).size, loaded.length);
	});

	it('starts its engine there, where the flat search answers and the stats say why FAISS does not', async () => {
		const seen = await useEngine('native');
		assert.deepEqual(seen.errors, []);
		assert.deepEqual(seen.found, ['north-east']);
		assert.equal(seen.method, 'flat');
		assert.equal(seen.faiss.available, false);
		assert.match(seen.faiss.reason ?? '', /faiss/i);
	});

	it('embeds there on either runtime, with the same vectors', async () => {
		const [native, wasm] = [await useEngine('native'), await useEngine('wasm')];
		assert.deepEqual([native.runtime, wasm.runtime], ['native', 'wasm']);
		const cosine = native.embedding.reduce((sum, value, i) => sum + value * wasm.embedding[i]!, 0);
		assert.ok(cosine > 0.9999, String(cosine));
	});

	interface Seen {
		errors: unknown[];
		found: string[];
		faiss: { available: boolean; reason?: string };
		method: string;
		runtime: string;
		embedding: number[];
	}

	async function useEngine(runtime: 'native' | 'wasm'): Promise<Seen> {
		const { stdout } = await run(
			process.execPath,
			[join(__dirname, 'use-engine.js'), installed, join(userFolder, `data-${runtime}`)],
			{ env: { ...process.env, SEMANTIC_IMAGE_SEARCH_RUNTIME: runtime } },
		);
		return JSON.parse(stdout) as Seen;
	}
});
