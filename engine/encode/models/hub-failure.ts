import { EngineError } from '../../errors';

interface FailureOptions {
	/** Whether the next try may fare better. */
	again: boolean;
	/** How long the server asks to wait first. */
	afterMs?: number;
	cause?: unknown;
}

/** Why a file did not come. The sentence names hosts, never addresses: those carry signatures. */
export class HubFailure extends EngineError {
	readonly again: boolean;
	readonly afterMs: number | undefined;

	constructor(message: string, { again, afterMs, cause }: FailureOptions) {
		super('MODEL_DOWNLOAD_FAILED', message, undefined, { cause });
		this.again = again;
		this.afterMs = afterMs;
	}
}

/** The hub has no such file in this revision: no failure where the file is optional. */
export class FileAbsent extends HubFailure {}

/** What an answer of status 400 and more means. `of` names file and repository. */
export function failureOfStatus(
	status: number,
	header: (name: string) => string | undefined,
	{ of, host, atHub, hasToken }: { of: string; host: string; atHub: boolean; hasToken: boolean },
): HubFailure {
	const afterMs = status === 429 || status === 503 ? waitOf(header, Date.now()) : undefined;
	const code = header('x-error-code');
	if (status === 407) return failureOfProxyLogin();
	const isRefusal = status < 500 && ![404, 410, 429].includes(status);
	if (!atHub && code === undefined && isRefusal) {
		return new HubFailure(
			`${host}, where the hub sends its large files, answered ${status} for ${of}. If a firewall blocks that host, set a mirror in HF_ENDPOINT or a proxy in HTTPS_PROXY.`,
			// Its addresses expire after a while; a new try gets a new one.
			{ again: true },
		);
	}
	switch (status) {
		case 401:
		case 403:
			return new HubFailure(
				code === 'GatedRepo'
					? `The hub gives ${of} only to those who accepted its terms. Accept them on its page, then set HF_TOKEN to a token of that account.`
					: hasToken
						? `The hub refuses ${of} with the token in HF_TOKEN. Set one that is valid and may read it.`
						: `The hub refuses ${of}: it is private or not there. Set HF_TOKEN to a token that may read it.`,
				{ again: false },
			);
		case 404:
		case 410:
			return new FileAbsent(`The hub has no ${of} (${code ?? 'not found'}).`, { again: false });
		case 429:
			return new HubFailure(
				'The hub limits the rate. Wait a few minutes, set HF_TOKEN, or set a mirror in HF_ENDPOINT.',
				{ again: true, afterMs },
			);
		default:
			return new HubFailure(`${host} answered ${status} for ${of}.`, {
				again: status >= 500 || status === 408,
				afterMs,
			});
	}
}

/** A certificate that no further try will mend. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|ERR_TLS/;

/** A connection that broke or never was. */
export function failureOfConnection(error: unknown, host: string): HubFailure {
	if (error instanceof HubFailure) return error;
	const reason = reasonOf(error);
	if (/407/.test(reason)) return failureOfProxyLogin(error);
	if (/invalid authorization header/.test(reason)) {
		return new HubFailure('HF_TOKEN holds characters that no token has. Set it again.', {
			again: false,
			cause: error,
		});
	}
	if (CERTIFICATE.test(reason)) {
		return new HubFailure(
			`The certificate of ${host} is not trusted (${reason}). If your network inspects TLS, name its certificate in NODE_EXTRA_CA_CERTS and restart the engine.`,
			{ again: false, cause: error },
		);
	}
	return new HubFailure(
		`${host} cannot be reached (${reason}). Check the network, set a proxy in HTTPS_PROXY or a mirror in HF_ENDPOINT, or put the model’s files into the models folder.`,
		{ again: true, cause: error },
	);
}

function failureOfProxyLogin(cause?: unknown): HubFailure {
	return new HubFailure(
		'The proxy wants a login. Put user and password into HTTPS_PROXY: http://user:password@host:port.',
		{ again: false, cause },
	);
}

/** The innermost message that says something; Node's AggregateError has none of its own. */
function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if (error.cause instanceof Error) return reasonOf(error.cause);
	const { code } = error as NodeJS.ErrnoException;
	const { message } = error;
	if (!message) return code ?? error.name;
	return code && !message.includes(code) ? `${code}: ${message}` : message;
}

/** `Retry-After` (seconds or a date), else the `t` of the hub's `RateLimit: "api";r=0;t=55`. */
function waitOf(header: (name: string) => string | undefined, now: number): number | undefined {
	const retryAfter = header('retry-after');
	if (retryAfter !== undefined) {
		const ms = /^\d+$/.test(retryAfter.trim())
			? Number(retryAfter) * 1000
			: Date.parse(retryAfter) - now;
		if (Number.isFinite(ms)) return Math.max(0, ms);
	}
	const seconds = /(?:^|;)\s*t=(\d+)/.exec(header('ratelimit') ?? '')?.[1];
	return seconds === undefined ? undefined : Number(seconds) * 1000;
}
