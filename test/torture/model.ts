import { searchableText } from '../../engine/index/catalogue/searchable-text';
import type { VectorKind } from '../../engine/index/vector-index';
import type { PhotoFacts } from '../../engine/service/contract';
import type { DumpedPhoto, Entry, Payment, Write } from './calls';
import { Generations } from './generations';
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
	activateWhenComplete: boolean;
}

const FACTS = [
	...['s3_path', 'etag', 'size', 'width', 'height', 'title', 'description', 'tags', 'people'],
	...['taken_at', 'lat', 'lon', 'metadata'],
] as (keyof PhotoFacts)[];

/** The index as its promises describe it, without any of its code. */
export class Model {
	readonly photos: Map<string, PhotoState>;
	readonly generations: Generations;

	constructor(from?: Model) {
		this.photos = new Map(from?.photos);
		this.generations = new Generations(this.photos, from?.generations);
	}

	active(kind: VectorKind): GenerationState | undefined {
		return this.generations.active(kind);
	}

	/** Does what the index should do, and says what it should answer. */
	apply(write: Write): unknown {
		switch (write.do) {
			case 'upsert': {
				const seen = new Set<string>();
				const answers = write.photos.map((entry) => this.#upsert(entry, seen));
				this.#settle();
				return answers;
			}
			case 'delete': {
				const gone = write.ids.filter((id) => this.photos.delete(id)).sort();
				this.#settle();
				return gone;
			}
			case 'pay': {
				const active = this.active('text');
				if (active && write.payments.some(({ model }) => model !== active.model)) {
					return 'MODEL_MISMATCH';
				}
				const kept = write.payments.filter((payment) => this.#pay(payment)).length;
				this.#settle();
				return kept;
			}
			case 'begin':
				return this.generations.begin(write);
			case 'activate': {
				const answer = this.generations.activate(write.kind, write.model, write.incomplete);
				this.#settle();
				this.#settleDebts();
				return answer;
			}
			case 'drop': {
				const answer = this.generations.drop(write.kind, write.model);
				if (answer === 'dropped') this.#dropVectors(write.kind, write.model);
				return answer;
			}
		}
	}

	/** Does the same, and says which photos may have changed by it. */
	applied(write: Write): string[] {
		const searched = this.active('text');
		this.apply(write);
		const ids = touchedBy(write);
		// What is owed depends on which texts are searched.
		if (ids && searched?.model === this.active('text')?.model) return ids;
		return [...(ids ?? []), ...this.photos.keys()];
	}

	#upsert(entry: Entry, seen: Set<string>): string {
		const { image, text } = entry;
		if (isNoVector(image) || isNoVector(text)) return 'BAD_VECTOR';
		if (seen.has(entry.id)) return 'BAD_REQUEST';
		seen.add(entry.id);
		const wrong = this.#wrongWith(image, 'image') ?? this.#wrongWith(text, 'text');
		if (wrong) return wrong;
		const old = this.photos.get(entry.id);
		const facts = merged(old?.facts, entry);
		const wordsChanged = searchableText(facts) !== searchableText(old?.facts ?? {});
		const newFile =
			entry.image && entry.etag && old?.facts.etag !== undefined && old.facts.etag !== entry.etag;
		for (const kind of ['image', 'text'] as const) this.#found(entry[kind], kind);
		const state: PhotoState = {
			facts,
			image: replaced(newFile ? {} : old?.image, entry.image),
			text: replaced(wordsChanged ? {} : old?.text, entry.text),
			owed: false,
		};
		this.photos.set(entry.id, { ...state, owed: this.#owes(state) });
		return old ? 'updated' : 'created';
	}

	#pay({ id, text, model, dimension }: Payment): boolean {
		const old = this.photos.get(id);
		if (!old?.owed || searchableText(old.facts) !== text) return false;
		const keyed = { key: text, model, dimension };
		this.#found(keyed, 'text');
		this.photos.set(id, { ...old, text: { ...old.text, [model]: keyed }, owed: false });
		return true;
	}

	/** The first vector of a kind makes its model the one that is searched. */
	#found(vector: KeyedVector | null | undefined, kind: VectorKind): void {
		if (!vector || this.active(kind)) return;
		const { model, dimension } = vector;
		this.generations.begin({ kind, model, dimension, activateWhenComplete: false });
	}

	#settle(): void {
		if (this.generations.settle()) this.#settleDebts();
	}

	/** Words are owed to the active generation, which may be another one now. */
	#settleDebts(): void {
		for (const [id, state] of this.photos) {
			const owed = this.#owes(state);
			if (owed !== state.owed) this.photos.set(id, { ...state, owed });
		}
	}

	#owes({ facts, text }: PhotoState): boolean {
		const model = this.active('text')?.model;
		return searchableText(facts) !== '' && (model === undefined || !text[model]);
	}

	#dropVectors(kind: VectorKind, model: string): void {
		for (const [id, state] of this.photos) {
			if (!state[kind][model]) continue;
			const kept = { ...state[kind] };
			delete kept[model];
			this.photos.set(id, { ...state, [kind]: kept });
		}
	}

	#wrongWith(vector: KeyedVector | null | undefined, kind: VectorKind): string | undefined {
		if (!vector) return undefined;
		const generation = this.generations.find(kind, vector.model);
		if (!generation && this.active(kind)) return 'MODEL_MISMATCH';
		const length = vector.dimension + (vector.spoiled === 'too-long' ? 1 : 0);
		return generation && generation.dimension !== length ? 'VECTOR_LENGTH' : undefined;
	}
}

/** The photos a write names; `undefined` if it concerns all of them. */
function touchedBy(write: Write): string[] | undefined {
	if (write.do === 'upsert') return write.photos.map(({ id }) => id);
	if (write.do === 'delete') return write.ids;
	if (write.do === 'pay') return write.payments.map(({ id }) => id);
	return undefined;
}

const isNoVector = (vector: KeyedVector | null | undefined) =>
	vector?.spoiled === 'not-finite' || vector?.spoiled === 'zero';

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
