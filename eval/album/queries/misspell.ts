import { plain, tokens } from '../tokens';
import type { Random } from '../random';
import type { Material } from './questions';

/** Shorter words are other words already with one letter changed. */
const MIN_LENGTH = 5;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const TRIES = 20;

/**
 * A word with one letter wrong, missing, doubled or swapped with the next, that is no other word of
 * the album and like none; undefined for words that cannot be.
 */
export function misspelt(word: string, { photos, lexicon, random }: Material): string | undefined {
	if (word.length < MIN_LENGTH || !/^[a-z]+$/i.test(word)) return undefined;
	const meant = lexicon.meanings(word);
	const others = new Set(
		[...lexicon.words(), ...photos.flatMap(({ record }) => wordsOf(record))].filter((other) =>
			[...lexicon.meanings(other)].every((id) => !meant.has(id)),
		),
	);
	for (let i = 0; i < TRIES; i++) {
		const wrong = withOneWrong(word, random);
		const allowed = wrong.length >= 8 ? 2 : 1;
		const isWord = wrong.toLowerCase() === word.toLowerCase();
		const isLike = [...others].some((other) => isWithin(wrong.toLowerCase(), other, allowed));
		if (!isWord && !isLike && lexicon.meanings(wrong).size === 0) return wrong;
	}
	return undefined;
}

function wordsOf({ title, description, tags, people }: Material['photos'][number]['record']) {
	return [title, description, ...tags, ...people].flatMap((text) => tokens(plain(text ?? '')));
}

function withOneWrong(word: string, random: Random): string {
	const at = random.between(1, word.length - 2);
	const [before, letter, after] = [word.slice(0, at), word[at]!, word.slice(at + 1)];
	return random.pick([
		before + random.pick([...LETTERS]) + after,
		before + after,
		before + letter + letter + after,
		before + after[0] + letter + after.slice(1),
	]);
}

/** Damerau–Levenshtein distance (neighbours swapped count one) of at most `most`. */
function isWithin(a: string, b: string, most: number): boolean {
	if (Math.abs(a.length - b.length) > most) return false;
	let [older, old]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1] ? 0 : 1;
			row[j] = Math.min(old[j]! + 1, row[j - 1]! + 1, old[j - 1]! + same);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
				row[j] = Math.min(row[j]!, older[j - 2]! + 1);
			}
		}
		[older, old] = [old, row];
	}
	return old[b.length]! <= most;
}
