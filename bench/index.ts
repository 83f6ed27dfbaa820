import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createIndexStore } from '../engine/index/index-store';
import type { VectorIndex } from '../engine/index/vector-index';

const DIMENSION = 768;
/** As FACTS §3 measures: clusters in a latent space much smaller than the vectors. */
const CLUSTERS = 200;
const LATENT = 64;
const BATCH = 256;
const K = 10;
/** What a search asks its channels for. */
const DEEP = 200;

interface Latency {
	p50_ms: number;
	p99_ms: number;
}

/**
 * Upserts, opens and searches an index of clustered 768-d vectors, exactly and with FAISS. Prints a
 * table, and last a line of JSON.
 *
 * @param args `--n` photos (20,000), `--queries` (200)
 */
export async function run(args: string[]): Promise<void> {
	const { values } = parseArgs({
		args,
		options: {
			n: { type: 'string', default: '20000' },
			queries: { type: 'string', default: '200' },
		},
	});
	const n = Number(values.n);
	const next = clusteredVectors();
	const queries = Array.from({ length: Number(values.queries) }, next);
	const dataDir = mkdtempSync(join(tmpdir(), 'bench-index-'));
	try {
		const upserts_per_s = await fill(dataDir, n, next);
		const exact = await measureExact(dataDir, queries);
		const faiss = await measureFaiss(dataDir, queries, exact.truth);
		const result = {
			...{ bench: 'index', n, dimension: DIMENSION, upserts_per_s, open_ms: exact.open_ms },
			...{ exact: exact.latency, exact_deep: exact.deep, faiss },
			rss_mb: Math.round(process.memoryUsage().rss / 2 ** 20),
		};
		print(result);
		console.log(JSON.stringify(result));
	} finally {
		rmSync(dataDir, { recursive: true, force: true });
	}
}

async function fill(dataDir: string, n: number, next: () => Float32Array): Promise<number> {
	const store = createIndexStore({ dataDir, type: { type: 'flat' } });
	const index = await store.open('bench', { create: true });
	let busy = 0;
	for (let from = 0; from < n; from += BATCH) {
		const photos = Array.from({ length: Math.min(BATCH, n - from) }, (_, i) => ({
			id: `bucket/2024/IMG_${from + i}.jpg`,
			s3_path: `s3://bucket/2024/IMG_${from + i}.jpg`,
			title: `Photo ${from + i}`,
			tags: ['bench', `tag${i % 50}`],
			image: { vector: next(), model: 'bench@1' },
		}));
		const started = performance.now();
		await index.upsert(photos);
		busy += performance.now() - started;
	}
	await store.close();
	return Math.round((1000 * n) / busy);
}

async function measureExact(dataDir: string, queries: Float32Array[]) {
	const store = createIndexStore({ dataDir, type: { type: 'flat' } });
	const started = performance.now();
	const index = await store.open('bench', { create: false });
	const open_ms = Math.round(performance.now() - started);
	const { latency, answers } = await search(index, queries, K);
	const deep = (await search(index, queries.slice(0, 50), DEEP)).latency;
	await store.close();
	return { open_ms, latency, deep, truth: answers };
}

async function measureFaiss(dataDir: string, queries: Float32Array[], truth: string[][]) {
	const store = createIndexStore({ dataDir, type: { graphFrom: 1 }, logger: console });
	const index = await store.open('bench', { create: false });
	const { available, reason } = (await index.stats()).faiss;
	if (!available) {
		await store.close();
		return { available, reason };
	}
	const started = performance.now();
	// Recall too low, or a failure: then the logger has said so, and exact it stays.
	while ((await index.stats()).image.method === 'flat') {
		if (performance.now() - started > 30 * 60_000) throw new Error('FAISS was not built');
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	const build_s = Math.round((performance.now() - started) / 100) / 10;
	const { latency, answers } = await search(index, queries, K);
	const deep = (await search(index, queries.slice(0, 50), DEEP)).latency;
	const found = answers.flatMap((ids, i) => ids.filter((id) => truth[i]!.includes(id))).length;
	await store.close();
	const recall_at_10 = found / truth.flat().length;
	return { available, build_s, ...latency, deep, recall_at_10 };
}

async function search(index: VectorIndex, queries: Float32Array[], k: number) {
	const times: number[] = [];
	const answers: string[][] = [];
	for (const vector of queries) {
		const started = performance.now();
		const { hits } = await index.searchVector('image', { vector, model: 'bench@1' }, k);
		times.push(performance.now() - started);
		answers.push(hits.map(({ id }) => id));
	}
	times.sort((a, b) => a - b);
	const at = (share: number) =>
		Math.round(100 * times[Math.floor(share * (times.length - 1))]!) / 100;
	const latency: Latency = { p50_ms: at(0.5), p99_ms: at(0.99) };
	return { latency, answers };
}

/** Unit vectors, the same in every run. */
function clusteredVectors(): () => Float32Array {
	let state = 7;
	const uniform = () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
	const normal = () =>
		Math.sqrt(-2 * Math.log(uniform() + 1e-12)) * Math.cos(2 * Math.PI * uniform());
	const projection = Float32Array.from({ length: LATENT * DIMENSION }, normal);
	const centres = Array.from({ length: CLUSTERS }, () =>
		Float32Array.from({ length: LATENT }, normal),
	);
	return () => {
		const centre = centres[Math.floor(uniform() * CLUSTERS)]!;
		const vector = new Float32Array(DIMENSION);
		for (let l = 0; l < LATENT; l++) {
			const value = centre[l]! + 0.7 * normal();
			const offset = l * DIMENSION;
			for (let j = 0; j < DIMENSION; j++) vector[j]! += value * projection[offset + j]!;
		}
		const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
		return vector.map((value) => value / length);
	};
}

function print(result: { [key: string]: unknown }): void {
	const rows = Object.entries(result).flatMap(([key, value]) =>
		value !== null && typeof value === 'object'
			? Object.entries(value).map(([inner, v]) => [`${key} ${inner}`, v] as const)
			: [[key, value] as const],
	);
	for (const [key, value] of rows) {
		console.log(key.padEnd(24), typeof value === 'object' ? JSON.stringify(value) : value);
	}
}
