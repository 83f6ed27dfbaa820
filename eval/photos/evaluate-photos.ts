import type { PhotoRecord, VectorIndex } from '../../engine/index/vector-index';
import { ask, askRelevant, rankOf, type Embedders } from '../ask';
import { RefusedInput } from '../input';
import { rankFigures, type RankFigures } from '../rank-figures';
import { storeAll, withIndex } from '../temporary-index';
import { CHANNELS, rankChannels, reciprocalRankFusion, type ChannelName } from './channel-rankings';
import { dumpScores } from './dump';
import { GivenVectors, MODEL } from './given-vectors';
import { otherCaptions, readPhotos, readQueries } from './photo-file';
import type { CaptionedPhoto, CaptionQuery } from './photo-file';
import { cutoffFigures, reliability } from './reliability';
import type { Asked, CutoffFigures, Reliability } from './reliability';

export type RankingName = ChannelName | 'hybrid' | 'rrf';

export interface PhotosReport extends Record<RankingName, RankFigures> {
	eval: 'photos';
	photos: number;
	queries: number;
	reliability: Reliability;
	cutoff: CutoffFigures;
}

export interface PhotosOptions {
	/** File of photos with their vectors and captions. */
	photos: string;
	/** File of other captions of the same photos, in place of all but the first of `photos`. */
	queries?: string;
	/** File to write each query's raw scores to. */
	dump?: string;
}

/** A right photo that comes later counts as not found. */
const DEPTH = 100;

/**
 * How well captions find the photos that they are about: by each channel alone, by the engine's
 * search, and by plain rank fusion; and whether the search's relevance means what it says.
 *
 * @throws RefusedInput
 */
export async function evaluatePhotos(options: PhotosOptions): Promise<PhotosReport> {
	const photos = readPhotos(options.photos);
	const queries = options.queries ? readQueries(options.queries, photos) : otherCaptions(photos);
	if (queries.length === 0) {
		throw new RefusedInput(`${options.photos}: no photo has a second caption to be asked for`);
	}
	const embedders = new GivenVectors(queries);
	return await withIndex(async (index) => {
		await storeAll(index, photos.map(toRecord));
		if (options.dump) await dumpScores(options.dump, index, queries);
		const ranks = await rankAll(index, queries);
		const asked = [
			...(await askAll(index, queries, embedders)),
			...(await askWithoutTheRightOne(index, photos, queries, embedders)),
		];
		return {
			eval: 'photos',
			photos: photos.length,
			queries: queries.length,
			visual: rankFigures(ranks.visual),
			text: rankFigures(ranks.text),
			keyword: rankFigures(ranks.keyword),
			hybrid: rankFigures(
				asked.slice(0, queries.length).map(({ right, results }) => rankOf(results, right!)),
			),
			rrf: rankFigures(ranks.rrf),
			reliability: reliability(asked),
			cutoff: cutoffFigures(asked),
		};
	});
}

function toRecord({ id, image, captions }: CaptionedPhoto): PhotoRecord {
	return {
		id,
		description: captions[0]!.text,
		image: { vector: image, model: MODEL },
		text: { vector: captions[0]!.vector, model: MODEL },
	};
}

type Ranks = Record<ChannelName | 'rrf', number[]>;

async function rankAll(index: VectorIndex, queries: CaptionQuery[]): Promise<Ranks> {
	const ranks: Ranks = { visual: [], text: [], keyword: [], rrf: [] };
	for (const query of queries) {
		const rankings = await rankChannels(index, query, DEPTH);
		const place = (ids: string[]) => ids.indexOf(query.id) + 1 || Infinity;
		for (const channel of CHANNELS) {
			ranks[channel].push(place(rankings[channel].map(({ id }) => id)));
		}
		ranks.rrf.push(place(reciprocalRankFusion(rankings)));
	}
	return ranks;
}

async function askAll(
	index: VectorIndex,
	queries: CaptionQuery[],
	embedders: Embedders,
): Promise<Asked[]> {
	const asked: Asked[] = [];
	for (const { id, text } of queries) {
		const input = { text, limit: DEPTH };
		asked.push({
			right: id,
			results: await ask(index, input, embedders),
			relevant: await askRelevant(index, input, embedders),
		});
	}
	return asked;
}

/** The same queries where nothing matches, as far as one caption of each other photo can tell. */
async function askWithoutTheRightOne(
	index: VectorIndex,
	photos: CaptionedPhoto[],
	queries: CaptionQuery[],
	embedders: Embedders,
): Promise<Asked[]> {
	const asked: Asked[] = [];
	for (const photo of photos) {
		const about = queries.filter(({ id }) => id === photo.id);
		await index.delete([photo.id]);
		asked.push(...(await askAll(index, about, embedders)));
		await storeAll(index, [toRecord(photo)]);
	}
	return asked.map((one) => ({ ...one, right: null }));
}
