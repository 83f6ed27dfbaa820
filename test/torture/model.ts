import { searchableText } from '../../engine/index/catalogue/searchable-text';
import type { VectorKind } from '../../engine/index/vector-index';
import type { PhotoFacts } from '../../engine/service/contract';
import type { DumpedPhoto, Entry, Payment, Write } from './calls';
import { fingerprint, vectorOf, type KeyedVector } from './keyed-vector';

/** What one photo should look like. Never changed, only replaced. */
export interface PhotoState {
	facts: PhotoFacts;
	/** By model. */
	image: Record<string, KeyedVector>;
	text: Record<string, KeyedVector>;
	owed: boolean;
}

export interface GenerationState {
	kind: VectorKind;
	model: string;
	dimension: number;
	state: 'building' | 'active' | 'retired';
}

const FACTS = [
	...['s3_path', 'etag', 'size', 'width', 'height', 'title', 'description', 'tags', 'people'],
	...['taken_at', 'lat', 'lon', 'metadata'],
] as (keyof PhotoFacts)[];

/** The index as its promises describe it, without any of its code. */
export class Model {
	readonly photos: Map<string, PhotoState>;
	readonly generations: Map<string, GenerationState>;

	constructor(from?: Model) {
		this.photos = new Map(from?.photos);
		this.generations = new Map(from?.generations);
	}

	active(kind: VectorKind): GenerationState | undefined {
		return [...this.generations.values()].find(
			(generation) => generation.kind === kind && generation.state === 'active',
		);
	}

	/** Does what the index should do, and says what it should answer. */
	apply(write: Write): unknown {
		switch (write.do) {
			case 'upsert':
				return write.photos.map((entry) => this.#upsert(entry));
			case 'delete':
				return write.ids.filter((id) => this.photos.delete(id)).sort();
			case 'pay':
				return write.payments.filter((payment) => this.#pay(payment)).length;
		}
	}

	/** The photos a write concerns. */
	static touched(write: Write): string[] {
		if (write.do === 'upsert') return write.photos.map(({ id }) => id);
		if (write.do === 'delete') return write.ids;
		return write.payments.map(({ id }) => id);
	}

	#upsert(entry: Entry): string {
		const wrong = this.#wrongWith(entry.image, 'image') ?? this.#wrongWith(entry.text, 'text');
		if (wrong) return wrong;
		const old = this.photos.get(entry.id);
		const facts = merged(old?.facts, entry);
		const wordsChanged = searchableText(facts) !== searchableText(old?.facts ?? {});
		const state: PhotoState = {
			facts,
			image: replaced(old?.image, entry.image),
			text: replaced(wordsChanged ? {} : old?.text, entry.text),
			owed: false,
		};
		for (const kind of ['image', 'text'] as const) this.#found(entry[kind], kind);
		this.photos.set(entry.id, { ...state, owed: this.#owes(state) });
		return old ? 'updated' : 'created';
	}

	#pay({ id, text, model, dimension }: Payment): boolean {
		const old = this.photos.get(id);
		if (!old?.owed || searchableText(old.facts) !== text) return false;
		const paid = { ...old, text: { [model]: { key: text, model, dimension } } };
		this.#found(paid.text[model], 'text');
		this.photos.set(id, { ...paid, owed: this.#owes(paid) });
		return true;
	}

	/** The first vector of a kind makes its model the one that is searched. */
	#found(vector: KeyedVector | null | undefined, kind: VectorKind): void {
		if (!vector || this.active(kind)) return;
		const { model, dimension } = vector;
		this.generations.set(`${kind} ${model}`, { kind, model, dimension, state: 'active' });
	}

	#owes({ facts, text }: PhotoState): boolean {
		const model = this.active('text')?.model;
		return searchableText(facts) !== '' && (model === undefined || !text[model]);
	}

	#wrongWith(vector: KeyedVector | null | undefined, kind: VectorKind): string | undefined {
		if (!vector) return undefined;
		const generation = this.generations.get(`${kind} ${vector.model}`);
		if (!generation && this.active(kind)) return 'MODEL_MISMATCH';
		const length = vector.dimension + (vector.spoiled === 'too-long' ? 1 : 0);
		if (generation && generation.dimension !== length) return 'VECTOR_LENGTH';
		return vector.spoiled ? 'BAD_VECTOR' : undefined;
	}
}

/** The state in the form of a dump, as text. */
export function expected(id: string, state: PhotoState): string {
	let text = texts.get(state);
	if (text === undefined) {
		const { facts, owed } = state;
		const photo: DumpedPhoto = {
			...{ id, facts: canonical(facts), owed },
			image: fingerprints(state.image),
			text: fingerprints(state.text),
		};
		texts.set(state, (text = asText(photo)));
	}
	return text;
}

const texts = new WeakMap<PhotoState, string>();

export function asText({ id, facts, owed, image, text }: DumpedPhoto): string {
	const sorted = (vectors: Record<string, string>) => Object.entries(vectors).sort();
	return JSON.stringify([id, facts, owed, sorted(image), sorted(text)]);
}

/** Facts in one order of fields, without those that say nothing. */
export function canonical(facts: PhotoFacts): string {
	const told = { tags: [], people: [], metadata: {}, ...facts };
	return JSON.stringify(
		FACTS.flatMap((key) => (told[key] === undefined ? [] : [[key, told[key]]])),
	);
}

function merged(old: PhotoFacts | undefined, entry: Entry): PhotoFacts {
	const facts: Record<string, unknown> = { ...old };
	for (const key of FACTS) {
		if (entry[key] === null) delete facts[key];
		else if (entry[key] !== undefined) facts[key] = entry[key];
	}
	return facts as PhotoFacts;
}

function replaced(
	old: Record<string, KeyedVector> | undefined,
	vector: KeyedVector | null | undefined,
): Record<string, KeyedVector> {
	if (vector === null) return {};
	return vector ? { ...old, [vector.model]: vector } : { ...old };
}

function fingerprints(vectors: Record<string, KeyedVector>): Record<string, string> {
	const all = Object.entries(vectors);
	return Object.fromEntries(all.map(([model, keyed]) => [model, fingerprint(vectorOf(keyed))]));
}
