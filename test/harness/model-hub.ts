import { createHash } from 'node:crypto';
import {
	createServer,
	type IncomingMessage,
	type RequestListener,
	type Server,
	type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** How the next answers go wrong; counts are counted down as they do. */
export interface Faults {
	/** Cut the body of a large file after this many bytes. */
	truncateAt?: { bytes: number; times: number };
	/** Answer 429, with these headers. */
	rateLimit?: { times: number; headers?: Record<string, string> };
	/** Answer with this status instead of the content or its redirect. */
	status?: { code: number; times: number; headers?: Record<string, string>; at?: 'hub' | 'cdn' };
	/** Change a byte of a large file. */
	corrupt?: number;
	/** Send so many bytes of a large file, and then nothing, with the connection open. */
	stallAt?: { bytes: number; times: number };
	/** Send large files in pieces of this size, with this many milliseconds between them. */
	drip?: { bytes: number; everyMs: number };
	/** Ignore `Range`, as some mirrors do. */
	noRanges?: boolean;
	/** Answer 405 to HEAD. */
	noHead?: boolean;
	/** Declare neither checksum nor commit, as a plain web server does. */
	plain?: boolean;
	/** Redirect to itself for ever. */
	circle?: boolean;
	/** Redirect by a relative location to the repository's new name first. */
	renamed?: boolean;
	/** Declare this size for large files. */
	declaredSize?: number;
}

/** A request that reached the double. */
export interface HubRequest {
	method: string;
	host: 'hub' | 'cdn';
	path: string;
	range: string | undefined;
	authorization: string | undefined;
}

export interface ModelHub {
	url: string;
	cdnUrl: string;
	faults: Faults;
	requests: HubRequest[];
	/** Requests for file contents. */
	fetched(): HubRequest[];
	close(): Promise<void>;
}

export const COMMIT = '0123456789abcdef0123456789abcdef01234567';

/** A signature is good for one request, as the shortest-lived address of a CDN would be. */
let signatures = 0;

/**
 * A test double of the Hugging Face hub's download contract: small files with git's blob id as
 * etag, large ones by a redirect to another origin that honours ranges and whose addresses expire,
 * the content's sha256 in `x-linked-etag`, and a token where `token` is set. `files` may change
 * while it runs.
 */
export async function startModelHub(
	files: Record<string, Buffer>,
	{ token, tls, isLarge = (name) => name.includes('.onnx') }: HubOptions = {},
): Promise<ModelHub> {
	const faults: Faults = {};
	const requests: HubRequest[] = [];
	const valid = new Set<string>();
	const serve = (answer: RequestListener) =>
		tls ? createTlsServer(tls, answer) : createServer(answer);
	const urlOf = (server: Server) =>
		`${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
	// The CDN is another origin, as in the real world: the token must not travel there.
	const cdn = serve((request, response) => {
		note('cdn', request);
		const url = new URL(request.url!, 'http://cdn');
		const signature = url.searchParams.get('signature') ?? '';
		if (takeStatus('cdn', response)) return;
		if (!valid.delete(signature)) return void response.writeHead(403).end('expired');
		sendContent(files[url.pathname.slice(1)]!, request, response, {});
	});
	const hub = serve((request, response) => {
		note('hub', request);
		if (faults.rateLimit?.times) {
			faults.rateLimit.times--;
			return void response.writeHead(429, faults.rateLimit.headers).end();
		}
		if (takeStatus('hub', response)) return;
		if (token && request.headers.authorization !== `Bearer ${token}`) {
			return void response.writeHead(401, { 'x-error-code': 'GatedRepo' }).end();
		}
		if (faults.noHead && request.method === 'HEAD') return void response.writeHead(405).end();
		if (faults.circle) return void response.writeHead(302, { location: request.url }).end();
		if (faults.renamed && !request.url!.startsWith('/new-owner/')) {
			const location = request.url!.replace(/^\/[^/]+\//, '/new-owner/');
			return void response.writeHead(307, { location }).end();
		}
		const match = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(request.url ?? '');
		const content = match && files[match[3]!];
		if (!content) return void response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end();
		const name = match[3]!;
		if (faults.plain) return sendContent(content, request, response, {});
		const headers = { 'x-repo-commit': COMMIT };
		if (!isLarge(name)) {
			const etag = createHash('sha1').update(`blob ${content.length}\0`).update(content);
			return sendContent(content, request, response, {
				...headers,
				etag: `"${etag.digest('hex')}"`,
			});
		}
		const signature = String(++signatures);
		valid.add(signature);
		response.writeHead(302, {
			...headers,
			location: `${urlOf(cdn)}/${name}?signature=${signature}`,
			'x-linked-etag': `"${createHash('sha256').update(content).digest('hex')}"`,
			'x-linked-size': faults.declaredSize ?? content.length,
		});
		response.end();
	});

	function note(host: HubRequest['host'], { method, url, headers }: IncomingMessage): void {
		const { range, authorization } = headers;
		requests.push({ method: method!, host, path: url!.split('?')[0]!, range, authorization });
	}

	function takeStatus(host: 'hub' | 'cdn', response: ServerResponse): boolean {
		const { status } = faults;
		if (!status?.times || (status.at ?? 'hub') !== host) return false;
		status.times--;
		response.writeHead(status.code, status.headers).end();
		return true;
	}

	function sendContent(
		whole: Buffer,
		request: IncomingMessage,
		response: ServerResponse,
		headers: Record<string, string>,
	): void {
		const name = request.url!.split('?')[0]!;
		const faulty = isLarge(name);
		const asked = /bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1];
		const start = asked && !faults.noRanges ? Number(asked) : 0;
		if (start > 0 && start >= whole.length) return void response.writeHead(416).end();
		let content = whole.subarray(start);
		response.writeHead(start > 0 ? 206 : 200, {
			...headers,
			'content-length': content.length,
			...(start > 0 && {
				'content-range': `bytes ${start}-${whole.length - 1}/${whole.length}`,
			}),
		});
		if (request.method === 'HEAD') return void response.end();
		if (faulty && faults.corrupt) {
			faults.corrupt--;
			content = Buffer.from(content);
			content[content.length - 1]! ^= 1;
		}
		const { truncateAt, stallAt, drip } = faults;
		if (faulty && truncateAt?.times) {
			truncateAt.times--;
			response.write(content.subarray(0, truncateAt.bytes));
			// Long enough for the client to have read it: what it has not is lost with the connection.
			setTimeout(() => response.destroy(), 100);
		} else if (faulty && stallAt?.times) {
			stallAt.times--;
			response.write(content.subarray(0, stallAt.bytes));
		} else if (faulty && drip) {
			let sent = 0;
			const timer = setInterval(() => {
				response.write(content.subarray(sent, sent + drip.bytes));
				sent += drip.bytes;
				if (sent >= content.length) response.end();
				if (sent >= content.length || response.destroyed) clearInterval(timer);
			}, drip.everyMs);
		} else {
			response.end(content);
		}
	}

	for (const server of [hub, cdn]) {
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	}
	return {
		url: urlOf(hub),
		cdnUrl: urlOf(cdn),
		faults,
		requests,
		fetched: () =>
			requests.filter(
				({ method, host, path }) => method === 'GET' && (host === 'cdn' || !isLarge(path)),
			),
		async close() {
			for (const server of [hub, cdn]) {
				server.closeAllConnections();
				await new Promise((resolve) => server.close(resolve));
			}
		},
	};
}

interface HubOptions {
	/** Without it every request is refused. */
	token?: string;
	/** Serve by https. */
	tls?: { key: Buffer; cert: Buffer };
	/** Which files lie behind a redirect. */
	isLarge?: (name: string) => boolean;
}
