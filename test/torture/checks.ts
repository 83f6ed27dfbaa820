import assert from 'node:assert/strict';
import type { Finding, Hit, VectorKind } from '../../engine/index/vector-index';
import type { Dump } from './calls';
import { cosine, vectorOf, type KeyedVector } from './keyed-vector';
import type { Model } from './model';
import type { Random } from './random';
import { GROUPS } from './workload';
import type { WriterProcess } from './writer-process';

const QUERIES = 6;
const K = 10;

/** Cosines in float32 against cosines in double precision. */
const ROUNDING = 2e-6;

/** How much of what is truly nearest was found. */
export class Recall {
	#found = 0;
	#wanted = 0;

	add(found: number, wanted: number): void {
		this.#found += found;
		this.#wanted += wanted;
	}

	/** 1 if nothing was asked. */
	get share(): number {
		return this.#wanted === 0 ? 1 : this.#found / this.#wanted;
	}
}

/** What the index counts is what it lists, and it searches what is active. */
export function checkCounts({ photos, counts, searched }: Dump, model: Model): void {
	const active = { image: model.active('image')?.model, text: model.active('text')?.model };
	const having = (kind: VectorKind) =>
		photos.filter((photo) => photo[kind][active[kind] ?? ''] !== undefined).length;
	assert.deepEqual(
		counts,
		{
			photos: photos.length,
			image: having('image'),
			text: having('text'),
			owed: photos.filter(({ owed }) => owed).length,
		},
		'the counts differ from the photos',
	);
	const wanted = { image: active.image ?? null, text: active.text ?? null };
	assert.deepEqual(searched, wanted, 'another generation is searched than is active');
}

/** `verify` finds nothing. */
export async function checkInvariants(writer: WriterProcess): Promise<void> {
	const findings = await writer.ask<Finding[]>({ do: 'verify' });
	assert.deepEqual(findings, [], 'verify has findings');
}

/** Each photo is found by its tag and by the words of its tags, and by no older ones. */
export async function checkWords(writer: WriterProcess, model: Model): Promise<void> {
	for (let i = 0; i < GROUPS; i++) {
		const group = `group${i}`;
		const ids = [...model.photos]
			.filter(([, { facts }]) => facts.tags?.includes(group))
			.map(([id]) => id)
			.sort();
		const tagged = await writer.ask<string[]>({ do: 'ids', filter: { tags_all: [group] } });
		assert.deepEqual(tagged.sort(), ids, `photos with the tag ${group}`);
		const worded = await writer.ask<Hit[]>({ do: 'keywords', words: [group], k: 1_000_000 });
		assert.deepEqual(worded.map(({ id }) => id).sort(), ids, `photos with the word ${group}`);
	}
}

/** Searches with and without a filter against a look at every vector. */
export async function checkSearches(
	writer: WriterProcess,
	model: Model,
	random: Random,
	recall: Recall,
): Promise<void> {
	for (const kind of ['image', 'text'] as const) {
		const generation = model.active(kind);
		if (!generation) continue;
		const vectors = vectorsOf(model, kind, generation.model);
		for (let i = 0; i < QUERIES && vectors.length > 0; i++) {
			const query: KeyedVector = random.chance(0.5)
				? random.pick(vectors).keyed
				: { ...generation, key: `query ${random.int(1, 1e9)}` };
			const group = random.chance(0.3) ? `group${random.int(0, GROUPS - 1)}` : undefined;
			const among = group
				? vectors.filter(({ id }) => model.photos.get(id)!.facts.tags?.includes(group))
				: vectors;
			const filter = group === undefined ? undefined : { tags_all: [group] };
			const hits = await writer.ask<Hit[]>({ do: 'search', kind, query, k: K, filter });
			compare(hits, among, query, recall);
		}
	}
}

interface PhotoVector {
	id: string;
	keyed: KeyedVector;
}

function vectorsOf(model: Model, kind: VectorKind, name: string): PhotoVector[] {
	const vectors: PhotoVector[] = [];
	for (const [id, photo] of model.photos) {
		const keyed = photo[kind][name];
		if (keyed) vectors.push({ id, keyed });
	}
	return vectors;
}

/** Throws if a hit is not what it says; what is missing from the best is a matter of recall. */
function compare(hits: Hit[], among: PhotoVector[], query: KeyedVector, recall: Recall): void {
	const asked = vectorOf(query);
	const scores = new Map(among.map(({ id, keyed }) => [id, cosine(vectorOf(keyed), asked)]));
	const best = [...scores.values()].sort((a, b) => b - a).slice(0, K);
	assert.equal(hits.length, best.length, 'fewer or more hits than there are');
	assert.equal(new Set(hits.map(({ id }) => id)).size, hits.length, 'a photo is found twice');
	for (const { id, score } of hits) {
		const real = scores.get(id);
		assert.ok(
			real !== undefined,
			`${id} is found, but does not satisfy the filter or is not there`,
		);
		assert.ok(Math.abs(real - score) < ROUNDING, `${id} scores ${score} instead of ${real}`);
	}
	// By score, not by id: two photos may be equally near.
	const lowest = best.at(-1) ?? 0;
	recall.add(hits.filter(({ score }) => score > lowest - ROUNDING).length, best.length);
}
