import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { IndexLogger } from '../../engine/index/index-logger';
import { createIndexStore } from '../../engine/index/index-store';
import type { IndexTypeOptions } from '../../engine/index/vectors/index-type';
import type {
	IndexStore,
	PhotoRecord,
	StoredVector,
	VectorIndex,
} from '../../engine/index/vector-index';
import { until } from '../harness/until';

/** For `until`: building and writing a graph. */
export const OF_INDEX = { timeoutMs: 60_000, everyMs: 20 };

/** A folder that is gone after the test. */
export function temporaryFolder(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'index-test-'));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

export interface Opened {
	dataDir: string;
	store: IndexStore;
	index: VectorIndex;
	/** What was logged as a warning or an error. */
	warnings: string[];
}

/** An index of its own; closed after the test. */
export async function openIndex(
	t: TestContext,
	options: { dataDir?: string; type?: Partial<IndexTypeOptions> } = {},
): Promise<Opened> {
	const dataDir = options.dataDir ?? temporaryFolder(t);
	const warnings: string[] = [];
	const note = (message: string) => void warnings.push(message);
	const logger: IndexLogger = { info: () => {}, warn: note, error: note };
	const store = createIndexStore({ ...options, dataDir, logger });
	t.after(() => store.close());
	return { dataDir, store, index: await store.open('photos', { create: true }), warnings };
}

export function image(...values: number[]): StoredVector {
	return { vector: Float32Array.from(values), model: 'vision@1' };
}

export function text(...values: number[]): StoredVector {
	return { vector: Float32Array.from(values), model: 'words@1' };
}

/** Random numbers in [0, 1), the same in every run. */
export function randomNumbers(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

/** Unit vectors around `clusters` centres, as embeddings of photos lie. */
export function clusteredVectors(
	count: number,
	dimension: number,
	{ seed = 1, clusters = 50, spread = 0.7 } = {},
): Float32Array[] {
	const centre = randomNumbers(12345);
	const centres = Array.from({ length: clusters }, () => gaussian(dimension, centre));
	const random = randomNumbers(seed);
	return Array.from({ length: count }, () => {
		const around = centres[Math.floor(random() * clusters)]!;
		const noise = gaussian(dimension, random);
		const vector = around.map((value, i) => value + spread * noise[i]!);
		const length = Math.hypot(...vector);
		return vector.map((value) => value / length);
	});
}

function gaussian(dimension: number, random: () => number): Float32Array {
	return Float32Array.from({ length: dimension }, () => {
		const radius = Math.sqrt(-2 * Math.log(random() + 1e-12));
		return radius * Math.cos(2 * Math.PI * random());
	});
}

export function photoOf(i: number, vector: Float32Array): PhotoRecord {
	return { id: `photo-${String(i).padStart(6, '0')}`, image: { vector, model: 'vision@1' } };
}

/** Upserts in batches as the service does. */
export async function upsertAll(index: VectorIndex, photos: PhotoRecord[]): Promise<void> {
	for (let from = 0; from < photos.length; from += 256) {
		const results = await index.upsert(photos.slice(from, from + 256));
		for (const result of results) if (result instanceof Error) throw result;
	}
}

/** Ids of the `k` nearest, in double precision and without any of the code under test. */
export function bruteForce(photos: PhotoRecord[], query: Float32Array, k: number): string[] {
	return photos
		.map(({ id, image: stored }) => {
			let sum = 0;
			stored!.vector.forEach((value, i) => (sum += value * query[i]!));
			return { id, sum };
		})
		.sort((a, b) => b.sum - a.sum || (a.id < b.id ? -1 : 1))
		.slice(0, k)
		.map(({ id }) => id);
}

/** Waits until the image vectors are searched by this method. */
export async function untilMethod(index: VectorIndex, method: string): Promise<void> {
	await until(
		`method ${method}`,
		async () => (await index.stats()).image.method === method,
		OF_INDEX,
	);
}
