import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BLOCK, DIMENSION, VectorMaker } from '../index/vector-maker';
import { hash } from '../support/random-weights';

export interface VectorServer {
	url: string;
	close(): Promise<void>;
}

/**
 * Answers `/api/embed` as Ollama does, with vectors that lie among those of the photos, and at once:
 * no model runs. Listens on this machine alone.
 */
export async function startVectorServer(): Promise<VectorServer> {
	const floats = new Float32Array(BLOCK * DIMENSION);
	new VectorMaker('text').fill(floats, 'queries', 0);
	// As text: an answer costs what it costs the engine to read, not this process to write.
	const vectors = Array.from({ length: BLOCK }, (_, row) =>
		JSON.stringify(Array.from(floats.subarray(row * DIMENSION, (row + 1) * DIMENSION))),
	);
	const server = createServer((request, response) => {
		const embed = async () => {
			const { input } = JSON.parse(await textOf(request)) as { input: string | string[] };
			const found = [input].flat().map((text) => vectors[(hash(text) >>> 0) % BLOCK]);
			response.setHeader('content-type', 'application/json');
			response.end(`{"embeddings":[${found.join(',')}]}`);
		};
		if (request.url === '/api/embed') embed().catch(() => response.destroy());
		else response.writeHead(404).end();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

async function textOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}
