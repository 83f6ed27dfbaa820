import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { advice } from '../../cli/doctor/advice';
import { inspectFaiss } from '../../cli/doctor/faiss';
import { render } from '../../cli/doctor/render';
import type { Report } from '../../cli/doctor/report';
import type { RuntimeReport } from '../../engine/client';

const RUNTIME: RuntimeReport = {
	onnxruntime: { name: 'native', version: '1.30.0' },
	threads: 4,
	cpu: { model: 'A processor', features: ['avx2', 'avx512_vnni'] },
	cores: { logical: 8, physical: 4, limit: null },
	memory: { total_bytes: 16e9, limit_bytes: null, rss_bytes: 2e8 },
	node: 'v24.0.0',
	platform: 'linux x64',
};

function report(change: Partial<Report> = {}): Report {
	return {
		health: { status: 'ok', version: '1.2.3', api_version: 1, uptime_s: 5, rss_bytes: 143e6 },
		runtime: RUNTIME,
		models: [
			{
				id: 'siglip',
				title: 'SigLIP',
				dimension: 768,
				image_size: 512,
				state: 'available',
				precision: 'int8',
				disk_bytes: 813e6,
				is_default: true,
			},
		],
		speed: { images_per_s: 4.24, text_ms: 31.4 },
		indexes: [],
		...change,
	};
}

function index(change: object = {}): Report['indexes'][number] {
	const vectors = {
		...{ count: 10, model: 'siglip@1', dimension: 768, method: 'flat' },
		...{ unmerged: 0, tombstones: 0, bytes_in_memory: 30_720, recall: null, last_merge: null },
	};
	return {
		name: 'photos',
		photos: 10,
		image_vectors: vectors,
		text_vectors: vectors,
		text_owed: 0,
		generations: [],
		bytes_on_disk: 5e6,
		schema: 2,
		faiss: { available: true },
		...change,
	};
}

describe('the doctor', () => {
	it('has no advice where all is well', () => {
		assert.deepEqual(advice(report({ indexes: [index()] })), []);
		assert.match(render(report()), /^Advice\s+none: all is well$/m);
	});

	it('names what is off and the cure', () => {
		const wasm = (reason: string) => ({
			...RUNTIME,
			onnxruntime: { name: 'wasm' as const, version: '1.30.0', reason },
		});
		const [standard] = report().models;
		const cases: [Partial<Report>, RegExp][] = [
			[{ runtime: wasm('this system has musl (Alpine)') }, /musl.*Debian-based container/],
			[
				{ runtime: wasm('SEMANTIC_IMAGE_SEARCH_RUNTIME is set to wasm') },
				/set to wasm\. Set it to auto/,
			],
			[{ runtime: 'onnxruntime-node cannot be loaded here.' }, /^Nothing can be embedded: onnx/],
			[
				{ runtime: { ...RUNTIME, cores: { logical: 8, physical: 4, limit: 1.5 } } },
				/1\.5 of 4 cores/,
			],
			[{ runtime: { ...RUNTIME, threads: 16 } }, /16 threads share 8 cores/],
			[
				{ runtime: { ...RUNTIME, memory: { ...RUNTIME.memory, limit_bytes: 1e9 } } },
				/Less than 2 GB/,
			],
			[{ runtime: { ...RUNTIME, cpu: { model: 'old', features: [] } } }, /none of the instruc/],
			[
				{ models: [{ ...standard!, state: 'remote' }] },
				/siglip is not on disk.*models get siglip`/,
			],
			[{ models: [{ ...standard!, problem: 'a file is torn' }] }, /siglip: a file is torn/],
			[{ speed: 'The model is broken.' }, /does not embed: The model is broken/],
			[{ speed: { images_per_s: 0.3, text_ms: 90 } }, /patch16-224/],
			[{ indexes: [index({ text_owed: 7 })] }, /7 photos wait for Ollama/],
		];
		for (const [change, expected] of cases) {
			const lines = advice(report(change));
			assert.equal(lines.length, 1, lines.join('\n'));
			assert.match(lines[0]!, expected);
			assert.ok(render(report(change)).includes(lines[0]!));
		}
	});

	it('tells where FAISS is from, and minds its absence only where it is asked for', (t) => {
		const faiss = (change: object) =>
			report({ faiss: { binary: 'none', loads: false, ...change } });
		const compiled = { binary: 'compiled', library: '1.7.3', loads: true };
		assert.match(
			render(faiss(compiled)),
			/^FAISS +compiled here against libfaiss 1\.7\.3; it loads/m,
		);
		assert.match(render(faiss({ binary: 'prebuilt', loads: true })), /fetched prebuilt; it loads/);
		const absent = faiss({ reason: 'faiss-node is not installed' });
		assert.match(render(absent), /^FAISS +faiss-node is not installed\n +not needed/m);
		assert.deepEqual(advice(absent), []);
		const setting = 'SEMANTIC_IMAGE_SEARCH_INDEX_TYPE';
		const before = process.env[setting];
		process.env[setting] = 'faiss';
		t.after(() => {
			if (before === undefined) delete process.env[setting];
			else process.env[setting] = before;
		});
		assert.match(advice(absent).join(), /asks for FAISS, but faiss-node is not installed/);
		assert.deepEqual(advice(faiss(compiled)), []);
	});

	it('finds out whether FAISS loads without loading it itself', async () => {
		const { binary, loads, reason } = await inspectFaiss();
		assert.equal(loads || reason !== undefined, true);
		assert.equal(binary === 'none' && loads, false);
		assert.equal(
			Object.keys(require.cache).some((file) => file.includes('faiss-node')),
			false,
		);
	});

	it('says nothing against what the operating system does not tell', () => {
		const unknown = {
			...RUNTIME,
			cpu: { model: 'unknown', features: null },
			cores: { logical: 8, physical: null, limit: null },
		};
		assert.deepEqual(advice(report({ runtime: unknown })), []);
		assert.match(render(report({ runtime: unknown })), /features unknown/);
	});

	it('prints a table whose values stand in one column', () => {
		const lines = render(
			report({ indexes: [index()], here: { dataDir: '/data', socket: '/s', log: '/l' } }),
		).split('\n');
		const column = lines[0]!.indexOf('1.2.3');
		for (const line of lines) {
			assert.match(line.slice(0, column), /^(\w+)? +$/, line);
			assert.notEqual(line[column], undefined, line);
		}
		const text = lines.join('\n');
		assert.match(text, /4 physical, 8 logical; 4 threads per inference/);
		assert.match(text, /\* siglip {2}512 px {2}available, int8, 813 MB/);
		assert.match(text, /4\.2 images\/s .* a text 31 ms/);
	});
});
