import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { EngineError } from '../errors';
import { defaultDataDir } from '../locations';
import { LocalEngine } from './local-engine';
import { pause } from './pause';
import { ConnectionLost, receive, send, type Address, type Call } from './transport';

/** `local`: started on demand, one per data folder. `remote`: runs elsewhere. */
export type EngineTarget =
	| { kind: 'local'; dataDir?: string }
	| { kind: 'remote'; url: string; token?: string };

/** An engine that dies is started again this often for one call; all calls are safe to repeat. */
const ATTEMPTS = 4;
const FIRST_DELAY_MS = 100;

/**
 * The way to one engine, which is started if it is a local one. A call that loses its engine is sent
 * again, to a new one if need be; so is one that the engine cannot take at the moment.
 */
export class EngineConnection {
	readonly #local: LocalEngine | undefined;
	readonly #address: Address;
	/** Whether the local engine's version has been looked at: an old one must make way. */
	#met = false;

	constructor(target: EngineTarget) {
		this.#local =
			target.kind === 'local' ? new LocalEngine(target.dataDir ?? defaultDataDir()) : undefined;
		this.#address = this.#local?.address ?? (target as { url: string; token?: string });
	}

	/** The parsed answer. Throws {@link EngineError}: the engine's, or `ENGINE_UNREACHABLE`. */
	call<T>(call: Call): Promise<T> {
		return this.#exchange<T>(call, send);
	}

	/** The answer while it arrives. Throws like {@link call}. */
	stream(call: Call): Promise<IncomingMessage> {
		return this.#exchange(call, receive);
	}

	/**
	 * Asks the engine to finish what it does and stop. Does not start one.
	 *
	 * @returns whether there was one
	 */
	async shutdown(): Promise<boolean> {
		const body = { reason: 'asked by a client' };
		try {
			await send(this.#address, { method: 'POST', path: '/shutdown', body });
			return true;
		} catch (error) {
			if (error instanceof ConnectionLost) return false;
			if (error instanceof EngineError && error.code === 'ENGINE_STOPPING') return true;
			throw error;
		}
	}

	async #exchange<T>(
		call: Call,
		exchange: (address: Address, call: Call) => Promise<T>,
	): Promise<T> {
		if (this.#local && !this.#met) {
			await within(this.#local.ensureRunning(), call.signal);
			this.#met = true;
		}
		for (let attempt = 1; ; attempt++) {
			try {
				return await exchange(this.#address, call);
			} catch (error) {
				const again = error instanceof ConnectionLost || isPassing(error);
				if (!again) throw error;
				// What was read from a stream cannot be sent again.
				if (attempt === ATTEMPTS || call.body instanceof Readable)
					throw error instanceof ConnectionLost ? this.#unreachable(error) : error;
			}
			if (this.#local) await within(this.#local.ensureRunning(), call.signal);
			// The first retry of a local call has just waited for a fresh engine.
			if (!this.#local || attempt > 1) await pause(FIRST_DELAY_MS * 2 ** attempt, call.signal);
		}
	}

	#unreachable(cause: ConnectionLost): EngineError {
		const where = 'url' in this.#address ? `at ${this.#address.url}` : 'on this machine';
		return new EngineError(
			'ENGINE_UNREACHABLE',
			`The engine ${where} cannot be reached (${cause.message}). ${
				this.#local ? 'Look at its log in the data folder.' : 'Check the URL and that it runs.'
			}`,
			undefined,
			{ cause },
		);
	}
}

/** Errors of the moment: the queue is full, or the engine makes way for another. */
function isPassing(error: unknown): boolean {
	return (
		error instanceof EngineError && (error.code === 'BUSY' || error.code === 'ENGINE_STOPPING')
	);
}

/** The call's own end comes first: an engine may take half a minute to start. */
async function within<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (!signal) return work;
	const stop = new AbortController();
	const cancelled = once(signal, 'abort', { signal: stop.signal }).then(() => {
		throw new EngineError('CANCELLED', 'The call was cancelled.');
	});
	try {
		return await Promise.race([work, cancelled]);
	} finally {
		cancelled.catch(() => undefined);
		stop.abort();
	}
}
