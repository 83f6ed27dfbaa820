import assert from 'node:assert/strict';
import {
	cpSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { installation } from '../../../engine/index/faiss/installation';
import { createIndexStore } from '../../../engine/index/index-store';
import type { VectorIndex } from '../../../engine/index/vector-index';
import { until } from '../../harness/until';
import { bruteForce, clusteredVectors, OF_INDEX, photoOf, upsertAll } from '../support';

const TYPES = ['flat', 'graph', 'faiss'] as const;
type Type = (typeof TYPES)[number];

const COUNT = 600;
const photos = clusteredVectors(COUNT, 48).map((vector, i) => photoOf(i, vector));
const queries = clusteredVectors(10, 48, { seed: 7 });
const thresholds = { graphFrom: 200, snapshotFrom: 200 };

/** What may be left of a file after a power cut, a bad disk, or a hand. */
const DAMAGES: Record<string, (file: string) => void> = {
	'that is gone': (file) => rmSync(file),
	'without a byte': (file) => truncateSync(file, 0),
	'cut off in its head': (file) => truncateSync(file, 100),
	'cut off in the middle': (file) => truncateSync(file, statSync(file).size >> 1),
	'without its last byte': (file) => truncateSync(file, statSync(file).size - 1),
	'with a flipped bit in its head': (file) => flip(file, 20),
	'with a flipped bit in the middle': (file) => flip(file, statSync(file).size >> 1),
	'with a flipped last bit': (file) => flip(file, statSync(file).size - 1),
	'with zeros in place of a page': (file) => {
		const bytes = readFileSync(file);
		bytes.fill(0, bytes.length - 8192, bytes.length - 4096);
		writeFileSync(file, bytes);
	},
};

for (const type of TYPES) {
	const skip = type === 'faiss' && installation().binary === 'none' && 'there is no FAISS here';
	describe(`a damaged snapshot of a ${type} index`, { skip }, () => {
		const options = { type: { type, ...thresholds } };
		let whole: string;
		before(async () => {
			whole = mkdtempSync(join(tmpdir(), 'index-test-'));
			const store = createIndexStore({ dataDir: whole, ...options });
			const index = await store.open('photos', { create: true });
			await upsertAll(index, photos);
			await untilMerged(index, type);
			await store.close();
			const files = snapshotsOf(whole);
			const kinds = type === 'faiss' ? ['rows-', '.faiss'] : ['rows-'];
			for (const kind of kinds) {
				assert.ok(
					files.some((file) => file.includes(kind)),
					`there is no ${kind} snapshot to damage`,
				);
			}
		});
		after(() => rmSync(whole, { recursive: true, force: true }));

		for (const [what, damage] of Object.entries(DAMAGES)) {
			it(`${what}: it is noticed and made anew, and searches are right meanwhile`, async (t) => {
				for (const file of snapshotsOf(whole)) await survives(t, whole, file, damage, type);
			});
		}
	});
}

async function survives(
	t: TestContext,
	whole: string,
	file: string,
	damage: (file: string) => void,
	type: Type,
): Promise<void> {
	const options = { type: { type, ...thresholds } };
	const dataDir = mkdtempSync(join(tmpdir(), 'index-test-'));
	t.after(() => rmSync(dataDir, { recursive: true, force: true }));
	cpSync(whole, dataDir, { recursive: true });
	damage(join(dataDir, 'indexes', 'photos', file));
	const warnings: string[] = [];
	const note = (text: string) => void warnings.push(text);
	const logger = { info: () => {}, warn: note, error: note };
	const store = createIndexStore({ dataDir, ...options, logger });
	t.after(() => store.close());
	const index = await store.open('photos', { create: false });
	await findsAll(index);
	assert.ok(
		await until('a warning', () => warnings.some((text) => /snapshot/i.test(text)), OF_INDEX),
		`nobody was told: ${warnings.join('; ')}`,
	);
	await untilMerged(index, type);
	await findsAll(index);
	assert.deepEqual((await index.verify()).findings, []);
	await store.close();
	// The next start finds a good one.
	warnings.length = 0;
	const again = createIndexStore({ dataDir, ...options, logger });
	t.after(() => again.close());
	const reopened = await again.open('photos', { create: false });
	await untilMerged(reopened, type);
	await findsAll(reopened);
	await again.close();
	assert.deepEqual(warnings, []);
}

async function findsAll(index: VectorIndex): Promise<void> {
	let found = 0;
	for (const vector of queries) {
		const { hits } = await index.searchVector('image', { vector, model: 'vision@1' }, 10);
		const best = bruteForce(photos, vector, 10);
		found += best.filter((id) => hits.some((hit) => hit.id === id)).length;
	}
	assert.ok(found >= 0.97 * 10 * queries.length, `${found} of ${10 * queries.length} found`);
}

/** Until the structure that the type asks for answers for all vectors. */
async function untilMerged(index: VectorIndex, type: Type): Promise<void> {
	const merged = async () => {
		const { method, unmerged } = (await index.stats()).image;
		return (type === 'flat' || method !== 'flat') && unmerged === 0;
	};
	await until('everything to be merged', merged, OF_INDEX);
}

/** Files of the index besides the database and the lock. */
function snapshotsOf(dataDir: string): string[] {
	const files = readdirSync(join(dataDir, 'indexes', 'photos'));
	return files.filter((file) => !/^(photos\.db|index\.lock)/.test(file));
}

function flip(file: string, at: number): void {
	const bytes = readFileSync(file);
	bytes[at]! ^= 1;
	writeFileSync(file, bytes);
}
