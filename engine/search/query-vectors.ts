import { EngineError, asEngineError } from '../errors';
import type { Encoder, Logit } from '../encode/encoder';
import type { StoredVector, VectorIndex, VectorKind } from '../index/vector-index';
import type { OllamaConnection } from '../service/contract';
import type { TextEmbedder } from '../text/text-embedder';

/**
 * Hints reach whoever may search; where Ollama runs and models lie is not for them. These say so in
 * words of their own, and those in {@link PUBLIC} as they are.
 */
const PUBLIC_REASONS: Partial<Record<EngineError['code'], string>> = {
	OLLAMA_UNREACHABLE: 'Ollama cannot be reached.',
	OLLAMA_MODEL_MISSING: 'Ollama does not have the embedding model.',
	OLLAMA_ERROR: 'Ollama answered with an error.',
	MODEL_BROKEN: 'the model cannot be loaded.',
	MODEL_OFFLINE: 'the model is not there, and downloads are switched off.',
	MODEL_DOWNLOAD_FAILED: 'the model could not be downloaded.',
};
const PUBLIC = new Set<EngineError['code']>(['MODEL_NOT_READY', 'MODEL_MISMATCH', 'BUSY']);

export interface QueryVectorsOptions {
	index: VectorIndex;
	encoder: Encoder;
	textEmbedder: TextEmbedder;
	ollama: OllamaConnection | undefined;
	signal: AbortSignal | undefined;
}

/** A query's vectors, comparable with those that are stored. */
export interface Vectors {
	image?: StoredVector | undefined;
	text?: StoredVector | undefined;
	/** Of the image model, for a text. */
	logit?: Logit | undefined;
}

/** Turns what is asked for into vectors, and collects why a channel has to stay silent. */
export class QueryVectors {
	readonly hints: string[] = [];
	#failure: EngineError | undefined;
	readonly #options: QueryVectorsOptions;
	/** Models of the stored vectors; null where there are none. */
	readonly #models: Record<VectorKind, string | null>;

	constructor(options: QueryVectorsOptions) {
		this.#options = options;
		const { index } = options;
		this.#models = { image: index.model('image'), text: index.model('text') };
	}

	/** The image model of the index. */
	get model(): string | null {
		return this.#models.image;
	}

	async ofText(text: string): Promise<Vectors> {
		const [visual, written] = await Promise.all([this.#visual(text), this.#written(text)]);
		return { ...visual, text: written };
	}

	/** An example picture has no other channel: its errors are the answer. */
	async ofPicture(bytes: Uint8Array): Promise<Vectors> {
		const { index, encoder, signal } = this.#options;
		const model = this.#models.image;
		if (!model) {
			this.hint('No photo has been embedded yet, so none can be compared with a picture.');
			return {};
		}
		const { id } = await sameModel(index, encoder, model);
		const options = { model: id, signal, interactive: true };
		const { embedding } = await encoder.embedImage(bytes, options);
		return { image: { vector: embedding, model } };
	}

	/** Throws `IMAGE_NOT_FOUND`. */
	async ofStored(id: string): Promise<Vectors> {
		const { index } = this.#options;
		const [image, text] = await Promise.all([index.vector(id, 'image'), index.vector(id, 'text')]);
		if (!image && !text && !(await index.get(id))) {
			throw new EngineError(
				'IMAGE_NOT_FOUND',
				`There is no photo "${id}" in the index "${index.name}".`,
			);
		}
		if (!image && !text) {
			this.hint(`The photo "${id}" has no vector yet, so nothing can be compared with it.`);
		}
		return { image, text };
	}

	hint(text: string): void {
		if (!this.hints.includes(text)) this.hints.push(text);
	}

	/** Why nothing could be compared, if that is because something failed. */
	throwFailure(): void {
		if (this.#failure) throw this.#failure;
	}

	async #visual(text: string): Promise<Vectors> {
		const { index, encoder, signal } = this.#options;
		const model = this.#models.image;
		if (!model) return {};
		try {
			const { id, logit } = await sameModel(index, encoder, model);
			const vector = await encoder.embedText(text, { model: id, signal });
			return { image: { vector, model }, logit };
		} catch (error) {
			this.#silence(error, 'What the pictures show was not searched');
			return {};
		}
	}

	async #written(text: string): Promise<StoredVector | undefined> {
		const { textEmbedder, ollama, signal } = this.#options;
		const model = this.#models.text;
		if (!model) return undefined;
		if (!ollama) {
			this.hint('Captions were searched by keyword only: no Ollama credential is set.');
			return undefined;
		}
		try {
			return { vector: await textEmbedder.embedQuery(text, { ...ollama, model }, signal), model };
		} catch (error) {
			this.#silence(error, 'Captions were searched by keyword only');
			return undefined;
		}
	}

	#silence(error: unknown, consequence: string): void {
		this.#options.signal?.throwIfAborted();
		const failure = asEngineError(error);
		this.#failure ??= failure;
		const { code, message } = failure;
		const reason = PUBLIC.has(code) ? message : PUBLIC_REASONS[code];
		this.hint(`${consequence}: ${reason ?? `the model cannot be used (${code}).`}`);
	}
}

/** The catalogue id behind a stored model name, if this engine still runs that very model. */
async function sameModel(
	index: VectorIndex,
	encoder: Encoder,
	stored: string,
): Promise<{ id: string; logit?: Logit | undefined }> {
	const id = stored.split('@')[0]!;
	const { model, logit } = await encoder.info(id);
	if (model === stored) return { id, logit };
	throw new EngineError(
		'MODEL_MISMATCH',
		`The index "${index.name}" holds vectors of ${stored}, but the model here is ${model}. Restore that model or index the photos anew.`,
	);
}
