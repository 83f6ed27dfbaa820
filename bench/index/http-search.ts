import { Agent, request } from 'node:http';
import type { VectorKind } from '../../engine/index/vector-index';

/** Asks the engine for the nearest photos over its socket, on a connection that is kept. */
export class HttpSearch {
	readonly #socket: string;
	readonly #path: string;
	readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

	constructor(socket: string, index: string) {
		this.#socket = socket;
		this.#path = `/indexes/${index}/nearest`;
	}

	/** From the vector to the parsed answer, in milliseconds. */
	async nearest(
		kind: VectorKind,
		{ vector, model }: { vector: Float32Array; model: string },
		limit: number,
	): Promise<number> {
		const started = performance.now();
		// As the nodes send it.
		const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
		const body = JSON.stringify({ kind, vector: bytes.toString('base64'), model, limit });
		const { status, text } = await this.#post(body);
		const answer = JSON.parse(text) as unknown;
		const ms = performance.now() - started;
		if (status !== 200)
			throw new Error(`${this.#path} answered ${status}: ${JSON.stringify(answer)}`);
		return ms;
	}

	close(): void {
		this.#agent.destroy();
	}

	#post(body: string): Promise<{ status: number; text: string }> {
		return new Promise((resolve, reject) => {
			const sent = request(
				{
					socketPath: this.#socket,
					agent: this.#agent,
					method: 'POST',
					path: this.#path,
					headers: {
						'content-type': 'application/json',
						'content-length': Buffer.byteLength(body),
					},
				},
				(response) => {
					const chunks: Buffer[] = [];
					response.on('data', (chunk: Buffer) => chunks.push(chunk));
					response.on('error', reject);
					response.on('end', () => {
						const text = Buffer.concat(chunks).toString();
						resolve({ status: response.statusCode ?? 0, text });
					});
				},
			);
			sent.once('error', reject);
			sent.end(body);
		});
	}
}
