import {
	Agent as HttpAgent,
	request as httpRequest,
	type IncomingMessage,
	type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { EngineError, isErrorCode, type ErrorBody } from '../errors';

/** One place to send requests to: a unix socket, or a URL with a token. */
export type Address = { socketPath: string } | { url: string; token?: string };

export interface Call {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** With query, percent-encoded. */
	path: string;
	/** An object is sent as JSON, a Buffer as it is, a stream as JSON Lines at the engine's pace. */
	body?: object | Buffer | Readable;
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
export async function send<T>(address: Address, call: Call): Promise<T> {
	const response = await exchange(address, call);
	return parse(response, await read(response, call.signal)) as T;
}

/**
 * Sends one request and hands its answer over as it arrives. An answer that is cut off ends the stream
 * with an error.
 *
 * @throws the same as {@link send}, for an answer that is an error
 */
export async function receive(address: Address, call: Call): Promise<IncomingMessage> {
	const response = await exchange(address, call);
	if (isSuccess(response)) return response;
	parse(response, await read(response, call.signal));
	throw notTheEngine(response);
}

function exchange(address: Address, call: Call): Promise<IncomingMessage> {
	const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
	if (call.signal?.aborted) throw cancelled();
	const stream = call.body instanceof Readable ? call.body : undefined;
	const body = Buffer.isBuffer(call.body)
		? call.body
		: call.body && !stream && Buffer.from(JSON.stringify(call.body));
	const type = stream ? 'x-ndjson' : Buffer.isBuffer(call.body) ? 'octet-stream' : 'json';
	const options: RequestOptions = {
		method: call.method,
		headers: {
			accept: 'application/json',
			...(call.body && { 'content-type': `application/${type}` }),
			...(body && { 'content-length': body.length }),
			...('token' in address && address.token && { authorization: `Bearer ${address.token}` }),
		},
		timeout: call.timeoutMs ?? (call.bulk ? BULK_TIMEOUT_MS : TIMEOUT_MS),
		signal: call.signal,
	};
	const request = open(address, call.path, options, agents[call.bulk ? 'bulk' : 'quick']);
	request.on('timeout', () =>
		request.destroy(
			new EngineError('ENGINE_UNREACHABLE', 'The engine did not answer in time. Look at its log.'),
		),
	);
	request.on('error', (error) => reject(requestError(error, call.signal)));
	request.on('response', (response) => {
		resolve(response);
		if (!stream || request.writableEnded) return;
		// An answer before the end of the body is a refusal: nobody reads the rest.
		stream.unpipe(request);
		response.once('end', () => request.destroy());
	});
	if (!stream) request.end(body);
	else {
		stream.on('error', (error) => {
			reject(error);
			request.destroy();
		});
		stream.pipe(request);
	}
	return promise;
}

async function read(response: IncomingMessage, signal: AbortSignal | undefined): Promise<Buffer> {
	const chunks: Buffer[] = [];
	try {
		for await (const chunk of response) chunks.push(chunk as Buffer);
	} catch (error) {
		throw requestError(error as Error, signal);
	}
	if (!response.complete) throw new ConnectionLost(new Error('the answer was cut off'));
	return Buffer.concat(chunks);
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

function isSuccess({ statusCode = 0 }: IncomingMessage): boolean {
	return statusCode >= 200 && statusCode < 300;
}

function parse(response: IncomingMessage, body: Buffer): unknown {
	let parsed: unknown;
	try {
		parsed = body.length === 0 ? undefined : JSON.parse(body.toString('utf8'));
	} catch {
		throw notTheEngine(response, ', no JSON');
	}
	if (isSuccess(response)) return parsed;
	const error = (parsed as { error?: Partial<ErrorBody> } | undefined)?.error;
	if (!error || !isErrorCode(error.code)) throw notTheEngine(response);
	throw new EngineError(error.code, error.message ?? error.code, error.details);
}

function notTheEngine({ statusCode }: IncomingMessage, detail = ''): EngineError {
	return new EngineError(
		'ENGINE_UNREACHABLE',
		`What answered is not the engine (status ${statusCode}${detail}). Check the URL.`,
	);
}

function requestError(error: Error, signal: AbortSignal | undefined): Error {
	if (signal?.aborted) return cancelled();
	return error instanceof EngineError ? error : new ConnectionLost(error);
}

function cancelled(): EngineError {
	return new EngineError('CANCELLED', 'The call was cancelled.');
}
