import type { Logit } from '../encode/encoder';
import type { Unrelated } from './common-concept';
import { upperTail } from './normal';

/** The channels that compare vectors. */
export type VectorChannelName = 'visual' | 'text';
export type ByVector<T> = Partial<Record<VectorChannelName, T>>;

/** One vector channel's answer to one term. */
export interface Compared {
	/** Cosine by photo; a photo without a vector is absent. */
	cosines: Map<string, number>;
	/** Of this query's cosine over photos that do not show it. */
	background: Unrelated;
	/** Of the model that compared them, if it states one and a text was compared with pictures. */
	logit?: Logit | undefined;
}

/** What vectors say about one photo. */
export interface VectorEvidence {
	/** Log-likelihood ratio, natural: relevant against unrelated. */
	total: number;
	parts: ByVector<number>;
	/** The total as a standard score of what unrelated photos get. */
	standing: number;
}

/**
 * Where a relevant photo stands among unrelated ones, whose scores have mean 0 and deviation 1 by
 * definition. Measured on 300 captions of a hundred photos with CLIP ViT-B/32, each of the three stored
 * in turn and asked for by the others (visual 3.44–3.49 ± 0.75–0.79, text 2.89–3.13 ± 1.06–1.13), and
 * rounded.
 */
const RELEVANT: Record<VectorChannelName, { mean: number; std: number }> = {
	visual: { mean: 3.5, std: 0.75 },
	text: { mean: 3, std: 1.1 },
};

/** Between both channels' scores: 0.47–0.52 among unrelated photos, 0.33–0.50 among relevant ones. */
const CORRELATION = 0.45;

/**
 * ln of SigLIP's training batch. The sigmoid's bias holds the odds that a text and a picture of one
 * batch belong together, 1 : 32,768 (arXiv 2303.15343); without them it is a likelihood ratio.
 */
const LN_BATCH = Math.log(32_768);

/** A background of fewer vectors is blended with the usual one: 0.02–0.04 for CLIP and SigLIP base. */
const PRIOR = { count: 20, std: 0.03 };

/** Mean of a class's variances in unrelated (1) and relevant photos, as Fisher's discriminant has it. */
const variance = (channel: VectorChannelName) => (1 + RELEVANT[channel].std ** 2) / 2;

/**
 * Fisher's linear discriminant for the channels that know the photo: their weights, which take into
 * account that both often say the same. A channel that is missing is integrated out, which for normal
 * distributions means to leave out its row and column.
 */
function discriminant(channels: readonly VectorChannelName[]): ByVector<number> {
	const [first, second] = channels;
	if (!first) return {};
	if (!second) return { [first]: RELEVANT[first].mean / variance(first) };
	const [a, b] = [variance(first), variance(second)];
	const covariance = CORRELATION * Math.sqrt(a * b);
	const determinant = a * b - covariance ** 2;
	const [m, n] = [RELEVANT[first].mean, RELEVANT[second].mean];
	return {
		[first]: (b * m - covariance * n) / determinant,
		[second]: (a * n - covariance * m) / determinant,
	};
}

/** Log-likelihood ratio of a cosine by a sigmoid: without the odds of its training. */
export function sigmoidRatio({ scale, bias }: Logit): (cosine: number) => number {
	return (cosine) => scale * cosine + bias + LN_BATCH;
}

/** Cosines of one channel as standard scores against the query's own background. */
export function standardScore({ background, logit }: Compared): (cosine: number) => number {
	const { mean, std, count } = background;
	const blended = Math.sqrt(
		(count * std ** 2 + PRIOR.count * PRIOR.std ** 2) / (count + PRIOR.count),
	);
	const relative = (cosine: number) => (cosine - mean) / blended;
	if (!logit) return relative;
	// The sigmoid's likelihood ratio, as the score that would give the same one by itself.
	const slope = RELEVANT.visual.mean / variance('visual');
	const ratio = sigmoidRatio(logit);
	const absolute = (cosine: number) => ratio(cosine) / slope + RELEVANT.visual.mean / 2;
	return (cosine) => (relative(cosine) + absolute(cosine)) / 2;
}

/** Joins the standard scores of a photo. @param weights what a channel counts, against 1 */
export function vectorEvidence(
	scores: ByVector<number>,
	weights: Partial<Record<VectorChannelName, number>> = {},
): VectorEvidence {
	const channels = (['visual', 'text'] as const).filter((name) => scores[name] !== undefined);
	const slopes = discriminant(channels);
	const parts: ByVector<number> = {};
	let total = 0;
	let shift = 0;
	for (const channel of channels) {
		const slope = slopes[channel]! * (weights[channel] ?? 1);
		const half = (slope * RELEVANT[channel].mean) / 2;
		parts[channel] = slope * scores[channel]! - half;
		total += parts[channel];
		shift -= half;
	}
	const [a = 0, b = 0] = channels.map((name) => slopes[name]! * (weights[name] ?? 1));
	const spread = Math.sqrt(a * a + b * b + 2 * CORRELATION * a * b);
	return { total, parts, standing: spread > 0 ? (total - shift) / spread : 0 };
}

/**
 * The share of chance among the photos that stand at least as high (Benjamini and Hochberg's q): so
 * many unrelated photos get there in a collection of this size, and so many did. What is one of a
 * hundred thousand's best need not be good.
 *
 * @param standings of every candidate
 * @returns by standing's place in the list, 0…1
 */
export function chance(standings: readonly number[], searched: number): number[] {
	const order = standings.map((_, i) => i).sort((i, j) => standings[j]! - standings[i]!);
	const shares = new Array<number>(standings.length);
	let least = 1;
	for (let rank = order.length; rank >= 1; rank--) {
		const at = order[rank - 1]!;
		least = Math.min(least, (searched * upperTail(standings[at]!)) / rank);
		shares[at] = least;
	}
	return shares;
}
