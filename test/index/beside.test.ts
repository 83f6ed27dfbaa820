import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { PhotoRecord, VectorIndex } from '../../engine/index/vector-index';
import { Cursors } from '../../engine/search/cursor';
import { nearest } from '../../engine/search/nearest';
import { Random } from '../torture/random';
import { bruteForce, clusteredVectors, openIndex, upsertAll } from './support';

const STEADY = 700;
const DIMENSION = 24;
const SWITCHES = 5;
/** Cosines in float32 against cosines in double precision tie where they should not. */
const ROUNDING = 3e-6;

/** The photos that nobody touches, with the vectors of a model. */
function steady(model: string): PhotoRecord[] {
	const seed = Number(model.split('@')[1]);
	return clusteredVectors(STEADY, DIMENSION, { seed }).map((vector, n) => ({
		id: `steady-${n}`,
		tags: ['steady', ...(n % 20 === 0 ? ['rare'] : [])],
		image: { vector, model },
	}));
}

test('searches and pages are right beside writes, switches of generations and compaction', async (t) => {
	const { index, warnings } = await openIndex(t, { type: { graphFrom: 200, snapshotFrom: 200 } });
	const random = new Random('beside');
	await upsertAll(index, steady('vision@1'));
	let isOver = false;
	const whileOn = async (work: () => Promise<void>) => {
		for (; !isOver; await setImmediate()) await work();
	};
	let answers = 0;
	const search = async () => {
		if (await isRight(index, random)) answers++;
	};
	const beside = [
		whileOn(search),
		whileOn(() => pagesAreWhole(index, random)),
		whileOn(() => write(index, random)),
		whileOn(() => index.optimize()),
	];
	// A failure of one ends all: each is awaited below.
	for (const one of beside) one.catch(() => (isOver = true));
	try {
		for (let version = 2; version <= SWITCHES + 1 && !isOver; version++) {
			await change(index, `vision@${version - 1}`, `vision@${version}`);
		}
	} finally {
		isOver = true;
	}
	await Promise.all(beside);
	assert.ok(answers > SWITCHES, 'hardly any search fell beside');
	assert.deepEqual((await index.verify()).findings, []);
	assert.deepEqual(warnings, []);
});

/** From one model to the next, once back, and on; the old one is dropped. */
async function change(index: VectorIndex, old: string, model: string): Promise<void> {
	const generation = { model, dimension: DIMENSION, activateWhenComplete: false };
	await index.beginGeneration('image', generation);
	await upsertAll(index, steady(model));
	for (const one of [model, old, model]) {
		await index.activateGeneration('image', one, { incomplete: true });
	}
	await index.dropGeneration('image', old);
}

/** What is truly nearest among the steady photos; false if another model is searched by now. */
async function isRight(index: VectorIndex, random: Random): Promise<boolean> {
	const { model, vector } = questionTo(index, random);
	const tag = random.pick(['steady', 'rare']);
	const k = random.int(1, 12);
	const search = index.searchVector(
		'image',
		{ vector, model },
		k,
		{ tags_all: [tag] },
		{ exact: true },
	);
	const hits = await unlessSwitched(search.then((found) => found.hits));
	if (!hits) return false;
	const photos = new Map(steady(model).map((photo) => [photo.id, photo]));
	const tagged = [...photos.values()].filter(({ tags }) => tags!.includes(tag));
	const best = bruteForce(tagged, vector, k).map((id) => cosine(photos.get(id)!, vector));
	assert.deepEqual(
		new Set(hits.map(({ id }) => id)).size,
		best.length,
		'fewer than there are, or one twice',
	);
	for (const [place, { id, score }] of hits.entries()) {
		assert.ok(Math.abs(score - cosine(photos.get(id)!, vector)) < ROUNDING, `score of ${id}`);
		assert.ok(Math.abs(score - best[place]!) < ROUNDING, `${id} is not the next best`);
	}
	return true;
}

/** Every steady photo comes once, whatever comes and goes between pages. */
async function pagesAreWhole(index: VectorIndex, random: Random): Promise<void> {
	const cursors = new Cursors(Buffer.alloc(32, 7));
	const by = questionTo(index, random);
	const seen: string[] = [];
	let cursor: string | undefined;
	do {
		const question = { kind: 'image' as const, by, limit: 150, cursor, exact: true };
		const page = await unlessSwitched(nearest(index, question, cursors));
		if (!page) return;
		seen.push(...page.hits.map(({ id }) => id).filter((id) => id.startsWith('steady')));
		cursor = page.nextCursor ?? undefined;
		await setImmediate();
	} while (cursor);
	assert.equal(seen.length, STEADY);
	assert.equal(new Set(seen).size, STEADY);
}

async function write(index: VectorIndex, random: Random): Promise<void> {
	const model = index.model('image')!;
	const vectors = clusteredVectors(20, DIMENSION, { seed: random.int(0, 1e6) });
	const idOf = () => `passing-${random.int(0, 500)}`;
	const ids = [...new Set(vectors.map(idOf))];
	await index.upsert(ids.map((id, i) => ({ id, image: { vector: vectors[i]!, model } })));
	await index.delete(Array.from({ length: 8 }, idOf));
}

function questionTo(index: VectorIndex, random: Random) {
	const [vector] = clusteredVectors(1, DIMENSION, { seed: random.int(0, 1e6) });
	return { model: index.model('image')!, vector: vector! };
}

async function unlessSwitched<T>(answer: Promise<T>): Promise<T | undefined> {
	try {
		return await answer;
	} catch (error) {
		if ((error as { code?: string }).code === 'MODEL_MISMATCH') return undefined;
		throw error;
	}
}

function cosine({ image }: PhotoRecord, query: Float32Array): number {
	return image!.vector.reduce((sum, value, i) => sum + value * query[i]!, 0);
}
