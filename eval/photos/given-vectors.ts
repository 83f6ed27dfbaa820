import type { Encoder, Logit } from '../../engine/encode/encoder';
import { EngineError } from '../../engine/errors';
import type { TextEmbedder } from '../../engine/text/text-embedder';
import type { Caption } from './photo-file';

/** The model that the vectors are said to come from; what it was named elsewhere does not matter. */
export const MODEL = 'clip-vit-b-32@eval';
const IMAGE_SIZE = 224;

/**
 * Stands in for both embedding models: knows the vectors of these texts and of no others. Asked for
 * part of a text it fails as a model does that is not there, which silences that channel for that
 * part.
 */
export class GivenVectors {
	readonly #byText = new Map<string, Float32Array>();
	/** A search may drop the full stop of a sentence; its vector is still the sentence's. */
	readonly #byWords = new Map<string, Float32Array>();

	constructor(texts: Caption[]) {
		for (const { text, vector } of texts) {
			this.#byText.set(text, vector);
			this.#byWords.set(wordsOf(text), vector);
		}
	}

	readonly encoder: Encoder = {
		info: async () => ({ model: MODEL, imageSize: IMAGE_SIZE }),
		embedText: async (text) => this.#vector(text),
		embedImage: async () => {
			throw new EngineError('NOT_AN_IMAGE', 'Only texts with given vectors are asked for here.');
		},
	};

	/** The same, of a model that states how sure it is. */
	encoderWith(logit: Logit): Encoder {
		return { ...this.encoder, info: async () => ({ model: MODEL, imageSize: IMAGE_SIZE, logit }) };
	}

	readonly textEmbedder: TextEmbedder = {
		embedQuery: async (text) => this.#vector(text),
		embedDocuments: async (texts) => texts.map((text) => this.#vector(text)),
	};

	#vector(text: string): Float32Array {
		const vector = this.#byText.get(text) ?? this.#byWords.get(wordsOf(text));
		if (vector) return vector;
		throw new EngineError('MODEL_OFFLINE', `No vector is given for "${text}".`);
	}
}

function wordsOf(text: string): string {
	return (
		text
			.normalize('NFC')
			.toLowerCase()
			.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
	).join(' ');
}
