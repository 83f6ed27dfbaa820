import type { Truth } from './photo';
import type { Random } from './random';
import type { Concept, Noun, World } from './world';

/**
 * Puts what is in a photo into words, by one of its names or another, and remembers what it has named.
 */
export class Teller {
	readonly stated = new Set<string>();
	readonly #truth: Truth;
	readonly #world: World;
	readonly #random: Random;

	constructor(truth: Truth, world: World, random: Random) {
		this.#truth = truth;
		this.#world = world;
		this.#random = random;
	}

	/** A dog, two dogs, the old dogs. */
	thing(): string {
		const concept = this.#random.pick(this.#truth.things);
		const { singular, plural } = this.#noun(concept);
		// "The roses" have a plural; "May" has none.
		if (singular === plural) return singular;
		const adjective = this.#random.chance(0.4)
			? `${this.#random.pick(this.#world.adjectives)} `
			: '';
		const counted = [
			...[withArticle(`${adjective}${singular}`), withArticle(`${adjective}${singular}`)],
			...[`the ${adjective}${singular}`, `our ${adjective}${singular}`],
			...[`two ${adjective}${plural}`, `${adjective}${plural}`, `the ${adjective}${plural}`],
		];
		return this.#random.pick(counted);
	}

	/** The beach. */
	scene(): string {
		return `the ${this.#noun(this.#truth.scene).singular}`;
	}

	/** Christmas, wedding. */
	occasion(): string {
		return this.#noun(this.#truth.occasion).singular;
	}

	place(): string {
		this.stated.add(this.#truth.place.id);
		return this.#truth.place.name;
	}

	/** First names of some who are there. */
	people(): string {
		const shown = this.#random.sample(this.#truth.people, this.#random.between(1, 3));
		for (const { id } of shown) this.stated.add(id);
		const firsts = shown.map(({ first }) => first);
		const last = firsts.pop()!;
		return firsts.length > 0 ? `${firsts.join(', ')} and ${last}` : last;
	}

	/** Pat's dog, Pat’s dogs. */
	belonging(): string {
		const { id, first } = this.#random.pick(this.#truth.people);
		this.stated.add(id);
		const { singular, plural } = this.#noun(this.#random.pick(this.#truth.things));
		return `${first}${this.#random.pick(["'", '’'])}s ${this.#random.pick([singular, plural])}`;
	}

	/** A name of something for a tag or a file, and the concept that it is of. */
	noun(): { noun: Noun; id: string } {
		const { things, scene, occasion } = this.#truth;
		const concept = this.#random.pick([...things, scene, occasion]);
		return { noun: this.#noun(concept), id: concept.id };
	}

	/** Something written in another language, that can be found by these words. */
	foreign(text: string, words: string[]): string {
		for (const word of words) this.stated.add(word);
		for (const word of words) {
			if (word === this.#truth.place.name) this.stated.add(this.#truth.place.id);
		}
		return text;
	}

	#noun(concept: Concept): Noun {
		this.stated.add(concept.id);
		return this.#random.pick(concept.nouns);
	}
}

/** Sentences' first letters. */
export function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A dog, an owl. */
export function withArticle(noun: string): string {
	return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}
