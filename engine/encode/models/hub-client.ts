import { setTimeout as sleep } from 'node:timers/promises';
import { failureOfStatus, HubFailure } from './hub-failure';
import { noteDeclared, type Declared } from './hub-declaration';
import { header, HubTransport, type HubResponse, type ProxySettings } from './hub-transport';
import { SilenceWatchdog } from './silence-watchdog';

export interface HubOptions {
	/** Hub or mirror, `HF_ENDPOINT` by custom. */
	endpoint: string;
	/** Access token, `HF_TOKEN` by custom; sent to the endpoint only, never to where it redirects. */
	token?: string;
	proxy?: ProxySettings;
	/** Milliseconds before the first retry; each further one waits twice as long. Default 1 s. */
	retryMs?: number;
	/** No byte for this long means the connection is dead. Default 30 s. */
	stallMs?: number;
}

/** A file of a repository; `revision` is a branch, a tag or a commit. */
export interface HubFile {
	repository: string;
	revision: string;
	file: string;
}

/** A file's content from byte `from` on. */
export interface Content {
	from: number;
	chunks: AsyncIterable<Buffer>;
}

/** What `HF_ENDPOINT` is where it is not set. */
export const HUB = 'https://huggingface.co';

const RETRY_MS = 1_000;
const STALL_MS = 30_000;
/** Tries in a row that brought nothing: 31 seconds of waiting in all. */
const ATTEMPTS = 6;
/** A server that asks for more than this is not waited for. */
const LONGEST_WAIT_MS = 5 * 60_000;
const MAX_REDIRECTS = 8;

/** The download half of the Hugging Face hub's HTTP contract, which mirrors follow. */
export class HubClient {
	readonly #options: HubOptions;
	readonly #transport: HubTransport;
	readonly #stallMs: number;

	constructor(options: HubOptions) {
		this.#options = options;
		this.#transport = new HubTransport(options.proxy);
		this.#stallMs = options.stallMs ?? STALL_MS;
	}

	/** Whether this is not the hub itself. */
	get isMirror(): boolean {
		return new URL(this.#options.endpoint).origin !== HUB;
	}

	/**
	 * Size, checksum and commit of a file, without its content.
	 *
	 * @throws HubFailure
	 */
	async declared(file: HubFile, signal?: AbortSignal): Promise<Declared> {
		const watch = new SilenceWatchdog(this.#stallMs, signal);
		try {
			let answer = await this.#follow(file, 'HEAD', {}, watch);
			discard(answer.response);
			if (mayOnlyKnowGet(answer.response)) {
				answer = await this.#follow(file, 'GET', {}, watch);
				// The content is not wanted yet.
				discard(answer.response);
			}
			this.#throwIfRefused(answer, file);
			return answer.declared;
		} finally {
			watch.pause();
		}
	}

	/**
	 * Opens a file's content from byte `from` on, or from the start where the server does not know
	 * ranges. Each call asks the hub anew, since the addresses it redirects to expire.
	 *
	 * @throws HubFailure also while the chunks are read
	 */
	async content(file: HubFile, from: number, signal?: AbortSignal): Promise<Content> {
		const watch = new SilenceWatchdog(this.#stallMs, signal);
		try {
			const headers: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {};
			const answer = await this.#follow(file, 'GET', headers, watch);
			const { response, host } = answer;
			if (response.statusCode === 416) {
				discard(response);
				throw new HubFailure(`${host} has no more of ${nameOf(file)}.`, { again: true });
			}
			if (response.statusCode >= 400) {
				discard(response);
				this.#throwIfRefused(answer, file);
			}
			const start =
				response.statusCode === 206
					? Number(/^bytes (\d+)-/.exec(header(response, 'content-range') ?? '')?.[1] ?? from)
					: 0;
			return { from: start, chunks: watched(response, host, watch) };
		} catch (error) {
			watch.pause();
			throw error;
		}
	}

	/**
	 * Again after a broken connection, a 429 or a 5xx; at once an error for what will not change.
	 * A try that made headway (see `hasMoved`) starts the count anew.
	 *
	 * @throws HubFailure the last one, or whatever else `attempt` throws
	 */
	async retry<T>(
		attempt: () => Promise<T>,
		{
			signal,
			hasMoved = () => false,
			onRetry,
		}: {
			signal?: AbortSignal;
			hasMoved?: () => boolean;
			onRetry?: (failure: HubFailure) => void;
		} = {},
	): Promise<T> {
		const firstMs = this.#options.retryMs ?? RETRY_MS;
		for (let n = 1; ; n++) {
			try {
				return await attempt();
			} catch (error) {
				signal?.throwIfAborted();
				if (!(error instanceof HubFailure) || !error.again) throw error;
				if (hasMoved()) n = 1;
				if (n >= ATTEMPTS || (error.afterMs ?? 0) > LONGEST_WAIT_MS) throw error;
				onRetry?.(error);
				await sleep(error.afterMs ?? firstMs * 2 ** (n - 1), undefined, { signal });
			}
		}
	}

	close(): Promise<void> {
		return this.#transport.close();
	}

	/**
	 * Follows redirects by hand: what the hub declares stands on the redirect, not on the content,
	 * and the token must not travel to another origin.
	 */
	async #follow(
		file: HubFile,
		method: 'GET' | 'HEAD',
		headers: Record<string, string>,
		watch: SilenceWatchdog,
	): Promise<Answer> {
		const start = this.#urlOf(file);
		const { token } = this.#options;
		let url = start;
		const declared: Declared = {};
		for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
			const atHub = url.origin === start.origin;
			const asked = { ...headers, ...(atHub && token && { authorization: `Bearer ${token}` }) };
			let response: HubResponse;
			try {
				response = await this.#transport.send(url, method, asked, watch.signal);
			} catch (error) {
				throw watch.failureOf(error, url.host);
			}
			watch.alive();
			const location = header(response, 'location');
			const isRedirect =
				response.statusCode >= 300 && response.statusCode < 400 && location !== undefined;
			// A hub under two names (hf.co) declares on its second one.
			if (atHub || isRedirect) noteDeclared(declared, response);
			if (!isRedirect) {
				// A mirror may redirect without declaring: then the content's own headers are the best there is.
				if (declared.size === undefined && declared.checksum === undefined)
					noteDeclared(declared, response);
				return { response, declared, host: url.host, atHub };
			}
			discard(response);
			if (method === 'HEAD' && declared.checksum && declared.size !== undefined) {
				const next = new URL(location, url);
				// All is said; the CDN's signed address is often good for GET alone.
				if (next.origin !== start.origin) return { response, declared, host: url.host, atHub };
			}
			url = new URL(location, url);
			if (url.protocol !== 'https:' && url.protocol !== 'http:') {
				throw new HubFailure(
					`${start.host} redirects ${nameOf(file)} to something that is no web address.`,
					{
						again: false,
					},
				);
			}
		}
		throw new HubFailure(
			`${start.host} redirects ${nameOf(file)} in a circle. Check HF_ENDPOINT.`,
			{ again: false },
		);
	}

	#urlOf({ repository, revision, file }: HubFile): URL {
		const base = this.#options.endpoint.replace(/\/+$/, '');
		return new URL(`${base}/${repository}/resolve/${encodeURIComponent(revision)}/${file}`);
	}

	#throwIfRefused({ response, host, atHub }: Answer, file: HubFile): void {
		if (response.statusCode < 400) return;
		throw failureOfStatus(response.statusCode, (name) => header(response, name), {
			of: nameOf(file),
			host,
			atHub,
			hasToken: this.#options.token !== undefined,
		});
	}
}

/** The answer at the end of the redirects, and what was declared on the way. */
interface Answer {
	response: HubResponse;
	declared: Declared;
	host: string;
	/** Whether the hub itself answered, and not a host it redirects to. */
	atHub: boolean;
}

/** Some mirrors answer HEAD with an error of their own, which the hub's error code tells apart. */
function mayOnlyKnowGet(response: HubResponse): boolean {
	const { statusCode } = response;
	if (statusCode === 405 || statusCode === 501) return true;
	return [400, 403, 404].includes(statusCode) && header(response, 'x-error-code') === undefined;
}

function nameOf({ file, repository }: HubFile): string {
	return `${file} of ${repository}`;
}

/** Lets go of a body; its connection is not worth reading the rest. */
function discard({ body }: HubResponse): void {
	body.on('error', () => undefined).destroy();
}

async function* watched(
	{ body }: HubResponse,
	host: string,
	watch: SilenceWatchdog,
): AsyncGenerator<Buffer> {
	try {
		for await (const chunk of body) {
			watch.pause();
			yield chunk as Buffer;
			watch.alive();
		}
	} catch (error) {
		throw watch.failureOf(error, host);
	} finally {
		watch.pause();
	}
}
