import type { Logit } from '../../engine/encode/encoder';
import type { VectorIndex } from '../../engine/index/vector-index';
import { tokensOf } from '../../engine/words/fold';
import { Random } from '../album/random';
import { ask, askRelevant, type Embedders } from '../ask';
import { RefusedInput } from '../input';
import { mean, rounded } from '../rank-figures';
import { storeAll, withIndex } from '../temporary-index';
import { GivenVectors, MODEL } from './given-vectors';
import { readPhotos, type CaptionedPhoto } from './photo-file';
import { dot, unitSum, variant } from './variant';

export interface CommonOptions {
	/** File of photos with their vectors and captions. */
	photos: string;
	/** A word that captions of many of them say, in one or several forms: `dog,dogs`. */
	words: string[];
	/** Photos of each collection; default 2,000. */
	size?: number;
}

/** What is found where a share of all photos shows what is asked for. */
export interface CommonFigures {
	share: number;
	/** Whether the model states a sigmoid. */
	sigmoid: boolean;
	/** Of those called relevant, the share that shows it; 1 where none is. */
	precision: number;
	/** Of those that show it, the share that is called relevant. */
	recall: number;
	/** Asked for photos without it: the share of those that show it which are found all the same. */
	letThrough: number;
	/** And of those that do not show it, the share that is left out. */
	lost: number;
}

export interface CommonReport {
	eval: 'common';
	word: string;
	photos: number;
	figures: CommonFigures[];
}

const SHARES = [0, 0.05, 0.25, 0.5];

/**
 * Logits of a stand-in for SigLIP's sigmoid, for the average photo that does not show the word and that
 * does: cosines of -0.02 and 0.06, say, with SigLIP base.
 */
const LOGITS = { others: -15, shown: -6 };

/**
 * Whether photos that show a thing are found, and left out where it must not be there, however many
 * show it. The collections are variants of the photos of a file, with no more text than its word; of
 * the word, the vector is the mean of the captions that say it.
 *
 * @throws RefusedInput
 */
export async function evaluateCommon({
	photos,
	words,
	size = 2_000,
}: CommonOptions): Promise<CommonReport> {
	const [word] = words;
	const forms = new Set(words.flatMap(tokensOf));
	const says = (text: string) => tokensOf(text).some((token) => forms.has(token));
	const all = readPhotos(photos);
	const isShown = ({ captions }: CaptionedPhoto) => captions.some(({ text }) => says(text));
	const shown = all.filter(isShown);
	const others = all.filter((photo) => !isShown(photo));
	if (word === undefined || shown.length === 0 || others.length === 0) {
		throw new RefusedInput(`${photos}: some captions have to say "${word}", and some must not`);
	}
	const captions = shown.flatMap((photo) => photo.captions.filter(({ text }) => says(text)));
	const vector = unitSum(captions.map((caption) => caption.vector));
	const given = new GivenVectors([{ text: word, vector }]);
	const logit = sigmoidFor(vector, shown, others);
	const figures: CommonFigures[] = [];
	for (const share of SHARES) {
		await withIndex(async (index) => {
			const count = Math.round(share * size);
			await storeVariants(index, 'shown', shown, count);
			await storeVariants(index, 'other', others, size - count);
			for (const sigmoid of [false, true]) {
				const embedders = sigmoid ? { ...given, encoder: given.encoderWith(logit) } : given;
				const found = await figuresOf(
					index,
					word,
					{ shown: count, others: size - count },
					embedders,
				);
				figures.push({ share, sigmoid, ...found });
			}
		});
	}
	return { eval: 'common', word, photos: size, figures };
}

async function storeVariants(
	index: VectorIndex,
	kind: 'shown' | 'other',
	photos: CaptionedPhoto[],
	count: number,
): Promise<void> {
	const random = new Random(kind.length);
	await storeAll(
		index,
		Array.from({ length: count }, (_, i) => ({
			id: `${kind}-${i}`,
			image: { vector: variant(photos[i % photos.length]!.image, random), model: MODEL },
		})),
	);
}

async function figuresOf(
	index: VectorIndex,
	word: string,
	there: { shown: number; others: number },
	embedders: Embedders,
): Promise<Omit<CommonFigures, 'share' | 'sigmoid'>> {
	const limit = there.shown + there.others;
	const count = (found: { ids: string[] }[], kind: string) =>
		found.flatMap(({ ids }) => ids).filter((id) => id.startsWith(kind)).length;
	const wanted = await askRelevant(index, { text: word, limit }, embedders);
	const without = await ask(index, { text: `-${word}`, limit }, embedders);
	const right = count(wanted, 'shown');
	const ratio = (part: number, whole: number, empty: number) =>
		whole > 0 ? rounded(part / whole) : empty;
	return {
		precision: ratio(right, right + count(wanted, 'other'), 1),
		recall: ratio(right, there.shown, 1),
		letThrough: ratio(count(without, 'shown'), there.shown, 0),
		lost: ratio(there.others - count(without, 'other'), there.others, 0),
	};
}

function sigmoidFor(word: Float32Array, shown: CaptionedPhoto[], others: CaptionedPhoto[]): Logit {
	const average = (photos: CaptionedPhoto[]) => mean(photos.map(({ image }) => dot(word, image)));
	const [low, high] = [average(others), average(shown)];
	const scale = (LOGITS.shown - LOGITS.others) / (high - low);
	return { scale, bias: LOGITS.others - scale * low };
}
