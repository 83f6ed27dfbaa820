import { setTimeout as sleep } from 'node:timers/promises';

import { EngineError } from '../errors';
import type { OllamaConnection } from '../service/contract';
import { ollamaClient, ollamaFailure, OllamaRefusal } from './ollama-client';
import { textModelName, textPrefix } from './ollama-model';
import type { TextEmbedder } from './text-embedder';

export interface OllamaEmbedderOptions {
	/** Milliseconds for a query, a person waits for it. Default 10 s. */
	queryTimeoutMs?: number;
	/** Milliseconds for a batch of documents. Default 120 s: the model may have to load first. */
	documentTimeoutMs?: number;
	/** Milliseconds before the first retry of a full queue; doubled each time. Default 500. */
	busyDelayMs?: number;
}

export interface OllamaEmbedder extends TextEmbedder {
	/** Embeds one word. Throws like the other methods, so its message is what the user should read. */
	testConnection(
		connection: OllamaConnection,
		signal?: AbortSignal,
	): Promise<{ version: string; model: string; dimension: number }>;
}

/** Ollama embeds one request at a time: bigger batches only delay the queries in between. */
const BATCH = 32;
const BUSY_RETRIES = 3;

/** A {@link TextEmbedder} on Ollama's `/api/embed`. Holds no state between calls. */
export function createOllamaEmbedder(options: OllamaEmbedderOptions = {}): OllamaEmbedder {
	const queryMs = options.queryTimeoutMs ?? 10_000;
	const documentMs = options.documentTimeoutMs ?? 120_000;
	const busyMs = options.busyDelayMs ?? 500;

	/** One request, repeated while the queue is full. Throws OllamaRefusal or a network error. */
	async function embed(
		input: string[],
		connection: OllamaConnection,
		timeoutMs: number,
		signal?: AbortSignal,
	): Promise<Float32Array[]> {
		const model = textModelName(connection);
		for (let attempt = 0; ; attempt++) {
			try {
				const client = ollamaClient(connection, timeoutMs, signal);
				const answer = await client.embed({ model, input, truncate: true });
				return checkAnswer(answer, input.length, model);
			} catch (error) {
				const busy = error instanceof OllamaRefusal && error.status === 503;
				if (!busy || attempt === BUSY_RETRIES) throw error;
				await sleep(busyMs * 2 ** attempt * (0.75 + Math.random() / 2), undefined, { signal });
			}
		}
	}

	async function embedBatch(
		texts: string[],
		connection: OllamaConnection,
		signal?: AbortSignal,
	): Promise<(Float32Array | Error)[]> {
		try {
			return await embed(texts, connection, documentMs, signal);
		} catch (error) {
			if (!blamesTheText(error)) throw error;
			if (texts.length === 1) return [ollamaFailure(error, connection, signal)];
		}
		// One bad text fails the batch; alone, each gets its own answer.
		const answers: (Float32Array | Error)[] = [];
		for (const text of texts) answers.push(...(await embedBatch([text], connection, signal)));
		return answers;
	}

	return {
		async embedDocuments(texts, connection, signal) {
			const prefix = textPrefix(textModelName(connection), 'document');
			const answers: (Float32Array | Error)[] = texts.map(
				() => new EngineError('BAD_REQUEST', 'There are no words to embed.'),
			);
			const wanted = texts.flatMap((text, at) =>
				text.trim() === '' ? [] : [{ at, text: prefix + text }],
			);
			try {
				for (let start = 0; start < wanted.length; start += BATCH) {
					const batch = wanted.slice(start, start + BATCH);
					const inputs = batch.map(({ text }) => text);
					const vectors = await embedBatch(inputs, connection, signal);
					batch.forEach(({ at }, i) => (answers[at] = vectors[i] ?? missing()));
				}
			} catch (error) {
				throw ollamaFailure(error, connection, signal);
			}
			return answers;
		},

		async embedQuery(text, connection, signal) {
			if (text.trim() === '') throw new EngineError('EMPTY_QUERY', 'The query has no words.');
			const prefix = textPrefix(textModelName(connection), 'query');
			const deadline = AbortSignal.timeout(queryMs);
			const within = signal ? AbortSignal.any([signal, deadline]) : deadline;
			try {
				const [vector] = await embed([prefix + text], connection, queryMs, within);
				return vector ?? fail(missing());
			} catch (error) {
				throw ollamaFailure(error, connection, signal);
			}
		},

		async testConnection(connection, signal) {
			try {
				const { version } = await ollamaClient(connection, queryMs, signal).version();
				const [vector] = await embed(['test'], connection, documentMs, signal);
				return {
					version: String(version),
					model: textModelName(connection),
					dimension: vector?.length ?? 0,
				};
			} catch (error) {
				throw ollamaFailure(error, connection, signal);
			}
		},
	};
}

/** 400 and 500 may be about one text of the batch; everything else is about the server. */
function blamesTheText(error: unknown): boolean {
	if (error instanceof EngineError) return error.code === 'OLLAMA_ERROR';
	if (!(error instanceof OllamaRefusal)) return false;
	if (/does not support embed/i.test(error.message)) return false;
	return error.status === 400 || error.status === 500;
}

/** Unit vectors in the order asked, or `OLLAMA_ERROR`: a proxy can answer 200 with anything. */
function checkAnswer(answer: unknown, count: number, model: string): Float32Array[] {
	const rows: unknown =
		typeof answer === 'object' && answer !== null && 'embeddings' in answer
			? answer.embeddings
			: undefined;
	if (!Array.isArray(rows) || rows.length !== count) {
		const got = Array.isArray(rows) ? rows.length : 'no';
		throw new EngineError(
			'OLLAMA_ERROR',
			`Ollama answered ${got} vectors for ${count} texts. Check that "${model}" is an embedding model.`,
		);
	}
	return rows.map((row: unknown) => unitVector(row, model));
}

function unitVector(row: unknown, model: string): Float32Array {
	const numbers: unknown[] = Array.isArray(row) ? row : [];
	let squares = 0;
	for (const value of numbers) squares += typeof value === 'number' ? value * value : NaN;
	// NaN is written as null in JSON, so a broken model shows up here as no number at all.
	if (!(squares > 0) || squares === Infinity) {
		throw new EngineError('OLLAMA_ERROR', `"${model}" answered an unusable vector for a text.`);
	}
	const length = Math.sqrt(squares);
	return Float32Array.from(numbers as number[], (value) => value / length);
}

function missing(): EngineError {
	return new EngineError('OLLAMA_ERROR', 'Ollama left a text without an answer.');
}

function fail(error: EngineError): never {
	throw error;
}
