import type { Dispatcher } from 'undici';
import { HubFailure } from './hub-failure';

/** Proxies by the scheme of what is fetched, and the hosts that are reached without one. */
export interface ProxySettings {
	http?: string;
	https?: string;
	/** Hosts and domains, comma-separated; `*` for all. */
	no?: string;
}

/**
 * The customary variables, in lower case (which wins, as with curl) and in upper case; `ALL_PROXY`
 * where the scheme has none of its own. An address without a scheme means http.
 */
export function readProxySettings(env: NodeJS.ProcessEnv): ProxySettings {
	const read = (name: string) => (env[name] ?? env[name.toUpperCase()])?.trim() || undefined;
	const url = (text: string | undefined) =>
		text === undefined || text.includes('://')
			? // The name is resolved by the proxy in either case.
				text?.replace(/^socks5h:/i, 'socks5:')
			: `http://${text}`;
	const all = read('all_proxy');
	return {
		http: url(read('http_proxy') ?? all),
		https: url(read('https_proxy') ?? all),
		no: read('no_proxy'),
	};
}

/** Headers and body of one answer; the body must be read or destroyed. */
export type HubResponse = Dispatcher.ResponseData;

/** A header of an answer; the first where it came more than once. */
export function header({ headers }: HubResponse, name: string): string | undefined {
	const value = headers[name];
	return Array.isArray(value) ? value[0] : value;
}

/**
 * HTTP to the hub alone: its proxy is not for the photos' storage or for Ollama, so it is no
 * setting of the process. Redirects are not followed; bodies come as they are on the wire.
 */
export class HubTransport {
	readonly #proxy: ProxySettings;
	#loaded: Promise<{ undici: typeof import('undici'); agent: Dispatcher }> | undefined;

	constructor(proxy: ProxySettings = {}) {
		this.#proxy = proxy;
	}

	async send(
		url: URL,
		method: 'GET' | 'HEAD',
		headers: Record<string, string>,
		signal: AbortSignal,
	): Promise<HubResponse> {
		const { undici, agent } = await (this.#loaded ??= this.#load()).catch((error: unknown) => {
			this.#loaded = undefined;
			throw error;
		});
		return undici.request(url, {
			method,
			// Compressed, a file's declared size and the bytes on the wire would differ.
			headers: { 'accept-encoding': 'identity', 'user-agent': USER_AGENT, ...headers },
			dispatcher: agent,
			signal,
			// The caller watches for silence, before the headers and after.
			headersTimeout: 0,
			bodyTimeout: 0,
		});
	}

	async close(): Promise<void> {
		const loaded = await this.#loaded?.catch(() => undefined);
		await loaded?.agent.destroy();
	}

	/** With the first download: a search must not pay for it. */
	async #load() {
		for (const address of [this.#proxy.http, this.#proxy.https]) requireProxy(address);
		const undici = await import('undici');
		const agent = new undici.EnvHttpProxyAgent({
			httpProxy: this.#proxy.http ?? '',
			httpsProxy: this.#proxy.https ?? '',
			noProxy: this.#proxy.no ?? '',
			// With undici's windows for HTTP/2 (256 KB) a distant server is limited to a few MB/s.
			allowH2: false,
		});
		return { undici, agent };
	}
}

/** @throws HubFailure */
function requireProxy(address: string | undefined): void {
	if (address === undefined) return;
	if (URL.canParse(address) && /^(https?|socks5?):$/.test(new URL(address).protocol)) return;
	// Not shown: it may hold a password.
	throw new HubFailure(
		'The proxy in HTTPS_PROXY, HTTP_PROXY or ALL_PROXY is not an address such as http://host:3128.',
		{ again: false },
	);
}

const USER_AGENT = 'n8n-nodes-semantic-image-search';
