import { joinPairs } from './byte-pairs';
import { lowerEach } from './clean-text';
import type { MergeTable } from './merge-table';
import { SpecialTokens, type SpecialToken } from './special-tokens';
import type { ContentTokenizer, TokenizerJson } from './tokenizer-json';
import type { Vocabulary } from './vocabulary';

/** CLIP's words: endings of English, runs of letters, single digits, runs of anything else. */
const WORDS = /'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\p{White_Space}\p{L}\p{N}]+/gu;
const WORD_END = '</w>';
/** Longer words are not worth remembering. */
const MAX_REMEMBERED = 32;

/** CLIP's tokenizer: byte-pair encoding of each word's bytes, the last of which is marked. */
export class ClipText implements ContentTokenizer {
	readonly #specials: SpecialTokens;
	readonly #vocabulary: Vocabulary;
	readonly #merges: MergeTable;
	/** Tokens of single bytes, within a word and at its end. */
	readonly #inner: readonly number[];
	readonly #final: readonly number[];
	readonly #words = new Map<string, number[]>();

	static understands({ model }: TokenizerJson): boolean {
		return model.type === 'BPE' && model.end_of_word_suffix === WORD_END;
	}

	/** @param specials instead of those of the file */
	constructor(json: TokenizerJson, specials: readonly SpecialToken[] = json.specialTokens) {
		const { vocabulary, merges } = json.pairs;
		this.#specials = new SpecialTokens(specials);
		this.#vocabulary = vocabulary;
		this.#merges = merges;
		const characters = bytesAsCharacters();
		this.#inner = characters.map((character) => vocabulary.idOf(character));
		this.#final = characters.map((character) => vocabulary.idOf(character + WORD_END));
		const lacking = [...this.#inner, ...this.#final].indexOf(-1);
		if (lacking >= 0) throw json.broken(`lacks a token for the byte ${lacking % 256}`);
	}

	encode(text: string): number[] {
		return this.#specials.split(text).flatMap((part) => {
			if (typeof part === 'number') return part;
			const words = lowerEach(part.normalize('NFC')).match(WORDS) ?? [];
			return words.flatMap((word) => this.#encodeWord(word));
		});
	}

	idOf(token: string): number | undefined {
		const id = this.#vocabulary.idOf(token);
		return id < 0 ? undefined : id;
	}

	#encodeWord(word: string): number[] {
		const known = this.#words.get(word);
		if (known) return known;
		const bytes = Buffer.from(word);
		const symbols = Array.from(bytes, (byte, at) =>
			at === bytes.length - 1 ? this.#final[byte]! : this.#inner[byte]!,
		);
		const ids = joinPairs(symbols, this.#merges, this.#vocabulary);
		if (word.length <= MAX_REMEMBERED) {
			// Words come back, but not for ever.
			if (this.#words.size >= 10_000) this.#words.clear();
			this.#words.set(word, ids);
		}
		return ids;
	}
}

/**
 * The characters by which the vocabulary writes bytes: printable ones of Latin-1 as themselves, the
 * others from U+0100 on (bytes_to_unicode of OpenAI's encoder.py).
 */
function bytesAsCharacters(): string[] {
	let next = 0x100;
	return Array.from({ length: 256 }, (_, byte) => {
		const printable =
			(byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
		return String.fromCharCode(printable ? byte : next++);
	});
}
