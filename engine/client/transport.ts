import { Agent as HttpAgent, request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { EngineError, isErrorCode, type ErrorBody } from '../errors';

/** One place to send requests to: a unix socket, or a URL with a token. */
export type Address = { socketPath: string } | { url: string; token?: string };

export interface Call {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** With query, percent-encoded. */
	path: string;
	/** An object is sent as JSON, a Buffer as it is. */
	body?: object | Buffer;
	signal?: AbortSignal;
	/** May take minutes: photos to embed, buckets to list. Others are answered within seconds. */
	bulk?: boolean;
	/** Silence of the engine after which the call is given up. */
	timeoutMs?: number;
}

/** Short enough to notice a dead host. */
const TIMEOUT_MS = 60_000;
/** Long enough for a batch of photos on a slow model. */
const BULK_TIMEOUT_MS = 10 * 60_000;

// Free sockets are kept for the next call but never hold the process open. Bulk calls have their own,
// so that a search never waits for a socket behind photos.
const OPTIONS = { keepAlive: true, maxSockets: 16, timeout: 60_000 };
const agents = {
	quick: { http: new HttpAgent(OPTIONS), https: new HttpsAgent(OPTIONS) },
	bulk: { http: new HttpAgent(OPTIONS), https: new HttpsAgent(OPTIONS) },
};

/** The connection broke before an answer was complete: the engine died, stopped or is not there. */
export class ConnectionLost extends Error {
	constructor(cause: Error) {
		super(cause.message, { cause });
		this.name = 'ConnectionLost';
	}
}

/**
 * Sends one request and parses its JSON answer.
 *
 * @throws EngineError as the engine sent it, `CANCELLED`, `ENGINE_UNREACHABLE` on a timeout
 * @throws ConnectionLost
 */
export function send<T>(address: Address, call: Call): Promise<T> {
	return new Promise((resolve, reject) => {
		if (call.signal?.aborted) return reject(cancelled());
		const body = Buffer.isBuffer(call.body)
			? call.body
			: call.body && Buffer.from(JSON.stringify(call.body));
		const options: RequestOptions = {
			method: call.method,
			headers: {
				accept: 'application/json',
				...(body && {
					'content-type': Buffer.isBuffer(call.body)
						? 'application/octet-stream'
						: 'application/json',
					'content-length': body.length,
				}),
				...('token' in address && address.token && { authorization: `Bearer ${address.token}` }),
			},
			timeout: call.timeoutMs ?? (call.bulk ? BULK_TIMEOUT_MS : TIMEOUT_MS),
			signal: call.signal,
		};
		const request = open(address, call.path, options, agents[call.bulk ? 'bulk' : 'quick']);
		request.on('timeout', () =>
			request.destroy(
				new EngineError(
					'ENGINE_UNREACHABLE',
					'The engine did not answer in time. Look at its log.',
				),
			),
		);
		request.on('error', (error) => reject(requestError(error, call.signal)));
		request.on('response', (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', (error) => reject(requestError(error, call.signal)));
			response.on('end', () => {
				if (!response.complete)
					return reject(new ConnectionLost(new Error('the answer was cut off')));
				settle(response.statusCode ?? 0, Buffer.concat(chunks), resolve, reject);
			});
		});
		request.end(body);
	});
}

function open(
	address: Address,
	path: string,
	options: RequestOptions,
	agent: { http: HttpAgent; https: HttpsAgent },
) {
	if ('socketPath' in address) {
		return httpRequest({ ...options, agent: agent.http, socketPath: address.socketPath, path });
	}
	let url: URL;
	try {
		url = new URL(address.url.replace(/\/+$/, '') + path);
	} catch {
		throw new EngineError(
			'ENGINE_UNREACHABLE',
			`"${address.url}" is not a URL. It should look like http://host:7700.`,
		);
	}
	return url.protocol === 'https:'
		? httpsRequest(url, { ...options, agent: agent.https })
		: httpRequest(url, { ...options, agent: agent.http });
}

function settle<T>(
	status: number,
	body: Buffer,
	resolve: (value: T) => void,
	reject: (error: Error) => void,
): void {
	let parsed: unknown;
	try {
		parsed = body.length === 0 ? undefined : JSON.parse(body.toString('utf8'));
	} catch {
		return reject(
			new EngineError(
				'ENGINE_UNREACHABLE',
				`What answered is not the engine (status ${status}, no JSON). Check the URL.`,
			),
		);
	}
	if (status >= 200 && status < 300) return resolve(parsed as T);
	const error = (parsed as { error?: Partial<ErrorBody> } | undefined)?.error;
	if (error && isErrorCode(error.code)) {
		return reject(new EngineError(error.code, error.message ?? error.code, error.details));
	}
	reject(
		new EngineError(
			'ENGINE_UNREACHABLE',
			`What answered is not the engine (status ${status}). Check the URL.`,
		),
	);
}

function requestError(error: Error, signal: AbortSignal | undefined): Error {
	if (signal?.aborted) return cancelled();
	return error instanceof EngineError ? error : new ConnectionLost(error);
}

function cancelled(): EngineError {
	return new EngineError('CANCELLED', 'The call was cancelled.');
}
