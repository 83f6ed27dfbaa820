import { KNOWN_WORDS } from '../../engine/words/data/known-words';
import type { PhotoRecord } from '../../engine/index/vector-index';
import { uniformOf } from '../index/random';
import { BLOCK, DIMENSION, VectorMaker } from '../index/vector-maker';

/** What queries to a text model are embedded with, by the name that Ollama knows it by. */
export const TEXT_MODEL = 'nomic-embed-text';

/** Words that three photos of ten have, each by itself. */
export const EVERYWHERE = [
	...['people', 'street', 'water', 'tree', 'house'],
	...['dog', 'red', 'sunny', 'sky', 'window'],
];
const EVERYWHERE_SHARE = 0.3;

/** First names and surnames; every pair is a person. */
export const FIRST_NAMES = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal'];
const SURNAMES = ['Novak', 'Moser', 'Lang', 'Okafor', 'Rossi', 'Sato', 'Weiss', 'Yilmaz'];
const PERSON_SHARE = 0.3;

/** Zipf's law, flattened for the commonest by Mandelbrot's shift: a photo in thirty has the first. */
const SHIFT = 30;
const TITLE_WORDS = 2;
const DESCRIPTION_WORDS = 6;
const TAG_WORDS = 3;
/** Tags come from the commonest words. */
const TAG_VOCABULARY = 2_000;

const FIRST_DAY = Date.UTC(2005, 0, 1);
const TAKEN_SPAN_MS = 20 * 365.25 * 86_400_000;

const SALT = { word: 101, everywhere: 201, person: 301, name: 311, taken: 321, vocabulary: 331 };

/** Words that join, leave out or narrow, where somebody writes them in a query. */
const SAID_OTHERWISE = new Set(['with', 'without', 'near', 'like', 'before', 'after', 'year']);

/** English words in an order by chance, which is that of their frequency here. */
const VOCABULARY = KNOWN_WORDS.split(/\s+/)
	.filter((word) => /^[a-z]{4,}$/.test(word) && !SAID_OTHERWISE.has(word))
	.map((word, i) => ({ word, place: uniformOf(i, SALT.vocabulary) }))
	.sort((a, b) => a.place - b.place)
	.map(({ word }) => word);

/** A word as often as the album has it. @param chance 0 up to 1 */
export function wordAt(chance: number, among = VOCABULARY.length): string {
	const rank = SHIFT * ((among + SHIFT) / SHIFT) ** chance - SHIFT;
	return VOCABULARY[Math.min(among - 1, Math.floor(rank))]!;
}

/** A tag as often as the album has it. */
export function tagAt(chance: number): string {
	return wordAt(chance, TAG_VOCABULARY);
}

/** Photos with words, people, dates and both vectors. */
export class Album {
	readonly #image = new VectorMaker('image');
	readonly #text = new VectorMaker('text');
	readonly #model: string;
	readonly #dimension: number;

	/**
	 * @param model that the image vectors are said to be of, with revision
	 * @param dimension of its vectors
	 */
	constructor(model: string, dimension: number) {
		this.#model = model;
		this.#dimension = dimension;
	}

	/** The photos of a block of {@link BLOCK} that are below `n`. */
	read(block: number, n: number): (PhotoRecord & { id: string })[] {
		const first = block * BLOCK;
		const count = Math.max(0, Math.min(BLOCK, n - first));
		const image = new Float32Array(count * DIMENSION);
		const text = new Float32Array(count * DIMENSION);
		this.#image.fill(image, 'photos', block);
		this.#text.fill(text, 'photos', block);
		return Array.from({ length: count }, (_, i) => {
			const [from, to] = [i * DIMENSION, (i + 1) * DIMENSION];
			return {
				...photoOf(first + i),
				image: { vector: unit(image.slice(from, to), this.#dimension), model: this.#model },
				text: { vector: text.slice(from, to), model: TEXT_MODEL },
			};
		});
	}
}

/** The first numbers of a vector, at unit length. */
function unit(vector: Float32Array, dimension: number): Float32Array {
	if (dimension === vector.length) return vector;
	if (dimension > vector.length) throw new Error(`There are no vectors of ${dimension} here.`);
	const part = vector.slice(0, dimension);
	const length = Math.hypot(...part);
	return part.map((value) => value / length);
}

function photoOf(row: number): PhotoRecord & { id: string } {
	let drawn = 0;
	const words = (count: number, pick: (chance: number) => string) =>
		Array.from({ length: count }, () => pick(uniformOf(row, SALT.word + drawn++)));
	const everywhere = EVERYWHERE.filter(
		(_, i) => uniformOf(row, SALT.everywhere + i) < EVERYWHERE_SHARE,
	);
	const people = [0, 1]
		.filter((nth) => uniformOf(row, SALT.person + nth) < PERSON_SHARE)
		.map((nth) => personAt(uniformOf(row, SALT.name + nth)));
	const id = `bench/${Math.floor(row / 1_000)}/IMG_${String(row).padStart(7, '0')}.jpg`;
	return {
		id,
		s3_path: `s3://${id}`,
		width: 4_032,
		height: 3_024,
		title: words(TITLE_WORDS, wordAt).join(' '),
		description: `a ${[...words(DESCRIPTION_WORDS, wordAt), ...everywhere].join(' and the ')}`,
		tags: [...new Set(words(TAG_WORDS, tagAt))],
		people: [...new Set(people)],
		taken_at: new Date(
			FIRST_DAY + Math.floor(TAKEN_SPAN_MS * uniformOf(row, SALT.taken)),
		).toISOString(),
	};
}

function personAt(chance: number): string {
	const nth = Math.floor(chance * FIRST_NAMES.length * SURNAMES.length);
	return `${FIRST_NAMES[nth % FIRST_NAMES.length]} ${SURNAMES[Math.floor(nth / FIRST_NAMES.length)]}`;
}
