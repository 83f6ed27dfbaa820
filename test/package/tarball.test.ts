import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pack, type Tarball } from '../harness/package-install';
import { ROOT } from '../harness/root';

/** Everything the package may hold; a file that matches none of these got in by accident. */
const ALLOWED = [
	/^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
	/^dist\/(nodes|credentials|engine|cli)\/.+\.(js|d\.ts)$/,
	/^dist\/nodes\/[^/]+\/[^/]+\.(svg|png|node\.json)$/,
	/^dist\/(nodes|credentials)\/.+\.(svg|png)$/,
	/^dist\/workflows\/[^/]+\.json$/,
	/^dist\/engine\/.+\.(sql|wasm)$/,
	/^models\/.+\.(json|onnx|md|txt|model)$/,
	/^scripts\/build-faiss\.mjs$/,
	/^docs\/[^/]+\.md$/,
];

/** The demo model may weigh 12 MB; code is small. */
const MAX_BYTES = 14_000_000;

describe('the tarball', () => {
	let scratch: string;
	let tarball: Tarball;

	before(async () => {
		scratch = mkdtempSync(join(tmpdir(), 'sis-tarball-'));
		tarball = await pack(scratch);
	});
	after(() => rmSync(scratch, { recursive: true, force: true }));

	it('holds nothing but what is meant to ship', () => {
		assert.deepEqual(
			tarball.files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file))),
			[],
		);
	});

	it('holds every node, credential and command that package.json names', () => {
		const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
			n8n: { nodes: string[]; credentials: string[] };
			bin: Record<string, string>;
		};
		const named = [
			...manifest.n8n.nodes,
			...manifest.n8n.credentials,
			...Object.values(manifest.bin),
		];
		assert.deepEqual(
			named.filter((file) => !tarball.files.includes(file)),
			[],
		);
	});

	it('holds the demo model and the licence', () => {
		for (const file of ['LICENSE', 'README.md', 'models/demo/config.json']) {
			assert.ok(tarball.files.includes(file), file);
		}
	});

	it('stays small enough to download on a whim', () => {
		assert.ok(tarball.bytes < MAX_BYTES, `${tarball.bytes} bytes`);
	});
});
