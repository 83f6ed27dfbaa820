import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { BenchPhotos } from '../../bench/index/bench-photos';
import { KINDS, prepareDataset, type Dataset } from '../../bench/index/dataset';
import { incomplete, recall } from '../../bench/index/figures';
import { LineProcess } from '../../bench/index/line-process';
import { FILTERS, rowOfId } from '../../bench/index/photo-facts';
import { BLOCK, DIMENSION, VectorMaker } from '../../bench/index/vector-maker';
import { createIndexStore } from '../../engine/index/index-store';
import { ROOT } from '../harness/root';

const N = 1_100;
const QUERIES = 6;
const FILTERED = 3;
const scratch = mkdtempSync(path.join(tmpdir(), 'bench-index-'));
let dataset: Dataset;

before(async () => {
	dataset = await prepareDataset(scratch, N, QUERIES, FILTERED, () => {});
});
after(() => rmSync(scratch, { recursive: true, force: true }));

describe('npm run bench -- index', () => {
	it('ends with a line of JSON whose figures are there though a peer is not, or nobody can compare two runs', async () => {
		const args = ['index', '--n', '1000', '--queries', '5', '--seconds', '0.4'];
		const { stdout, stderr } = await promisify(execFile)(
			process.execPath,
			[path.join(ROOT, 'dist', 'bench', 'run.js'), ...args, '--peers', 'hnswlib'],
			{
				timeout: 240_000,
				env: { ...process.env, SIS_CACHE: scratch, PYTHON: path.join(scratch, 'no-python') },
			},
		);
		const line = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, unknown>;
		assert.equal(line['bench'], 'index');
		assert.equal(line['n'], 1_000);
		for (const name of [
			...['p50Ms', 'p99Ms', 'recallAt10', 'indexMb', 'openMs', 'overheadMs', 'upsertsPerS'],
			...['p99WhileWritingRatio', 'openAfterKillMs'],
		]) {
			assert.ok(Number.isFinite(line[name]), `${name} is ${String(line[name])}`);
		}
		for (const name of ['filtered', 'filteredP50Ms']) {
			const filtered = line[name] as Record<string, number>;
			assert.deepEqual(Object.keys(filtered).sort(), ['0.0005', '0.005', '0.05', '0.5']);
			assert.ok(Object.values(filtered).every(Number.isFinite));
		}
		// So few are compared one by one.
		assert.equal(line['recallAt10'], 1);
		assert.deepEqual(line['peers'], {});
		assert.match(stderr, /No hnswlib: .*no-python/);
		assert.deepEqual(readdirSync(path.join(scratch, 'scratch')), [], 'left behind');
	});

	it('refuses a peer it does not know before an hour of measuring', async () => {
		const run = promisify(execFile)(process.execPath, [
			path.join(ROOT, 'dist', 'bench', 'run.js'),
			...['index', '--peers', 'usearch,milvus'],
		]);
		await assert.rejects(run, /there is no milvus/);
	});
});

describe('the vectors of the index bench', () => {
	it('are the same and of unit length in every run, whichever thread makes which block', () => {
		for (const kind of KINDS) {
			const rows = new Float32Array((N - BLOCK) * DIMENSION);
			new VectorMaker(kind).fill(rows, 'photos', 1);
			const bytes = readFileSync(dataset.file(kind, 'photos'));
			assert.ok(Buffer.from(rows.buffer).equals(bytes.subarray(4 * BLOCK * DIMENSION)));
			const first = rows.subarray(0, DIMENSION);
			assert.ok(Math.abs(dot(first, first) - 1) < 1e-5);
		}
	});

	it('have the neighbours that comparing all of them gives, or recall is measured against something else', () => {
		for (const kind of KINDS) {
			const photos = vectorsOf(dataset.file(kind, 'photos'), N);
			const queries = vectorsOf(dataset.file(kind, 'queries'), QUERIES);
			const ranked = queries.map((query) => {
				const scores = photos.map((photo) => dot(photo, query));
				return [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!);
			});
			const { all, filtered } = dataset.truth[kind];
			assert.deepEqual(
				all,
				ranked.map((rows) => rows.slice(0, 200)),
			);
			for (const { name, passes } of FILTERS) {
				const wanted = ranked.slice(0, FILTERED).map((rows) => rows.filter(passes).slice(0, 10));
				assert.deepEqual(filtered[name], wanted, name);
			}
		}
	});

	it('belong to photos among which the index finds for each filter those that the truth counts', async () => {
		const files = (draw: 'photos' | 'fresh') => ({
			image: dataset.file('image', draw),
			text: dataset.file('text', draw),
		});
		const store = createIndexStore({ dataDir: path.join(scratch, 'data') });
		const index = await store.open('bench', { create: true });
		for (const [draw, count] of [
			['photos', N],
			['fresh', 50],
		] as const) {
			const source = new BenchPhotos(files(draw), draw);
			const results = await index.upsert(source.read(0, count));
			source.close();
			assert.deepEqual(new Set(results), new Set(['created']));
		}
		for (const { name, filter, passes } of FILTERS) {
			const found = (await index.ids(filter)).map(rowOfId);
			const wanted = Array.from({ length: N }, (_, row) => row).filter(passes);
			assert.deepEqual(new Set(found), new Set(wanted), name);
		}
		await store.close();
	});

	it('are passed by as many photos as the name of a filter says', () => {
		const n = 100_000;
		for (const { name, selectivity, passes } of FILTERS) {
			let passed = 0;
			for (let row = 0; row < n; row++) if (passes(row)) passed++;
			const expected = n * Number(selectivity);
			const ratio = passed / expected;
			assert.ok(ratio > 0.6 && ratio < 1.4, `${name}: ${passed} of ${n}`);
		}
	});
});

describe('the figures of the index bench', () => {
	it('count a true neighbour once, and those of a short truth all, or a repeated answer looks right', () => {
		assert.equal(recall([[1, 1, 1]], [[1, 2, 3]], 3), 1 / 3);
		assert.equal(recall([[7]], [[7]], 10), 1);
		assert.equal(
			recall(
				[
					[1, 2],
					[9, 9],
				],
				[
					[1, 2],
					[3, 4],
				],
				2,
			),
			0.5,
		);
		assert.equal(incomplete([[1, 1], [2], [3, 4]], [[1, 5], [2], [3, 4]], 2), 1);
	});

	it('come from a process whose end is an error with its last words, never a wait without end', async () => {
		const script =
			'process.stdin.once("data", () => { console.error("out of paper"); process.exit(3); })';
		const child = new LineProcess(process.execPath, ['-e', script]);
		await assert.rejects(child.call('print'), /ended with 3[^]*out of paper/);
		await child.close();
	});
});

function vectorsOf(file: string, count: number): Float32Array[] {
	const bytes = readFileSync(file);
	const floats = new Float32Array(bytes.buffer, bytes.byteOffset, count * DIMENSION);
	return Array.from({ length: count }, (_, i) =>
		floats.subarray(i * DIMENSION, (i + 1) * DIMENSION),
	);
}

function dot(a: Float32Array, b: Float32Array): number {
	return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
