/** One word of a term among the candidates. */
export interface WordMatches {
	/** Share of all photos that have the word, 0…1. */
	share: number;
	/** The candidates that have it. */
	photos: ReadonlySet<string>;
}

/** A relevant photo that was written about has a given word of the query this often: 0.33–0.40. */
const HAS_WORD = 0.4;

/**
 * Words of a sentence come together, and the vectors have heard them too: counted in full, their
 * evidence would be counted twice.
 */
const INDEPENDENCE = 0.4;

/** Rarer words are as telling as one of half a photo. */
const LEAST_PHOTOS = 0.5;

/**
 * The binary independence model (Robertson and Spärck Jones): each word that a photo has or lacks
 * multiplies the odds by how much oftener relevant photos have or lack it than photos at large. Words
 * that photos at large have as often say nothing.
 *
 * @returns log-likelihood ratio, natural
 */
export function wordEvidence(photo: string, words: readonly WordMatches[], photos: number): number {
	let sum = 0;
	for (const { share, photos: having } of words) {
		const usual = Math.max(share, LEAST_PHOTOS / Math.max(1, photos));
		if (usual >= HAS_WORD) continue;
		sum += having.has(photo) ? Math.log(HAS_WORD / usual) : Math.log((1 - HAS_WORD) / (1 - usual));
	}
	return INDEPENDENCE * sum;
}

/**
 * How often a photo that has every word of a term, written so, is meant by it. Depends on how close
 * its words are to those that were typed: as typed, a synonym, a beginning, misspelt.
 */
export function completeProbability(closeness: number): number {
	return COMPLETE.find(([from]) => closeness >= from)![1];
}

const COMPLETE = [
	[0.95, 0.97],
	[0.75, 0.93],
	[0.55, 0.88],
	[-Infinity, 0.85],
] as const;
