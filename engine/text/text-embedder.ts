import type { OllamaConnection } from '../service/contract';

/**
 * Captions and queries to vectors of a text embedding model. Throws `OLLAMA_UNREACHABLE`,
 * `OLLAMA_MODEL_MISSING` and `OLLAMA_ERROR`.
 */
export interface TextEmbedder {
	/**
	 * Unit-length vectors in the order of `texts`. An item that the server refuses is an Error in its
	 * place and never fails the others.
	 */
	embedDocuments(
		texts: string[],
		connection: OllamaConnection,
		signal?: AbortSignal,
	): Promise<(Float32Array | Error)[]>;
	embedQuery(
		text: string,
		connection: OllamaConnection,
		signal?: AbortSignal,
	): Promise<Float32Array>;
}
