import type { OwedText, VectorKind } from '../../engine/index/vector-index';
import type { Entry, Payment, Write } from './calls';
import type { KeyedVector } from './keyed-vector';
import type { Model } from './model';
import type { Random } from './random';

/** Tags `group0` to `group9` part the photos, for filters. */
export const GROUPS = 10;

const SUBJECTS = ['harbour', 'garden', 'mountain', 'kitchen', 'station', 'meadow'];
const PEOPLE = ['Pat', 'Jack', 'Zoë', 'Иван', '久美子'];

/** The share of writes that are about generations. */
const GENERATIONS = 0.12;
/** Photos embedded anew at a time. */
const FILL = 80;

/** The share of batches in which one item is wrong. */
const SPOILED = 0.05;
const MAX_BATCH = 24;

type Beginning = Extract<Write, { do: 'begin' }>;

/** Draws what to write next; the photos' number swings about what was asked for. */
export class Workload {
	readonly #random: Random;
	readonly #photos: number;
	#version = 0;

	/** @param photos how many the index should hold */
	constructor(random: Random, photos: number) {
		this.#random = random;
		this.#photos = photos;
	}

	/** @param model as it will be once everything that was sent is done */
	next(model: Model): Write {
		const random = this.#random;
		const ids = [...model.photos.keys()];
		const full = ids.length / this.#photos;
		const generation = random.chance(GENERATIONS) ? this.#generation(model) : undefined;
		if (generation) return generation;
		if (ids.length < 20 || random.chance(full < 1 ? 0.5 : 0.1)) return this.#create(model);
		if (random.chance(full > 1.2 ? 0.3 : 0.1)) return this.#deletion(model, ids);
		return this.#update(model, ids);
	}

	/** Pays some of what is owed. */
	payment(owed: OwedText[], model: Model): Write {
		const { model: name, dimension } = this.textModel(model);
		const payments = owed.map(({ id, revision, text }): Payment => {
			return { id, revision, text, model: name, dimension };
		});
		return { do: 'pay', payments };
	}

	textModel(model: Model): { model: string; dimension: number } {
		return model.active('text') ?? { model: 'words@1', dimension: 24 };
	}

	imageModel(model: Model): { model: string; dimension: number } {
		return model.active('image') ?? { model: 'vision@1', dimension: 32 };
	}

	/** Begins, fills, activates or drops one; `undefined` if it is too early. */
	#generation(model: Model): Write | undefined {
		const random = this.#random;
		const kind = random.pick(['image', 'text'] as const);
		const active = model.active(kind);
		if (!active || model.photos.size < this.#photos / 4) return undefined;
		const others = model.generations.all.filter((row) => row.kind === kind && row !== active);
		if (others.length === 0 || (others.length < 2 && random.chance(0.1))) {
			return this.#beginning(kind, random.chance(0.6));
		}
		const one = random.pick(others);
		if (random.chance(0.1)) return { do: 'drop', kind, model: one.model };
		if (random.chance(0.15)) {
			// An almost empty one would leave little to search.
			const missing = model.generations.missing(one) / model.generations.vectors(active);
			const incomplete = missing < 0.5 && random.chance(0.5);
			return { do: 'activate', kind, model: one.model, incomplete };
		}
		return this.fill(model, kind, one.model);
	}

	/** One that is not searched, also once it is filled; `undefined` if nothing is. */
	spareGeneration(model: Model): Beginning | undefined {
		const kind = this.#random.pick(['image', 'text'] as const);
		const active = model.active(kind);
		if (!active) return undefined;
		const spare = model.generations.all.find(
			(row) => row.kind === kind && row !== active && !row.activateWhenComplete,
		);
		return spare ? { ...spare, do: 'begin' } : this.#beginning(kind, false);
	}

	/** Embeds photos anew for a generation; `undefined` if it lacks none. */
	fill(model: Model, kind: VectorKind, name: string): Write | undefined {
		const active = model.active(kind)!;
		const one = model.generations.find(kind, name)!;
		const missing = [...model.photos].filter(
			([, photo]) => photo[kind][active.model] && !photo[kind][name],
		);
		const photos = missing.slice(0, FILL).map(([id]): Entry => {
			return { id, [kind]: this.#vector(`${kind} ${id} of ${name}`, one) };
		});
		return photos.length > 0 ? { do: 'upsert', photos } : undefined;
	}

	#beginning(kind: VectorKind, activateWhenComplete: boolean): Beginning {
		const model = `${kind === 'image' ? 'vision' : 'words'}@${++this.#version}`;
		const dimension = this.#random.pick([24, 32, 40]);
		return { do: 'begin', kind, model, dimension, activateWhenComplete };
	}

	#create(model: Model): Write {
		const count = this.#random.int(1, MAX_BATCH);
		const photos: Entry[] = [];
		for (let i = 0; i < count; i++) {
			const id = idOf(this.#newNumber(model, photos));
			photos.push(this.#wholeEntry(id, model));
		}
		return { do: 'upsert', photos: this.#spoiled(photos, model) };
	}

	#update(model: Model, ids: string[]): Write {
		const some = this.#random.some(ids, this.#random.int(1, MAX_BATCH));
		const photos = some.map((id) =>
			this.#random.chance(0.4) ? this.#wholeEntry(id, model) : this.#partialEntry(id, model),
		);
		return { do: 'upsert', photos: this.#spoiled(photos, model) };
	}

	#deletion(model: Model, ids: string[]): Write {
		const chosen = this.#random.some(ids, this.#random.int(1, 12));
		// One that is not there.
		if (this.#random.chance(0.2)) chosen.push(idOf(this.#newNumber(model, [])));
		return { do: 'delete', ids: chosen };
	}

	/** Every field of a version. */
	#wholeEntry(id: string, model: Model): Entry {
		const version = ++this.#version;
		const owed = this.#random.chance(0.3);
		return {
			id,
			...this.#words(id, version),
			...this.#file(id, version),
			metadata: { version, camera: `camera ${version % 7}`, nested: { id } },
			image: this.#vector(`image ${id} ${version}`, this.imageModel(model)),
			...(owed ? {} : { text: this.#vector(`text ${id} ${version}`, this.textModel(model)) }),
		};
	}

	/** Some fields of a version; the others stay. */
	#partialEntry(id: string, model: Model): Entry {
		const version = ++this.#version;
		const entry: Entry = { id };
		const parts = this.#random.some(
			['words', 'metadata', 'image', 'text', 'no words', 'no image', 'no text', 'place'],
			this.#random.int(1, 3),
		);
		for (const part of parts) {
			if (part === 'words') Object.assign(entry, this.#words(id, version));
			else if (part === 'metadata') entry.metadata = { version };
			else if (part === 'image')
				entry.image = this.#vector(`image ${id} ${version}`, this.imageModel(model));
			else if (part === 'text')
				entry.text = this.#vector(`text ${id} ${version}`, this.textModel(model));
			else if (part === 'no words') Object.assign(entry, { title: null, description: null });
			else if (part === 'no image') entry.image = null;
			else if (part === 'no text') entry.text = null;
			else Object.assign(entry, { lat: (version % 900) / 10, lon: null });
		}
		return entry;
	}

	#words(id: string, version: number): Partial<Entry> {
		return {
			title: `${wordOf(id, version)} ${this.#random.pick(SUBJECTS)}`,
			description: `Seen at the ${this.#random.pick(SUBJECTS)}, version ${version}`,
			tags: [`group${this.#random.int(0, GROUPS - 1)}`, `V${version}`],
			people: this.#random.some(PEOPLE, this.#random.int(0, 2)),
		};
	}

	#file(id: string, version: number): Partial<Entry> {
		return {
			s3_path: `s3://bucket/2026/${id}.jpg`,
			etag: `etag-${version}`,
			size: 1000 + version,
			width: 4000,
			height: 3000,
			taken_at: new Date(Date.UTC(2020, 0, 1) + version * 3_600_000).toISOString(),
			lat: (version % 900) / 10,
			lon: -(version % 1800) / 10,
		};
	}

	#vector(key: string, { model, dimension }: { model: string; dimension: number }): KeyedVector {
		return { key, model, dimension };
	}

	/** Now and then one item of a batch is wrong: the others must not notice. */
	#spoiled(photos: Entry[], model: Model): Entry[] {
		// The first vector of all decides what is right.
		if (!model.active('image') || !this.#random.chance(SPOILED)) return photos;
		const victim = this.#random.pick(photos);
		if (this.#random.chance(0.3)) return [...photos, { ...victim, title: 'the same once more' }];
		if (victim.image) {
			const spoiled = this.#random.pick(['not-finite', 'too-long', 'zero'] as const);
			victim.image = { ...victim.image, spoiled };
		} else victim.image = { key: victim.id, model: 'unheard-of@1', dimension: 32 };
		return photos;
	}

	/** A photo that is not there and not about to be. */
	#newNumber(model: Model, planned: Entry[]): number {
		for (;;) {
			const number = this.#random.int(1, 20 * this.#photos);
			const id = idOf(number);
			if (!model.photos.has(id) && !planned.some((entry) => entry.id === id)) return number;
		}
	}
}

/** Some with more than ASCII. */
function idOf(number: number): string {
	return number % 5 === 0 ? `фото/${number} “ß” 📷` : `photo-${number}`;
}

/** A word that only this version of this photo has. */
export function wordOf(id: string, version: number): string {
	return `w${/\d+/.exec(id)![0]}v${version}`;
}
