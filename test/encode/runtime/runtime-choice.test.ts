import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { OnnxEncoder } from '../../../engine/encode/onnx-encoder';
import { chooseRuntime, runtimeHint } from '../../../engine/encode/runtime/runtime-choice';
import { PACKAGE_ROOT } from '../../../engine/locations';
import { offlineStore } from '../../harness/offline-store';

/** Replaces, in every process that is started meanwhile, what happens when onnxruntime's library loads. */
async function whereNativeLoading<T>(does: string, test: () => Promise<T>): Promise<T> {
	const dir = mkdtempSync(path.join(tmpdir(), 'sis-runtime-'));
	const preload = path.join(dir, 'preload.cjs');
	writeFileSync(
		preload,
		`const { dlopen } = process;
		process.dlopen = (module, file, ...rest) => {
			if (!file.includes('onnxruntime')) return dlopen.call(process, module, file, ...rest);
			${does}
		};`,
	);
	const before = process.env['NODE_OPTIONS'];
	process.env['NODE_OPTIONS'] = `--require ${JSON.stringify(preload)}`;
	try {
		return await test();
	} finally {
		if (before === undefined) delete process.env['NODE_OPTIONS'];
		else process.env['NODE_OPTIONS'] = before;
		rmSync(dir, { recursive: true });
	}
}

/** What dlopen says on Alpine. */
const MISSING_LIBRARY = `throw new Error(
	'Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by ' + file + ')');`;

describe('the runtime', () => {
	it('is the native one where that works', async () => {
		const choice = await chooseRuntime('auto');
		assert.deepEqual(choice, { name: 'native' });
		assert.equal(runtimeHint(choice), undefined);
	});

	it('is WebAssembly where the native library is missing, and embeds all the same', async () => {
		const told: string[] = [];
		const encoder = new OnnxEncoder({
			store: offlineStore(path.join(PACKAGE_ROOT, 'models'), 'demo'),
			log: (message) => told.push(message),
		});
		after(() => encoder.close());
		const vectors = await whereNativeLoading(MISSING_LIBRARY, () =>
			Promise.all(['a red car', 'a tree', 'two dogs'].map((text) => encoder.embedText(text))),
		);
		for (const vector of vectors) assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-5);
		assert.equal((await encoder.runtime()).name, 'wasm');
		// Once, and without telling n8n's users where the package lies.
		assert.equal(told.length, 1);
		assert.match(told[0]!, /WebAssembly.*ld-linux/);
		assert.ok(!told[0]!.includes(PACKAGE_ROOT), told[0]);
	});

	it('is WebAssembly where the library kills its process, and the engine lives', async () => {
		const choice = await whereNativeLoading(`process.kill(process.pid, 'SIGILL');`, () =>
			chooseRuntime('auto'),
		);
		assert.equal(choice.name, 'wasm');
		assert.match(choice.reason!, /crashes.*SIGILL/);
	});

	it('is what the setting says, whatever the machine can', async () => {
		assert.equal((await chooseRuntime('wasm')).name, 'wasm');
		assert.match(runtimeHint(await chooseRuntime('wasm'))!, /SEMANTIC_IMAGE_SEARCH_RUNTIME/);
		const forced = await whereNativeLoading(MISSING_LIBRARY, () => chooseRuntime('native'));
		assert.equal(forced.name, 'native');
	});
});
