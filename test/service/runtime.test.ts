import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { measureSpeed } from '../../cli/doctor/speed';
import { collectReport } from '../../cli/doctor/report';
import { logPath } from '../../engine/locations';
import { colourJpeg, testEngine, type TestEngine } from '../harness/engine';

/** Settings reach the engine when its first call starts it. */
async function started(settings: Record<string, string>): Promise<TestEngine> {
	const engine = testEngine(settings);
	await engine.client.health();
	for (const name of Object.keys(settings)) delete process.env[name];
	return engine;
}

describe('an engine on WebAssembly', () => {
	let engine: TestEngine;
	after(() => engine?.close());

	it('embeds and searches, and says once in its log and with each answer that it is slow', async () => {
		engine = await started({ SEMANTIC_IMAGE_SEARCH_RUNTIME: 'wasm' });
		const { client } = engine;
		const images = [];
		for (const colour of ['#d02020', '#2040c0']) {
			const { embedding, model, hints } = await client.embedImageBytes(await colourJpeg(colour));
			assert.match(hints!.join(), /WebAssembly/);
			images.push({ id: colour, embedding, model });
		}
		await client.upsert('photos', { images });
		const { results } = await client.search('photos', {
			image: (await colourJpeg('#2040c0')).toString('base64'),
		});
		assert.equal(results[0]?.id, '#2040c0');
		assert.ok(results[0].scores.visual! > 0.999);
		assert.ok((await client.search('photos', { text: 'blue' })).results.length > 0);
		assert.match((await client.embedText({ text: 'blue' })).hints!.join(), /WebAssembly/);
		assert.equal((await client.runtime()).onnxruntime.name, 'wasm');
		const log = readFileSync(logPath(engine.dataDir), 'utf8');
		assert.equal(log.match(/runs on WebAssembly/g)?.length, 1);
	});
});

describe('an engine on the native runtime', () => {
	let engine: TestEngine;
	after(() => engine?.close());

	it('reports its machine, and its vectors are those of WebAssembly', async () => {
		engine = await started({ SEMANTIC_IMAGE_SEARCH_THREADS: '1' });
		const photo = await colourJpeg('#d02020');
		const native = await engine.client.embedImageBytes(photo);
		assert.equal(native.hints, undefined);
		const runtime = await engine.client.runtime();
		assert.equal(runtime.onnxruntime.name, 'native');
		assert.equal(runtime.onnxruntime.reason, undefined);
		assert.match(runtime.onnxruntime.version, /^\d+\.\d+/);
		assert.equal(runtime.threads, 1);
		assert.ok(runtime.cores.logical >= 1);
		assert.ok(runtime.memory.total_bytes > runtime.memory.rss_bytes);

		const wasm = await started({ SEMANTIC_IMAGE_SEARCH_RUNTIME: 'wasm' });
		after(() => wasm.close());
		const { embedding } = await wasm.client.embedImageBytes(photo);
		const cosine = embedding.reduce((sum, value, i) => sum + value * native.embedding[i]!, 0);
		assert.ok(cosine > 0.9999, String(cosine));
	});

	it('is measured by the doctor', async () => {
		const speed = await measureSpeed(engine.client);
		assert.ok(speed.images_per_s > 0 && Number.isFinite(speed.images_per_s));
		assert.ok(speed.text_ms > 0);
		const report = await collectReport(engine.client, { local: false, measure: false });
		assert.equal(report.speed, undefined);
		assert.equal(report.here, undefined);
		assert.ok(report.models.some(({ is_default, state }) => is_default && state === 'available'));
	});
});
