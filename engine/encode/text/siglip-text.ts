import type { ContentTokenizer, TokenizerJson } from './tokenizer-json';
import { Charsmap } from './charsmap';
import { canonicaliseForSiglip, collapseWhitespace } from './clean-text';
import { SpecialTokens } from './special-tokens';
import { Unigram } from './unigram';

const SPACE = '▁';
/**
 * Set before every text and cut off again, as the reference does. It shifts the sums of the scores, and
 * with them which of two equals is the larger in 32 bits.
 */
const LEAD = `${SPACE}<unk>`;

/**
 * SentencePiece's unigram tokenizer after SigLIP's canonical form: lower case, no ASCII punctuation,
 * single spaces. The rules are SiglipTokenizer's of transformers, which asks SentencePiece itself;
 * the copies in tokenizer.json give other ids for half-width kana, stacked accents, joined emoji.
 */
export class SiglipText implements ContentTokenizer {
	readonly #specials: SpecialTokens;
	readonly #charsmap: Charsmap;
	readonly #model: Unigram;
	readonly #leadTokens: number;

	/** Whether this is how `json` splits texts; it must then have the SentencePiece character map. */
	static understands(json: TokenizerJson): boolean {
		return json.model.type === 'Unigram' && json.charsmap !== undefined;
	}

	/** @throws EngineError `MODEL_BROKEN` */
	constructor(json: TokenizerJson) {
		this.#specials = new SpecialTokens(json.specialTokens);
		try {
			this.#charsmap = new Charsmap(json.charsmap!);
		} catch (cause) {
			throw json.broken('has a damaged character map', cause);
		}
		this.#model = new Unigram(
			json.model.vocab as [string, number][],
			json.model.unk_id ?? 0,
			new Set(json.specialTokens.map(({ id }) => id)),
		);
		this.#leadTokens = this.#model.encode(LEAD).length;
	}

	idOf(token: string): number | undefined {
		return this.#model.idOf(token);
	}

	encode(text: string): number[] {
		// Nobody types this sign; to SentencePiece it is a space.
		const parts = this.#specials.split(text.replaceAll(SPACE, ' '));
		return parts.flatMap((part, at) => {
			if (typeof part === 'number') return part;
			// SentencePiece takes away what spaces the character map has made.
			const words = collapseWhitespace(this.#charsmap.normalise(canonicaliseForSiglip(part)));
			if (words === '') return [];
			// Only the text's first word is marked as one.
			const marked = (at === 0 ? SPACE : '') + words.replaceAll(' ', SPACE);
			return this.#model.encode(LEAD + marked).slice(this.#leadTokens);
		});
	}
}
