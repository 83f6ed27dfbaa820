import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the next answers go wrong; counted down as they do. */
export interface Faults {
	/** Cut the body of a large file after this many bytes. */
	truncateAt?: { bytes: number; times: number };
	/** Answer 429. */
	rateLimit?: number;
	/** Change a byte of a large file. */
	corrupt?: number;
}

export interface ModelHub {
	url: string;
	faults: Faults;
	/** Requests for file contents: path and the range asked for. */
	fetched: { path: string; range: string | undefined; authorization: string | undefined }[];
	close(): Promise<void>;
}

export const COMMIT = '0123456789abcdef0123456789abcdef01234567';

/**
 * A test double of the Hugging Face hub's download contract: small files with git's blob id as
 * etag, large ones by a redirect to another host that honours ranges, the content's sha256 in
 * `x-linked-etag`, and a token where `token` is set.
 */
export async function startModelHub(
	files: Record<string, Buffer>,
	token?: string,
): Promise<ModelHub> {
	const faults: Faults = {};
	const fetched: ModelHub['fetched'] = [];
	// The CDN is another origin, as in the real world: the token must not travel there.
	const cdn = createServer((request, response) => serveContent(request, response));
	const hub = createServer((request, response) => {
		const match = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(request.url ?? '');
		if (faults.rateLimit) {
			faults.rateLimit--;
			return void response.writeHead(429).end();
		}
		if (token && request.headers.authorization !== `Bearer ${token}`) {
			return void response.writeHead(401, { 'x-error-code': 'GatedRepo' }).end();
		}
		const content = match && files[match[3]!];
		if (!content) return void response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end();
		const headers = { 'x-repo-commit': COMMIT };
		if (!match[3]!.endsWith('.onnx')) {
			const blob = createHash('sha1')
				.update(`blob ${content.length}\0`)
				.update(content)
				.digest('hex');
			if (request.method === 'GET') note(request);
			response.writeHead(200, { ...headers, etag: `"${blob}"`, 'content-length': content.length });
			return void response.end(request.method === 'HEAD' ? undefined : content);
		}
		response.writeHead(302, {
			...headers,
			location: `${urlOf(cdn)}/${match[3]}?signature=secret`,
			'x-linked-etag': `"${createHash('sha256').update(content).digest('hex')}"`,
			'x-linked-size': content.length,
		});
		response.end();
	});

	function note(request: IncomingMessage): void {
		fetched.push({
			path: request.url!.split('?')[0]!,
			range: request.headers.range,
			authorization: request.headers.authorization,
		});
	}

	function serveContent(request: IncomingMessage, response: ServerResponse): void {
		note(request);
		const content = Buffer.from(files[request.url!.split('?')[0]!.slice(1)]!);
		const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
		if (faults.corrupt) {
			faults.corrupt--;
			content[content.length - 1]! ^= 1;
		}
		response.writeHead(start > 0 ? 206 : 200, { 'content-length': content.length - start });
		const { truncateAt } = faults;
		if (truncateAt?.times) {
			truncateAt.times--;
			response.write(content.subarray(start, start + truncateAt.bytes));
			// Long enough for the client to have read it: what it has not is lost with the connection.
			setTimeout(() => response.destroy(), 200);
			return;
		}
		response.end(content.subarray(start));
	}

	for (const server of [hub, cdn]) {
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	}
	return {
		url: urlOf(hub),
		faults,
		fetched,
		async close() {
			for (const server of [hub, cdn]) {
				server.closeAllConnections();
				await new Promise((resolve) => server.close(resolve));
			}
		},
	};
}

function urlOf(server: ReturnType<typeof createServer>): string {
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
