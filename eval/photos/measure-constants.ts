import type { VectorIndex, VectorKind } from '../../engine/index/vector-index';
import { RefusedInput } from '../input';
import { mean, rounded } from '../rank-figures';
import { storeAll, withIndex } from '../temporary-index';
import { MODEL } from './given-vectors';
import { readPhotos, type CaptionedPhoto } from './photo-file';

/** Standard scores of photos that a caption is about. */
interface Standing {
	mean: number;
	std: number;
}

/** With the captions of one place stored, and asked for by all others. */
export interface MeasuredConstants {
	/** Which caption, from 1. */
	stored: number;
	visual: Standing;
	text: Standing;
	/** Between both channels. */
	correlation: { unrelated: number; relevant: number };
}

export interface ConstantsReport {
	eval: 'constants';
	photos: number;
	measured: MeasuredConstants[];
}

/** Both channels' standard scores of one photo. */
type Scores = [visual: number, text: number];

/**
 * Measures what the evidence of vectors rests on (`engine/search/vector-evidence.ts`): where photos stand
 * that a caption is about, in deviations of the caption's own background, and how much both channels say
 * the same. No figure depends on what a search finds.
 *
 * @throws RefusedInput
 */
export async function measureConstants(file: string): Promise<ConstantsReport> {
	const photos = readPhotos(file);
	const places = Math.min(...photos.map(({ captions }) => captions.length));
	if (places < 2) throw new RefusedInput(`${file}: every photo needs a second caption`);
	const measured: MeasuredConstants[] = [];
	for (let stored = 0; stored < places; stored++) {
		measured.push({ stored: stored + 1, ...(await measure(photos, stored)) });
	}
	return { eval: 'constants', photos: photos.length, measured };
}

async function measure(
	photos: CaptionedPhoto[],
	stored: number,
): Promise<Omit<MeasuredConstants, 'stored'>> {
	return await withIndex(async (index) => {
		await storeAll(
			index,
			photos.map(({ id, image, captions }) => ({
				id,
				image: { vector: image, model: MODEL },
				text: { vector: captions[stored]!.vector, model: MODEL },
			})),
		);
		const [relevant, unrelated]: [Scores[], Scores[]] = [[], []];
		for (const { id, captions } of photos) {
			for (const { vector } of captions.filter((_, place) => place !== stored)) {
				const visual = await standings(index, 'image', vector, photos.length);
				const text = await standings(index, 'text', vector, photos.length);
				for (const [photo, z] of visual) {
					(photo === id ? relevant : unrelated).push([z, text.get(photo)!]);
				}
			}
		}
		return {
			visual: standing(relevant.map(([z]) => z)),
			text: standing(relevant.map(([, z]) => z)),
			correlation: { unrelated: correlation(unrelated), relevant: correlation(relevant) },
		};
	});
}

/** Standard scores of all photos against the query's background. */
async function standings(
	index: VectorIndex,
	kind: VectorKind,
	vector: Float32Array,
	count: number,
): Promise<Map<string, number>> {
	const query = { vector, model: MODEL };
	const { hits, background } = await index.searchVector(kind, query, count, undefined, {
		exact: true,
	});
	return new Map(hits.map(({ id, score }) => [id, (score - background.mean) / background.std]));
}

function standing(scores: number[]): Standing {
	const centre = mean(scores);
	const variance = mean(scores.map((score) => (score - centre) ** 2));
	return { mean: rounded(centre), std: rounded(Math.sqrt(variance)) };
}

function correlation(pairs: Scores[]): number {
	const [a, b] = [mean(pairs.map(([x]) => x)), mean(pairs.map(([, y]) => y))];
	const product = (of: (pair: Scores) => number) => mean(pairs.map(of));
	const covariance = product(([x, y]) => (x - a) * (y - b));
	const variances = product(([x]) => (x - a) ** 2) * product(([, y]) => (y - b) ** 2);
	return rounded(covariance / Math.sqrt(variances));
}
