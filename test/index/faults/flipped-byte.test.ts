import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { EngineError } from '../../../engine/errors';
import { createIndexStore } from '../../../engine/index/index-store';
import type { VectorIndex } from '../../../engine/index/vector-index';
import { Random } from '../../torture/random';
import { clusteredVectors, upsertAll } from '../support';

const COUNT = 400;
const FLIPS = 60;
/** Bytes; the first page holds the schema. */
const PAGE = 16_384;
const vectors = clusteredVectors(COUNT, 64);

function photoOf(n: number) {
	return {
		id: `photo-${n}`,
		s3_path: `s3://bucket/2026/photo-${n}.jpg`,
		title: `word${n} at the harbour`,
		tags: [`group${n % 10}`, 'all'],
		metadata: { n },
		image: { vector: vectors[n]!, model: 'vision@1' },
	};
}

describe('one flipped bit in photos.db', () => {
	let whole: string;
	let truth: Map<string, string>;
	before(async () => {
		whole = mkdtempSync(join(tmpdir(), 'index-test-'));
		const store = createIndexStore({ dataDir: whole });
		const index = await store.open('photos', { create: true });
		await upsertAll(
			index,
			Array.from({ length: COUNT }, (_, n) => photoOf(n)),
		);
		truth = await readable(index);
		await store.close();
	});
	after(() => rmSync(whole, { recursive: true, force: true }));

	it('is refused, found, or does no harm: the other photos survive', async (t) => {
		const file = readFileSync(databaseIn(whole));
		const random = new Random('flips');
		const outcomes = new Map<string, number>();
		for (let flip = 0; flip < FLIPS; flip++) {
			const at = flip < 10 ? random.int(0, PAGE - 1) : random.int(0, file.length - 1);
			const bytes = Buffer.from(file);
			bytes[at]! ^= 1 << random.int(0, 7);
			const outcome = await outcomeOf(bytes, at < PAGE);
			outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
		}
		assert.equal(outcomes.get('unnoticed') ?? 0, 0);
		t.diagnostic([...outcomes].map(([outcome, n]) => `${n} ${outcome}`).join(', '));
	});

	async function outcomeOf(bytes: Buffer, inSchema: boolean): Promise<string> {
		const dataDir = mkdtempSync(join(tmpdir(), 'index-test-'));
		cpSync(whole, dataDir, { recursive: true });
		writeFileSync(databaseIn(dataDir), bytes);
		const store = createIndexStore({ dataDir });
		try {
			const index = await store.open('photos', { create: false });
			const { findings } = await index.verify();
			const found = await readable(index);
			const same = [...truth].filter(([id, text]) => found.get(id) === text).length;
			assert.equal(found.size, same, `a photo is taken for another: ${JSON.stringify(findings)}`);
			if (findings.length === 0) return same === COUNT ? 'harmless' : 'unnoticed';
			assert.ok(same > COUNT / 2, `one bit took ${COUNT - same} photos along`);
			return same === COUNT ? 'found, no photo concerned' : 'found, the others survive';
		} catch (error) {
			if (error instanceof assert.AssertionError) throw error;
			assert.ok(error instanceof EngineError, String((error as Error).stack));
			// A damaged word of the schema may be valid SQL that means something else.
			const codes = ['INDEX_DAMAGED', 'ENGINE_INCOMPATIBLE', ...(inSchema ? ['INTERNAL'] : [])];
			assert.ok(codes.includes(error.code), `${error.code}: ${error.message}`);
			return `refused with ${error.code}`;
		} finally {
			await store.close();
			rmSync(dataDir, { recursive: true, force: true });
		}
	}
});

const databaseIn = (dataDir: string) => join(dataDir, 'indexes', 'photos', 'photos.db');

/** Each photo that can be read whole, as text: others are refused as damaged, or lack their vector. */
async function readable(index: VectorIndex): Promise<Map<string, string>> {
	const photos = new Map<string, string>();
	for (const id of await index.ids({})) {
		try {
			const photo = await index.get(id);
			const image = await index.vector(id, 'image');
			if (photo && image) photos.set(id, JSON.stringify([photo, [...image.vector]]));
		} catch (error) {
			assert.equal((error as { code?: string }).code, 'INDEX_DAMAGED', String(error));
		}
	}
	return photos;
}
