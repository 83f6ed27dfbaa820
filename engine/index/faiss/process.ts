import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { FaissHandlers } from './child/main';
import { installation } from './installation';

export interface Call {
	id: number;
	name: string;
	argument: unknown;
}
export type Answer = { id: number; result: unknown } | { id: number; error: string };

type Argument<K extends keyof FaissHandlers> = Parameters<FaissHandlers[K]>[0];
type Result<K extends keyof FaissHandlers> = Awaited<ReturnType<FaissHandlers[K]>>;

interface Waiting {
	resolve: (value: never) => void;
	reject: (error: Error) => void;
}

/** The process ended while it was asked, or is not there to be asked. */
export class FaissDown extends Error {}

/** It died a moment ago, and is started again soon. */
export class FaissResting extends FaissDown {}

export interface FaissAvailability {
	available: boolean;
	reason?: string;
}

export interface FaissProcessOptions {
	/** After the first death; four times as long after each further one. */
	backoffMs: number;
	/** Deaths within {@link windowMs} after which it is not started again. */
	maxDeaths: number;
	windowMs: number;
	/** Silence, while it has work, after which it is taken for hung. */
	hangMs: number;
}

const DEFAULTS: FaissProcessOptions = {
	backoffMs: 1_000,
	maxDeaths: 5,
	windowMs: 10 * 60_000,
	// Writing some gigabytes to a slow disk is one call, during which it hears nothing.
	hangMs: 5 * 60_000,
};

/** How long it may take to end by itself: a slice of work, or the writing of a file. */
const CLOSE_MS = 5_000;

/** Of what FAISS says when it aborts. */
const LAST_WORDS = 2_000;

/**
 * The FAISS process as the engine sees it: started with the first call, asked, and started again,
 * after a pause, when it died. Whoever holds graphs in it is told of its death. It ends when nobody
 * retains it any more.
 */
export class FaissProcess {
	readonly #options: FaissProcessOptions;
	readonly #waiting = new Map<number, Waiting>();
	readonly #mourners = new Set<(retryInMs: number) => void>();
	#child: ChildProcess | undefined;
	#nextId = 1;
	#lastHeard = 0;
	#deaths: number[] = [];
	#startableAt = 0;
	#broken: string | undefined;
	#background: Promise<unknown> = Promise.resolve();
	#probe: Promise<void> | undefined;
	#isAnnounced = false;

	constructor(options: Partial<FaissProcessOptions> = {}) {
		this.#options = { ...DEFAULTS, ...options };
	}

	/** Why it is left alone until the next start of the engine. */
	get broken(): string | undefined {
		return this.#broken;
	}

	/** Why it is not available, for a log that is to say it once. */
	announce(): string | undefined {
		const { reason } = this.availability();
		if (this.#isAnnounced) return undefined;
		this.#isAnnounced = reason !== undefined;
		return reason;
	}

	/** Of the running process. */
	get pid(): number | undefined {
		return this.#child?.pid;
	}

	/** Whether FAISS can be had here, without trying it. */
	availability(): FaissAvailability {
		if (this.#broken) return { available: false, reason: this.#broken };
		const { binary, reason } = installation();
		return binary === 'none' ? { available: false, reason } : { available: true };
	}

	/** Keeps it from ending, and hears of its deaths. Returns what undoes this. */
	retain(onDeath: (retryInMs: number) => void): () => Promise<void> {
		this.#mourners.add(onDeath);
		return async () => {
			if (this.#mourners.delete(onDeath) && this.#mourners.size === 0) await this.#end();
		};
	}

	/** Starts it, if need be. Rejects where faiss-node does not load, which is not tried again. */
	async probe(): Promise<void> {
		this.#probe ??= this.call('probe', undefined).catch(async (error: Error) => {
			this.#probe = undefined;
			if (error instanceof FaissDown) throw error;
			this.#broken = `faiss-node does not load: ${error.message.split('\n', 1)[0]}`;
			await this.#end();
			throw error;
		});
		await this.#probe;
	}

	/** Rejects with {@link FaissDown} if it dies meanwhile, or is not to be started yet. */
	call<K extends keyof FaissHandlers & string>(name: K, argument: Argument<K>): Promise<Result<K>> {
		return new Promise<Result<K>>((resolve, reject) => {
			if (this.#broken) throw new FaissDown(this.#broken);
			const child = (this.#child ??= this.#start());
			if (this.#waiting.size === 0) {
				this.#lastHeard = performance.now();
				child.channel?.ref();
			}
			const id = this.#nextId++;
			this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
			// A broken channel is heard of as a death.
			child.send({ id, name, argument } satisfies Call, () => {});
		});
	}

	/** Like {@link call}, but `undefined` if the answer takes too long; never starts the process. */
	async callWithin<K extends keyof FaissHandlers & string>(
		ms: number,
		name: K,
		argument: Argument<K>,
	): Promise<Result<K> | undefined> {
		if (!this.#child) throw new FaissDown('it is not running');
		let timer: NodeJS.Timeout | undefined;
		const late = new Promise<undefined>((resolve) => {
			timer = setTimeout(resolve, ms, undefined);
		});
		const answer = this.call(name, argument);
		answer.catch(() => {});
		const first = await Promise.race([answer, late]).finally(() => clearTimeout(timer));
		if (first === undefined) this.#endIfHung();
		return first;
	}

	/** One piece of background work of all indexes at a time, so that searches wait for one at most. */
	async inBackground<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.#background.then(work);
		this.#background = turn.catch(() => {});
		return await turn;
	}

	#start(): ChildProcess {
		const pause = this.#startableAt - performance.now();
		if (pause > 0) throw new FaissResting('it died a moment ago');
		const child = fork(join(__dirname, 'child', 'main.js'), [], {
			// FAISS splits even a single query over OpenMP threads, and on a busy machine waits for them:
			// 11 ms instead of 0.4 ms per search, and builds gained nothing (20k × 768, 2 cores).
			env: { ...process.env, OMP_NUM_THREADS: '1' },
			// Little room for JavaScript's garbage: measured, 20 MB less for the same work.
			execArgv: ['--expose-gc', '--max-semi-space-size=2', '--disable-warning=ExperimentalWarning'],
			serialization: 'advanced',
			stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
		});
		let lastWords = '';
		child.stderr?.on('data', (text: Buffer) => {
			lastWords = (lastWords + text.toString()).slice(-LAST_WORDS);
		});
		child.on('message', (answer: Answer) => this.#heard(child, answer));
		child.on('error', (error) => this.#died(child, error.message));
		child.on('exit', (code, signal) => {
			const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
			this.#died(
				child,
				[`the FAISS process ${how}`, reasonIn(lastWords)].filter(Boolean).join(': '),
			);
		});
		child.unref();
		child.channel?.unref();
		(child.stderr as unknown as { unref?: () => void } | null)?.unref?.();
		return child;
	}

	#heard(child: ChildProcess, answer: Answer): void {
		this.#lastHeard = performance.now();
		const call = this.#waiting.get(answer.id);
		this.#waiting.delete(answer.id);
		if (this.#waiting.size === 0) child.channel?.unref();
		if ('error' in answer) call?.reject(new Error(answer.error));
		else call?.resolve(answer.result as never);
	}

	#died(child: ChildProcess, reason: string): void {
		if (this.#child !== child) return;
		this.#child = undefined;
		this.#probe = undefined;
		const { backoffMs, maxDeaths, windowMs } = this.#options;
		const now = performance.now();
		this.#deaths = [...this.#deaths.filter((at) => now - at < windowMs), now];
		if (this.#deaths.length >= maxDeaths) {
			const often = `${this.#deaths.length} times within ${Math.ceil(windowMs / 60_000)} minutes`;
			this.#broken = `it died ${often}, at last because ${reason}`;
		}
		const retryInMs = backoffMs * 4 ** (this.#deaths.length - 1);
		this.#startableAt = now + retryInMs;
		this.#rejectAll(reason);
		for (const mourner of this.#mourners) mourner(retryInMs);
	}

	#rejectAll(reason: string): void {
		const error = new FaissDown(reason);
		for (const { reject } of this.#waiting.values()) reject(error);
		this.#waiting.clear();
	}

	#endIfHung(): void {
		if (performance.now() - this.#lastHeard > this.#options.hangMs) this.#child?.kill('SIGKILL');
	}

	async #end(): Promise<void> {
		const child = this.#child;
		if (!child) return;
		this.#child = undefined;
		this.#probe = undefined;
		this.#rejectAll('it was closed');
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.ref();
		if (child.connected) child.disconnect();
		const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS);
		await ended;
		clearTimeout(timer);
	}
}

let shared: FaissProcess | undefined;

/** The engine's one {@link FaissProcess}. */
export function faissProcess(): FaissProcess {
	return (shared ??= new FaissProcess());
}

/** The line of an abort's output that says why; C++ puts it behind `what():`. */
function reasonIn(lastWords: string): string | undefined {
	const lines = lastWords.split('\n').map((line) => line.trim());
	return (
		lines.findLast((line) => line.startsWith('what():')) ?? lines.findLast((line) => line !== '')
	);
}
