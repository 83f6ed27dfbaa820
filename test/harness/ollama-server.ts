import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { OllamaConnection } from '../../engine/service/contract';

/** What the double does with the next requests. */
export type OllamaMood =
	| 'well'
	/** Queue full: 503. */
	| 'busy'
	/** Accepts and never answers. */
	| 'hanging'
	/** Closes every connection. */
	| 'down'
	/** 500 for everything. */
	| 'failing'
	/** 200 with a web page, like a proxy in front of nothing. */
	| 'html';

export interface OllamaTestServer {
	connection: OllamaConnection;
	url: string;
	/** Inputs of every `/api/embed` so far, in order, prefixes included. */
	readonly requests: { model: string; input: string[]; authorization?: string }[];
	/** @param times requests after which the mood is `well` again; default for ever */
	mood(mood: OllamaMood, times?: number): void;
	/** Milliseconds before each embed answer. */
	delay(ms: number): void;
	close(): Promise<void>;
}

const DIMENSION = 768;
/** A text with this word makes its whole batch fail, as a text that a model chokes on does. */
export const POISON = 'poisonous';

/**
 * A test double of Ollama, not Ollama: `/api/embed`, `/api/version` and `/api/tags` with the real
 * ones' shapes and faults, and embeddings that are sums of one random vector per word, so that texts
 * that share words are near each other. It understands words, not meaning.
 */
export async function startOllamaServer(
	models: string[] = ['nomic-embed-text'],
): Promise<OllamaTestServer> {
	const requests: OllamaTestServer['requests'] = [];
	let mood: OllamaMood = 'well';
	let moodLeft = Infinity;
	let delayMs = 0;

	const server = createServer((request, response) => {
		const now = mood;
		moodLeft -= 1;
		if (moodLeft <= 0) mood = 'well';
		if (now === 'down') return void request.socket.destroy();
		if (now === 'hanging') return;
		if (now === 'html') {
			response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>');
			return;
		}
		if (now === 'busy') {
			return answer(response, 503, {
				error: 'server busy, please try again.  maximum pending requests exceeded',
			});
		}
		if (now === 'failing') return answer(response, 500, { error: 'llama runner has terminated' });
		void handle(request, response);
	});

	async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		if (request.url === '/api/version') return answer(response, 200, { version: '0.0.0-double' });
		if (request.url === '/api/tags') {
			return answer(response, 200, { models: models.map((name) => ({ name: `${name}:latest` })) });
		}
		if (request.url !== '/api/embed' || request.method !== 'POST') {
			response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
			return;
		}
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const body = JSON.parse(Buffer.concat(chunks).toString()) as {
			model: string;
			input: string | string[];
		};
		const input = [body.input].flat();
		requests.push({ model: body.model, input, authorization: request.headers.authorization });
		if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
		if (!models.includes(body.model.replace(/:latest$/, ''))) {
			return answer(response, 404, {
				error: `model "${body.model}" not found, try pulling it first`,
			});
		}
		if (input.some((text) => text.includes(POISON))) {
			return answer(response, 400, { error: 'the input length exceeds the context length' });
		}
		answer(response, 200, { model: body.model, embeddings: input.map(wordEmbedding) });
	}

	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		connection: { url, model: models[0] },
		requests,
		mood(next, times = Infinity) {
			mood = next;
			moodLeft = times;
		},
		delay(ms) {
			delayMs = ms;
		},
		close() {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
}

/** Unit vector of a text: the sum of its words' vectors. The task prefix is not a word. */
function wordEmbedding(text: string): number[] {
	const words = text
		.replace(/^search_(document|query): /, '')
		.toLowerCase()
		.match(/[\p{L}\p{N}]+/gu);
	const sum = new Float64Array(DIMENSION);
	for (const word of words ?? ['']) {
		const bytes = wordBytes(word);
		for (let i = 0; i < DIMENSION; i++) sum[i]! += bytes.readInt8(i) / 128;
	}
	const length = Math.hypot(...sum);
	return Array.from(sum, (value) => value / length);
}

/** 768 bytes that depend on the word alone. */
function wordBytes(word: string): Buffer {
	const parts: Buffer[] = [];
	for (let i = 0; i * 64 < DIMENSION; i++) {
		parts.push(createHash('sha512').update(`${i}:${word}`).digest());
	}
	return Buffer.concat(parts);
}

function answer(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
	response.end(JSON.stringify(body));
}
