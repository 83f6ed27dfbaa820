/**
 * The child of crash.test.ts: writes photos into the index in argv[2] for ever, and names each batch
 * on standard output once it is acknowledged. Photos are numbered from argv[3].
 */
import { writeSync } from 'node:fs';
import { createIndexStore } from '../../engine/index/index-store';
import { clusteredVectors } from './support';

async function main(): Promise<void> {
	const store = createIndexStore({ dataDir: process.argv[2]!, faissThreshold: 300 });
	const index = await store.open('photos', { create: true });
	const vectors = clusteredVectors(64, 64);
	for (let i = Number(process.argv[3]); ; ) {
		const batch = Array.from({ length: 1 + (i % 16) }, () => i++);
		await index.upsert(
			batch.map((n) => ({
				id: `p${n}`,
				title: `word${n}`,
				tags: ['crash'],
				image: { vector: vectors[n % 64]!, model: 'vision@1' },
				text: { vector: vectors[(n + 1) % 64]!, model: 'words@1' },
			})),
		);
		writeSync(1, `${batch.join(' ')}\n`);
		// Lets the FAISS maintenance in.
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
}

void main();
