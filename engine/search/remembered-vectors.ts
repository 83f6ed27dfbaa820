import type { Encoder } from '../encode/encoder';
import type { TextEmbedder } from '../text/text-embedder';

/** Queries whose vectors are remembered: about 1 MB of them at 768 dimensions. */
const REMEMBERED = 256;

/** The last few values by key, the most recently used last. */
class Lru<V> {
	readonly #values = new Map<string, V>();

	get(key: string): V | undefined {
		const value = this.#values.get(key);
		if (value !== undefined) {
			this.#values.delete(key);
			this.#values.set(key, value);
		}
		return value;
	}

	set(key: string, value: V): void {
		this.#values.set(key, value);
		if (this.#values.size > REMEMBERED) this.#values.delete(this.#values.keys().next().value!);
	}
}

/** An encoder that remembers the vectors of texts: somebody pages, filters and types them again. */
export function rememberingEncoder(encoder: Encoder): Encoder {
	const vectors = new Lru<Float32Array>();
	return {
		info: (model) => encoder.info(model),
		embedImage: (bytes, options) => encoder.embedImage(bytes, options),
		async embedText(text, options) {
			// With the revision: another one makes other vectors.
			const { model } = await encoder.info(options?.model);
			const key = `${model}\n${text}`;
			const known = vectors.get(key);
			if (known) return known;
			const vector = await encoder.embedText(text, options);
			vectors.set(key, vector);
			return vector;
		},
	};
}

/** The same for queries to a text embedding model. */
export function rememberingEmbedder(embedder: TextEmbedder): TextEmbedder {
	const vectors = new Lru<Float32Array>();
	return {
		embedDocuments: (texts, connection, signal) =>
			embedder.embedDocuments(texts, connection, signal),
		async embedQuery(text, connection, signal) {
			const key = `${connection.url}\n${connection.model ?? ''}\n${text}`;
			const known = vectors.get(key);
			if (known) return known;
			const vector = await embedder.embedQuery(text, connection, signal);
			vectors.set(key, vector);
			return vector;
		},
	};
}
