import type { Ranked } from './fusion';

/** A result, and the near-duplicates that stand behind it. */
export interface Folded extends Ranked {
	duplicates: string[];
}

/**
 * Cosine from which on two pictures are the same to a viewer: another size, another compression, the
 * next frame of a burst. Different pictures of the same thing stay below.
 */
export const SAME_PICTURE = 0.97;

/**
 * Folds each photo into the first before it that is nearly the same picture.
 *
 * @param ranked best first
 * @param vectors unit length, by id; a photo without one stays by itself
 * @param shown only the first so many that stay by themselves have others folded into them: those
 *   behind them are not seen yet
 */
export function foldDuplicates(
	ranked: readonly Ranked[],
	vectors: ReadonlyMap<string, Float32Array>,
	shown: number,
): Folded[] {
	const folded: Folded[] = [];
	for (const entry of ranked) {
		const vector = vectors.get(entry.id);
		const isSame = ({ id }: Folded) => {
			const other = vectors.get(id);
			return vector !== undefined && other !== undefined && cosine(vector, other) >= SAME_PICTURE;
		};
		const same = vector && folded.slice(0, shown).find(isSame);
		if (same) same.duplicates.push(entry.id);
		else folded.push({ ...entry, duplicates: [] });
	}
	return folded;
}

function cosine(a: Float32Array, b: Float32Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
	return sum;
}
