import { failureOfConnection, HubFailure } from './hub-failure';

/** Ends a request that fell silent, or whose caller has had enough. */
export class SilenceWatchdog {
	readonly #silence = new AbortController();
	readonly #ms: number;
	readonly #caller: AbortSignal | undefined;
	readonly signal: AbortSignal;
	#timer: NodeJS.Timeout | undefined;

	constructor(ms: number, caller: AbortSignal | undefined) {
		this.#ms = ms;
		this.#caller = caller;
		this.signal = caller ? AbortSignal.any([caller, this.#silence.signal]) : this.#silence.signal;
		this.alive();
	}

	/** Something came: the next silence is counted from now. */
	alive(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#silence.abort(), this.#ms);
	}

	/** Until {@link alive}: we are at work ourselves, writing, or have finished; that is no silence. */
	pause(): void {
		clearTimeout(this.#timer);
	}

	/** What to throw for `error`: the caller's own end, the silence, or the connection's failure. */
	failureOf(error: unknown, host: string): Error {
		if (this.#caller?.aborted) return this.#caller.reason as Error;
		if (this.#silence.signal.aborted) {
			return new HubFailure(
				`${host} sent nothing for ${Math.ceil(this.#ms / 1000)} seconds. Check the network, the proxy or the mirror.`,
				{ again: true },
			);
		}
		return failureOfConnection(error, host);
	}
}
