import { Ollama } from 'ollama';

import { EngineError } from '../errors';
import type { OllamaConnection } from '../service/contract';
import { textModelName } from './ollama-model';

/** An answer of Ollama that is not 2xx; whether that condemns one text or the server is not known yet. */
export class OllamaRefusal extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
		this.name = 'OllamaRefusal';
	}
}

/** Longest piece of a server's own error text that is quoted. */
const MAX_QUOTE = 300;
/** Error bodies are read for their message only. */
const MAX_ERROR_BODY = 64 * 1024;

/**
 * An Ollama client whose every request ends within `timeoutMs` (connecting, waiting and reading
 * together) or when `signal` fires. The package's own `abort()` does not reach `embed()`, and its
 * error handling writes to stdout, so both happen in the fetch it is given.
 */
export function ollamaClient(
	connection: OllamaConnection,
	timeoutMs: number,
	signal?: AbortSignal,
): Ollama {
	const deadline = AbortSignal.timeout(timeoutMs);
	const abort = signal ? AbortSignal.any([signal, deadline]) : deadline;
	return new Ollama({
		host: ollamaUrl(connection.url).href.replace(/\/$/, ''),
		headers: connection.api_key ? { Authorization: `Bearer ${connection.api_key}` } : undefined,
		fetch: async (input, init) => {
			const response = await fetch(input, { ...init, signal: abort });
			if (!response.ok) throw new OllamaRefusal(response.status, await errorText(response));
			return response;
		},
	});
}

/** Throws `BAD_REQUEST`. `host:port` means http; a pasted `/api` or `/v1` is taken off. */
function ollamaUrl(text: string): URL {
	const hasScheme = /^https?:\/\//i.test(text.trim());
	try {
		const url = new URL(hasScheme ? text.trim() : `http://${text.trim()}`);
		if (!url.hostname || url.search || url.hash) throw new TypeError('not a plain address');
		if (!hasScheme && !url.port) url.port = '11434';
		url.pathname = url.pathname.replace(/\/+(api|v1)\/*$/, '').replace(/\/+$/, '');
		return url;
	} catch {
		throw new EngineError(
			'BAD_REQUEST',
			'The Ollama URL is not an address. Write it like http://ollama:11434.',
		);
	}
}

/** For messages: host and port without credentials. */
export function ollamaHost(connection: OllamaConnection): string {
	return ollamaUrl(connection.url).host;
}

/** A failed call as an EngineError whose sentence says what to do. */
export function ollamaFailure(
	error: unknown,
	connection: OllamaConnection,
	signal?: AbortSignal,
): EngineError {
	if (error instanceof EngineError) return error;
	if (signal?.aborted) return new EngineError('CANCELLED', 'The call to Ollama was cancelled.');
	const host = ollamaHost(connection);
	const model = textModelName(connection);
	if (error instanceof OllamaRefusal) {
		const { status, message } = error;
		const details = { host, model, status };
		if (status === 404 && /model/i.test(message)) {
			return new EngineError(
				'OLLAMA_MODEL_MISSING',
				`Ollama at ${host} does not have the model "${model}". Run \`ollama pull ${model}\` there.`,
				details,
			);
		}
		if (status === 401 || status === 403) {
			return new EngineError(
				'OLLAMA_ERROR',
				`${host} refuses the request (${status}). Check the API key of the Ollama connection.`,
				details,
			);
		}
		if (status === 503 || status === 429) {
			return new EngineError(
				'OLLAMA_ERROR',
				`Ollama at ${host} is busy: its queue is full. Try again in a moment.`,
				details,
			);
		}
		if (status === 404 || status === 405) {
			return new EngineError(
				'OLLAMA_ERROR',
				`${host} does not answer like Ollama (status ${status}). Check the URL; it needs Ollama 0.3 or newer.`,
				details,
			);
		}
		return new EngineError('OLLAMA_ERROR', `Ollama at ${host} failed: ${message}`, details);
	}
	const code = networkCode(error);
	if (
		code === 'TimeoutError' ||
		code === 'UND_ERR_HEADERS_TIMEOUT' ||
		code === 'UND_ERR_CONNECT_TIMEOUT'
	) {
		return new EngineError(
			'OLLAMA_UNREACHABLE',
			`Ollama at ${host} did not answer in time. It may be loading the model; check that it is up.`,
			{ host, model },
		);
	}
	if (error instanceof SyntaxError) {
		return new EngineError(
			'OLLAMA_ERROR',
			`${host} does not answer like Ollama: its answer is not JSON. Check the URL.`,
			{ host, model },
		);
	}
	return new EngineError(
		'OLLAMA_UNREACHABLE',
		`Ollama at ${host} cannot be reached${code ? ` (${code})` : ''}. Check the URL and that Ollama runs; inside a container "localhost" is the container itself.`,
		{ host, model },
	);
}

/** undici hides the reason: `TypeError: fetch failed` with a cause, which may hold several. */
function networkCode(error: unknown): string {
	let at: unknown = error;
	for (let depth = 0; depth < 4 && typeof at === 'object' && at !== null; depth++) {
		const { code, name, cause, errors } = at as {
			code?: unknown;
			name?: unknown;
			cause?: unknown;
			errors?: unknown[];
		};
		if (name === 'TimeoutError') return name;
		// An aborted wait says so first and why second.
		if (typeof code === 'string' && code !== 'ABORT_ERR') return code;
		at = cause ?? errors?.[0];
	}
	return '';
}

async function errorText(response: Response): Promise<string> {
	const text = (await response.text()).slice(0, MAX_ERROR_BODY);
	let message = text;
	try {
		const body: unknown = JSON.parse(text);
		if (typeof body === 'object' && body !== null && 'error' in body) message = String(body.error);
	} catch {
		// Not JSON: a proxy's page. A tag in an error message helps nobody.
		if (/^\s*</.test(text)) message = '';
	}
	return message.replace(/\s+/g, ' ').trim().slice(0, MAX_QUOTE) || `status ${response.status}`;
}
