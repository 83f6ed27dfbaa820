import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIndexStore } from '../engine/index/index-store';
import type { PhotoRecord, VectorIndex } from '../engine/index/vector-index';

const BATCH = 256;

/** Lends a real index in a folder of its own that is gone afterwards. */
export async function withIndex<T>(work: (index: VectorIndex) => Promise<T>): Promise<T> {
	const dataDir = mkdtempSync(join(tmpdir(), 'sis-eval-'));
	const warn = (message: string) => void process.stderr.write(`${message}\n`);
	const store = createIndexStore({ dataDir, logger: { info: () => {}, warn, error: warn } });
	try {
		return await work(await store.open('eval', { create: true }));
	} finally {
		await store.close();
		rmSync(dataDir, { recursive: true, force: true });
	}
}

/** Stores photos as the service does. @throws the error of the first that is refused */
export async function storeAll(index: VectorIndex, photos: PhotoRecord[]): Promise<void> {
	for (let from = 0; from < photos.length; from += BATCH) {
		const results = await index.upsert(photos.slice(from, from + BATCH));
		for (const result of results) if (result instanceof Error) throw result;
	}
}
