import type { Background } from '../index/vector-index';
import { probability } from './normal';

/** A query's cosines over photos that do not show what it asks for. */
export interface Unrelated {
	mean: number;
	std: number;
	/** Vectors the estimate rests on. */
	count: number;
	/** Of all photos, those that show it, 0…1; 0 where they are not many enough to be seen. */
	share?: number;
}

/** Two kinds of photos: so many stand so far above the others, in deviations of the others. */
interface Mixture {
	share: number;
	distance: number;
	spread: number;
	/** Deviation of both together. */
	total: number;
}

/** Of what more than half of all photos show, they are the background. */
const SHARES = [0.02, 0.04, 0.08, 0.16, 0.25, 0.35, 0.5];

/**
 * Where photos stand that show what a word says: the 28 of a hundred that show a dog stand 4.3–4.7 ±
 * 1.0 above the others (CLIP ViT-B/32, mean of the captions that say it), those that a caption is about
 * 3.5 ± 0.75.
 */
const SHOWN = [
	{ distance: 3, spread: 0.9 },
	{ distance: 4, spread: 0.9 },
	{ distance: 5, spread: 1 },
];

/** And those that only have something in common with it: 1–2.5, as boys and water do of their words. */
const AKIN = [
	{ distance: 1.5, spread: 1 },
	{ distance: 2, spread: 1 },
	{ distance: 2.5, spread: 1 },
];

/** Before anything is known, one word of twenty is of something that many photos show. */
const PRIOR_ODDS = 1 / 20;

/** So few cosines have no shape. */
const LEAST_COUNT = 50;

/** Keeps one photo that nothing explains from deciding. */
const LEAST_DENSITY = 1e-9;

/** Deviations that a cell of the histogram is wide: a sixth of those of either kind at most. */
const CELL = 0.08;

const mixtures = (kinds: typeof SHOWN): Mixture[] =>
	kinds.flatMap(({ distance, spread }) =>
		SHARES.map((share) => {
			const others = 1 - share;
			const variance = others + share * spread ** 2 + share * others * distance ** 2;
			return { share, distance, spread, total: Math.sqrt(variance) };
		}),
	);

const COMMON = mixtures(SHOWN);
const USUAL: Mixture[] = [{ share: 0, distance: 0, spread: 1, total: 1 }, ...mixtures(AKIN)];

/**
 * The background of a word without the photos that show what it says: where a quarter do, they raise
 * its mean and treble its variance, and do not stand out of themselves. Every mixture that is tried
 * has the mean and the deviation of the sample; how well it explains the sample's shape says how
 * likely it is (Bayes), and what they say is averaged. Where none stand apart, all stays as it was.
 *
 * Not for a sentence: what many photos show of that is its most frequent part only.
 *
 * @param ratio log-likelihood ratio of a cosine by the model's own sigmoid, if it has one: photos that
 *   stand apart need not be what was asked for
 */
export function withoutShown(
	background: Background,
	ratio: (cosine: number) => number = () => Infinity,
): Unrelated {
	const { mean, std, count, sample } = background;
	if (count < LEAST_COUNT || std === 0) return { mean, std, count };
	const cells = histogram(sample, mean, std);
	const usual = USUAL.map((mixture) => logLikelihood(cells, mixture));
	const common = COMMON.map((mixture) => logLikelihood(cells, mixture));
	const best = Math.max(...usual, ...common);
	const weigh = (log: number, of: number) => Math.exp(log - best) / of;
	let all = sum(usual.map((log) => weigh(log, USUAL.length)));
	const found = { mean: 0, std: 0, share: 0, weight: 0 };
	COMMON.forEach(({ share, distance, total }, i) => {
		const others = { mean: mean - (share * distance * std) / total, std: std / total };
		const isAskedFor = probability(ratio(others.mean + distance * others.std));
		const seen = PRIOR_ODDS * weigh(common[i]!, COMMON.length);
		const weight = isAskedFor * seen;
		all += seen;
		found.mean += weight * others.mean;
		found.std += weight * others.std;
		found.share += weight * share;
		found.weight += weight;
	});
	const left = 1 - found.weight / all;
	return {
		mean: left * mean + found.mean / all,
		std: left * std + found.std / all,
		share: found.share / all,
		count,
	};
}

/** Cosines by how many are about so many deviations from the mean. */
function histogram(sample: Float32Array, mean: number, std: number): Map<number, number> {
	const cells = new Map<number, number>();
	for (const cosine of sample) {
		const cell = Math.round((cosine - mean) / std / CELL) * CELL;
		cells.set(cell, (cells.get(cell) ?? 0) + 1);
	}
	return cells;
}

/** Up to a constant. */
function logLikelihood(
	cells: ReadonlyMap<number, number>,
	{ share, distance, spread, total }: Mixture,
): number {
	let log = 0;
	for (const [at, count] of cells) {
		const z = at * total + share * distance;
		const shown = (share / spread) * bell((z - distance) / spread);
		log += count * Math.log(total * ((1 - share) * bell(z) + shown) + LEAST_DENSITY);
	}
	return log;
}

const bell = (z: number) => Math.exp(-(z * z) / 2);
const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);
