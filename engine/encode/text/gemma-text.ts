import { joinPairs } from './byte-pairs';
import type { MergeTable } from './merge-table';
import { SpecialTokens } from './special-tokens';
import type { ContentTokenizer, TokenizerJson } from './tokenizer-json';
import type { Vocabulary } from './vocabulary';

const SPACE = '▁';

/**
 * Gemma's tokenizer, that of SigLIP 2: byte-pair encoding of the whole text, spaces as `▁`, what the
 * vocabulary lacks as UTF-8 bytes.
 */
export class GemmaText implements ContentTokenizer {
	readonly #specials: SpecialTokens;
	readonly #vocabulary: Vocabulary;
	readonly #merges: MergeTable;
	readonly #bytes: readonly number[];
	readonly #lowerCase: boolean;

	static understands({ model, normalizer }: TokenizerJson): boolean {
		return model.type === 'BPE' && model.byte_fallback === true && isSpaceReplacement(normalizer);
	}

	/**
	 * @param lowerCase as SigLIP 2 was trained; the file does not say so. The whole text, by the rules of
	 * its words: transformers' Siglip2Tokenizer differs in the Greek sigma at a word's end, which the
	 * training (TensorFlow's strings.lower) did know.
	 */
	constructor(json: TokenizerJson, lowerCase: boolean) {
		const { vocabulary, merges } = json.pairs;
		this.#specials = new SpecialTokens(json.specialTokens);
		this.#vocabulary = vocabulary;
		this.#merges = merges;
		this.#lowerCase = lowerCase;
		this.#bytes = Array.from({ length: 256 }, (_, byte) =>
			vocabulary.idOf(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`),
		);
	}

	encode(text: string): number[] {
		const given = this.#lowerCase ? text.toLowerCase() : text;
		return this.#specials.split(given).flatMap((part) => {
			if (typeof part === 'number') return part;
			const symbols = this.#symbols(part.replaceAll(' ', SPACE));
			return joinPairs(symbols, this.#merges, this.#vocabulary);
		});
	}

	idOf(token: string): number | undefined {
		const id = this.#vocabulary.idOf(token);
		return id < 0 ? undefined : id;
	}

	#symbols(words: string): number[] {
		const symbols: number[] = [];
		for (const character of words) {
			const id = this.#vocabulary.idOf(character);
			if (id >= 0) symbols.push(id);
			else for (const byte of Buffer.from(character)) symbols.push(this.#bytes[byte]!);
		}
		return symbols;
	}
}

interface Normalizer {
	type?: string;
	pattern?: { String?: string };
	content?: string;
	normalizers?: Normalizer[];
}

/** Spaces become `▁`, after lower-casing perhaps; nothing else. */
function isSpaceReplacement(normalizer: unknown): boolean {
	const { type, pattern, content, normalizers } = (normalizer ?? {}) as Normalizer;
	if (type === 'Sequence') return normalizers?.length === 1 && isSpaceReplacement(normalizers[0]);
	return type === 'Replace' && pattern?.String === ' ' && content === SPACE;
}
