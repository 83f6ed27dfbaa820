import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EngineError } from '../../engine/client';

export const TOKEN = 'a-token-of-the-tests';

export interface FakeCall {
	/** `METHOD /path`, without the query. */
	route: string;
	query: string;
	/** Parsed JSON, or the bytes of anything else. */
	body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests read it freely
}

type Answer = (call: FakeCall) => unknown;

/** An HTTP server that speaks the engine's wire format with answers from the test. */
export interface FakeEngine {
	url: string;
	calls: FakeCall[];
	/** Calls of one route. */
	to(route: string): FakeCall[];
	/** A thrown EngineError is answered as the engine would. */
	answer(route: string, answer: Answer): void;
	/** What a route answers now. */
	answers(route: string): Answer;
	close(): Promise<void>;
}

export async function startFakeEngine(): Promise<FakeEngine> {
	const answers = new Map<string, Answer>();
	const calls: FakeCall[] = [];

	const server = createServer(async (request, response) => {
		const send = (status: number, body: unknown) => {
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		};
		if (request.headers.authorization !== `Bearer ${TOKEN}`) {
			return send(401, { error: { code: 'UNAUTHORIZED', message: 'The token is wrong.' } });
		}
		const call = await readCall(request);
		calls.push(call);
		try {
			const answer = answers.get(call.route);
			if (!answer) throw new EngineError('NOT_FOUND', `The test expects no ${call.route}`);
			send(200, await answer(call));
		} catch (error) {
			const failure =
				error instanceof EngineError ? error : new EngineError('INTERNAL', String(error));
			send(failure.status, { error: failure.toJSON() });
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');

	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		calls,
		to: (route) => calls.filter((call) => call.route === route),
		answer: (route, answer) => void answers.set(route, answer),
		answers: (route) => answers.get(route)!,
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

async function readCall(request: IncomingMessage): Promise<FakeCall> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const bytes = Buffer.concat(chunks);
	const isJson = request.headers['content-type'] === 'application/json';
	const url = new URL(request.url ?? '/', 'http://engine');
	return {
		route: `${request.method} ${decodeURIComponent(url.pathname)}`,
		query: url.search,
		body: isJson ? JSON.parse(bytes.toString()) : bytes,
	};
}
