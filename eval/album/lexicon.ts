import type { Photo } from './photo';
import { plain, tokens } from './tokens';
import type { World } from './world';

/**
 * What words mean in an album: everything that goes by a name. "Rose" is a woman and a flower, "Pat"
 * is everybody of that name.
 */
export class Lexicon {
	readonly #meanings = new Map<string, Set<string>>();

	constructor(world: World) {
		const concepts = [
			...[...world.things, ...world.scenes, ...world.occasions, world.newYear],
			...world.wordsThatAreNames,
		];
		for (const { id, nouns } of concepts) {
			for (const { singular, plural } of nouns) this.#add(id, singular, plural);
		}
		for (const { id, first, last, full } of world.people) {
			this.#add(id, first, last, full, `${first} ${last}`);
		}
		for (const { id, name, texts = [] } of world.places) {
			this.#add(id, name);
			for (const [, ...words] of texts) for (const word of words) this.#add(word, word);
		}
		for (const word of world.germanWords) this.#add(word, word);
	}

	/** Ids of what a word can mean; none for words that are not the album's. */
	meanings(word: string): Set<string> {
		return this.#meanings.get(key(word)) ?? new Set();
	}

	/** Whether a photo's record names something that the word can mean. */
	names(photo: Photo, word: string): boolean {
		return [...this.meanings(word)].some((id) => photo.stated.has(id));
	}

	/** Every name, folded. */
	words(): string[] {
		return [...this.#meanings.keys()];
	}

	#add(id: string, ...names: string[]): void {
		for (const name of names) {
			const known = this.#meanings.get(key(name));
			if (known) known.add(id);
			else this.#meanings.set(key(name), new Set([id]));
		}
	}
}

function key(name: string): string {
	return tokens(plain(name)).join(' ');
}

/**
 * Words of a record that are a name in the lexicon, of nothing that the record is known to state. Such
 * a word would make the truth of the album false.
 */
export function unintended(photo: Photo, lexicon: Lexicon): string[] {
	const { title, description, tags, people, s3_path } = photo.record;
	const file = s3_path?.slice(s3_path.lastIndexOf('/') + 1);
	const written = [title, description, ...tags, ...people, file].filter((text) => text != null);
	return written
		.flatMap(tokens)
		.filter((word) => lexicon.meanings(word).size > 0 && !lexicon.names(photo, word));
}
