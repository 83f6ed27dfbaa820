/**
 * Tokenizers in the pipelines of the real ones with vocabularies of single letters: a text costs the
 * tower the same, whatever its ids.
 */

type Files = Record<'tokenizer.json' | 'tokenizer_config.json', object>;

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
const WORDS = ['▁a', '▁the', '▁in', '▁of', '▁on', '▁and', '▁dog', '▁cat', '▁photo', '▁beach'];

/** SigLIP: SentencePiece's Unigram. */
export function unigram(): Files {
	const pieces = ['<pad>', '</s>', '<unk>', '▁', ...WORDS, ...LETTERS];
	const space = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true };
	return {
		'tokenizer.json': {
			version: '1.0',
			truncation: null,
			padding: null,
			added_tokens: [special(1, '</s>'), special(2, '<unk>')],
			normalizer: {
				type: 'Sequence',
				normalizers: [{ type: 'Lowercase' }, replace('\\s+', ' '), replace('[^a-z0-9 ]', '')],
			},
			pre_tokenizer: space,
			post_processor: endedBy('</s>', 1),
			decoder: space,
			model: {
				type: 'Unigram',
				unk_id: 2,
				vocab: pieces.map((piece, i) => [piece, i < 3 ? 0 : -2 - i / 10]),
				byte_fallback: false,
			},
		},
		'tokenizer_config.json': {
			tokenizer_class: 'SiglipTokenizer',
			eos_token: '</s>',
			pad_token: '</s>',
			unk_token: '<unk>',
			model_max_length: 64,
		},
	};
}

/** SigLIP 2: Gemma's BPE with byte fallback. */
export function gemmaBpe(): Files {
	const specials = ['<pad>', '<eos>', '<bos>', '<unk>', '<mask>'];
	const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${hex(byte)}>`);
	const vocabulary = [...specials, ...bytes, '▁', ...LETTERS];
	return {
		'tokenizer.json': {
			version: '1.0',
			truncation: null,
			padding: null,
			added_tokens: specials.map((token, id) => special(id, token)),
			normalizer: { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
			pre_tokenizer: {
				type: 'Split',
				pattern: { String: ' ' },
				behavior: 'MergedWithPrevious',
				invert: false,
			},
			post_processor: endedBy('<eos>', 1),
			decoder: { type: 'Fuse' },
			model: {
				type: 'BPE',
				dropout: null,
				unk_token: '<unk>',
				fuse_unk: true,
				byte_fallback: true,
				vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
				merges: [],
			},
		},
		'tokenizer_config.json': {
			tokenizer_class: 'GemmaTokenizer',
			bos_token: '<bos>',
			eos_token: '<eos>',
			pad_token: '<pad>',
			unk_token: '<unk>',
			model_max_length: 64,
		},
	};
}

/** CLIP: BPE over bytes, start and end at their real ids. */
export function byteBpe(): Files {
	const [start, end] = ['<|startoftext|>', '<|endoftext|>'];
	const letters = byteLetters();
	const vocabulary = [...letters, ...letters.map((letter) => `${letter}</w>`)];
	return {
		'tokenizer.json': {
			version: '1.0',
			truncation: null,
			padding: null,
			added_tokens: [special(49_406, start), special(49_407, end)],
			normalizer: {
				type: 'Sequence',
				normalizers: [{ type: 'NFC' }, replace('\\s+', ' '), { type: 'Lowercase' }],
			},
			pre_tokenizer: {
				type: 'Sequence',
				pretokenizers: [
					{
						type: 'Split',
						pattern: { Regex: '[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+' },
						behavior: 'Removed',
						invert: true,
					},
					{ type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
				],
			},
			post_processor: {
				type: 'RobertaProcessing',
				sep: [end, 49_407],
				cls: [start, 49_406],
				trim_offsets: false,
				add_prefix_space: false,
			},
			decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true },
			model: {
				type: 'BPE',
				dropout: null,
				unk_token: end,
				continuing_subword_prefix: '',
				end_of_word_suffix: '</w>',
				fuse_unk: false,
				vocab: {
					...Object.fromEntries(vocabulary.map((token, id) => [token, id])),
					[start]: 49_406,
					[end]: 49_407,
				},
				merges: [],
			},
		},
		'tokenizer_config.json': {
			tokenizer_class: 'CLIPTokenizer',
			bos_token: start,
			eos_token: end,
			pad_token: end,
			unk_token: end,
			model_max_length: 77,
		},
	};
}

/** A visible letter for each byte, as byte-level BPE writes them since GPT-2. */
function byteLetters(): string[] {
	const isVisible = (byte: number) =>
		(byte >= 33 && byte <= 126) || (byte >= 161 && byte !== 173 && byte <= 255);
	let others = 0;
	return Array.from({ length: 256 }, (_, byte) =>
		String.fromCharCode(isVisible(byte) ? byte : 256 + others++),
	);
}

function special(id: number, content: string): object {
	const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false };
	return { id, content, ...flags, special: true };
}

function replace(pattern: string, content: string): object {
	return { type: 'Replace', pattern: { Regex: pattern }, content };
}

function endedBy(token: string, id: number): object {
	const sequence = { Sequence: { id: 'A', type_id: 0 } };
	return {
		type: 'TemplateProcessing',
		single: [sequence, { SpecialToken: { id: token, type_id: 0 } }],
		pair: [sequence, { Sequence: { id: 'B', type_id: 1 } }],
		special_tokens: { [token]: { id: token, ids: [id], tokens: [token] } },
	};
}

function hex(byte: number): string {
	return byte.toString(16).toUpperCase().padStart(2, '0');
}
