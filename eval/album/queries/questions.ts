import type { AlbumQuery } from '../album-file';
import type { Lexicon } from '../lexicon';
import type { Photo } from '../photo';
import type { Random } from '../random';
import type { Concept, Noun, Person, World } from '../world';

export type Holds = (photo: Photo) => boolean;

/** Something that is asked for, and the photos whose records say it. */
export interface Term {
	text: string;
	holds: Holds;
}

/** What a rule makes questions from. */
export interface Material {
	world: World;
	photos: Photo[];
	lexicon: Lexicon;
	random: Random;
}

interface Answer {
	/** Absent where words mean nothing, and must only do no harm. */
	relevant?: Holds;
	/** Those of which it would be plainly wrong to be found. */
	absent?: Holds;
	sort?: AlbumQuery['sort'];
}

/** So many of the photos that would be wrong are named, at most. */
const ABSENT = 12;

/** Collects questions; one that was asked before is not asked again. */
export class Questions {
	readonly list: AlbumQuery[] = [];
	readonly #asked = new Set<string>();
	readonly #material: Material;

	constructor(material: Material) {
		this.#material = material;
	}

	/** @returns whether it is a new one */
	ask(of: string, q: string, { relevant, absent, sort }: Answer): boolean {
		const key = `${q}\n${sort}`;
		if (this.#asked.has(key)) return false;
		this.#asked.add(key);
		const { photos, random } = this.#material;
		const ids = (holds: Holds) => photos.filter(holds).map(({ record }) => record.id);
		this.list.push({
			q,
			...(relevant && { relevant: ids(relevant) }),
			absent: absent
				? random
						.sample(
							ids((photo) => absent(photo) && !relevant?.(photo)),
							ABSENT,
						)
						.sort()
				: [],
			...(sort && { sort }),
			class: of,
		});
		return true;
	}

	/** Tries a rule until it has made so many questions of a class; it answers whether it made one. */
	make(count: number, rule: () => boolean): void {
		for (let tries = 0, made = 0; made < count && tries < count * 50; tries++) {
			if (rule()) made++;
		}
	}
}

export const everyOne =
	(terms: Term[]): Holds =>
	(photo) =>
		terms.every(({ holds }) => holds(photo));

export const not =
	(holds: Holds): Holds =>
	(photo) =>
		!holds(photo);

/** Words for the terms of a question, and what they mean. */
export class Vocabulary {
	readonly #material: Material;

	constructor(material: Material) {
		this.#material = material;
	}

	/** Whatever is called by a word. */
	word(text: string): Term {
		return { text, holds: (photo) => this.#material.lexicon.names(photo, text) };
	}

	/** By the people of a record, whatever its texts say. */
	person({ id, full }: Person, text = full): Term {
		return { text, holds: (photo) => photo.labelled.has(id) };
	}

	/** Everything that can be in a photo, besides people and places. */
	concepts(): Concept[] {
		const { things, scenes, occasions } = this.#material.world;
		return [...things, ...scenes, ...occasions];
	}

	/** One that so many records name, at least, and a name of it to ask by. */
	common(least = 3): { concept: Concept; noun: Noun; term: Term } {
		const { random, photos } = this.#material;
		for (;;) {
			const concept = random.pick(this.concepts());
			const noun = random.pick(concept.nouns.filter(({ asked }) => asked));
			const term = this.word(noun.singular);
			if (photos.filter(term.holds).length >= least) return { concept, noun, term };
		}
	}

	/** Things that the record of a photo names, by one or another name. */
	thingsIn({ stated }: Photo): Term[] {
		return this.#material.world.things
			.filter(({ id }) => stated.has(id))
			.map(({ nouns }) => this.word(this.#material.random.pick(asked(nouns)).singular));
	}

	/** People in the record of a photo, by first name. */
	peopleIn({ labelled }: Photo): Term[] {
		return this.#material.world.people
			.filter(({ id }) => labelled.has(id))
			.map(({ first }) => this.word(first));
	}
}

export function asked(nouns: Noun[]): Noun[] {
	return nouns.filter((noun) => noun.asked);
}
