import type { AlbumRecord } from './album-file';
import type { Moment, Photo, Truth } from './photo';
import type { Random } from './random';
import { capitalised, Teller } from './teller';
import { GERMAN_TEXTS } from './vocabulary/places';
import { DESCRIPTIONS, TITLES, type Template } from './vocabulary/sentences';
import { DEVELOPMENT_SEED, type World } from './world';

/** Shares of the records with something unusual. */
const GERMAN = 0.1;
const DECOMPOSED = 0.1;
const NO_DATE = 0.06;
const NO_COORDINATES = 0.15;
const WITH_ZONE = 0.25;
const NAMED_FILE = 0.2;
const PLURAL_TAGS = 0.35;
/** Degrees around a place; a photo far out is on an excursion. */
const SCATTER = 0.02;
const EXCURSION = 0.25;

const EXTENSIONS = ['jpg', 'jpg', 'jpg', 'jpg', 'jpg', 'JPG', 'jpeg', 'png', 'heic'];

/** Writes records about photos. */
export class Recorder {
	readonly #world: World;
	readonly #random: Random;
	readonly #titles: Template[];
	readonly #descriptions: Template[];
	/** Whoever tags a photo "boats" does not tag the next one "boat". */
	readonly #pluralTags: Set<string>;
	#count = 0;

	constructor(world: World, random: Random, seed: number) {
		this.#world = world;
		this.#random = random;
		const half = (list: Template[]) =>
			seed === DEVELOPMENT_SEED
				? list.slice(0, list.length / 2)
				: random.sample(list, list.length / 2);
		const nouns = [...world.things, ...world.scenes, ...world.occasions].flatMap(
			(concept) => concept.nouns,
		);
		const inPlural = nouns.filter(() => random.chance(PLURAL_TAGS));
		this.#pluralTags = new Set(inPlural.map(({ singular }) => singular));
		this.#titles = half(TITLES);
		this.#descriptions = half(DESCRIPTIONS);
	}

	/** The photo of a moment at one of its times. */
	record(moment: Moment, time: string): Photo {
		const random = this.#random;
		const truth = this.#glimpse(moment);
		const tell = new Teller(truth, this.#world, random);
		const labelled = truth.people.filter(() => random.chance(0.8));
		for (const { id } of labelled) tell.stated.add(id);
		const tags = new Map<string, string>();
		const named = truth.people.filter(
			(person) => person.firstIsUnique || labelled.includes(person),
		);
		const nameable = new Teller({ ...truth, people: named }, this.#world, random);

		const texts = this.#texts(nameable, { ...truth, people: named });
		for (let i = random.below(4); i > 0; i--) {
			const { noun, id } = nameable.noun();
			const word = this.#pluralTags.has(noun.singular) ? noun.plural : noun.singular;
			tags.set(random.chance(0.3) ? capitalised(word) : word, id);
		}
		const s3_path = this.#path(time, nameable);
		const hasZone = random.chance(WITH_ZONE);
		const record: AlbumRecord = {
			id: `p${String(++this.#count).padStart(3, '0')}`,
			...texts,
			tags: [...tags.keys()],
			people: labelled.map(({ full }) => full),
			taken_at: s3_path.includes('/undated/') ? null : time + (hasZone ? truth.place.zone : ''),
			...this.#coordinates(truth),
			s3_path,
		};
		return {
			record,
			truth,
			stated: new Set([...tell.stated, ...nameable.stated]),
			labelled: new Set(labelled.map(({ id }) => id)),
			tags,
		};
	}

	/** What of a moment is in one photo. */
	#glimpse({ occasion, place, people, things, scene }: Moment): Truth {
		const random = this.#random;
		return {
			...{ occasion, place, scene },
			people: random.sample(people, random.below(4)),
			things: random.sample(things, random.between(1, 3)),
		};
	}

	#texts(tell: Teller, truth: Truth): Pick<AlbumRecord, 'title' | 'description'> {
		const random = this.#random;
		const fitting = (templates: Template[]) =>
			templates.filter(({ needs }) => needs !== 'people' || truth.people.length > 0);
		const write = (templates: Template[]) =>
			capitalised(random.pick(fitting(templates)).write(tell));
		const title = random.chance(0.75)
			? (this.#ownScript(tell, truth) ?? write(this.#titles))
			: null;
		if (random.chance(GERMAN)) {
			const word = random.pick(this.#world.germanWords);
			const text = tell.foreign(random.pick(GERMAN_TEXTS)(word), [word]);
			return { title, description: this.#encoded(text) };
		}
		return {
			title: title && this.#encoded(title),
			description: random.chance(0.75) ? this.#encoded(write(this.#descriptions)) : null,
		};
	}

	/** A title as people write it there, where letters are not Latin. */
	#ownScript(tell: Teller, { place }: Truth): string | undefined {
		if (!place.texts || this.#random.chance(0.3)) return undefined;
		const [text, ...words] = this.#random.pick(place.texts);
		return tell.foreign(text, words);
	}

	/** Some programs write ü as u and two dots. */
	#encoded(text: string): string {
		return this.#random.chance(DECOMPOSED) ? text.normalize('NFD') : text;
	}

	#coordinates({ place }: Truth): Pick<AlbumRecord, 'lat' | 'lon'> {
		const random = this.#random;
		if (random.chance(NO_COORDINATES)) return { lat: null, lon: null };
		const reach = random.chance(0.1) ? EXCURSION : SCATTER;
		const near = (degrees: number) => degrees + (random.next() * 2 - 1) * reach;
		const lon = ((near(place.lon) + 540) % 360) - 180;
		return { lat: rounded(near(place.lat)), lon: rounded(lon) };
	}

	/** `s3://photos/2023/06/IMG_0007.jpg`; years and months are by the clock on the wall. */
	#path(time: string, tell: Teller): string {
		const random = this.#random;
		const folder = random.chance(NO_DATE) ? 'undated' : `${time.slice(0, 4)}/${time.slice(5, 7)}`;
		const bucket = random.chance(0.15) ? 'archive' : 'photos';
		const number = `IMG_${String(this.#count + 1).padStart(4, '0')}`;
		const name = random.chance(NAMED_FILE)
			? `${tell.noun().noun.singular.toLowerCase().replaceAll(' ', '-')}-${this.#count + 1}`
			: number;
		return `s3://${bucket}/${folder}/${name}.${random.pick(EXTENSIONS)}`;
	}
}

function rounded(degrees: number): number {
	return Math.round(degrees * 1e5) / 1e5;
}
