import { parentPort, Worker, type Transferable } from 'node:worker_threads';
import { asEngineError, EngineError, fromErrorBody, type ErrorBody } from './errors';

/** The functions that a worker thread offers, by name. Arguments and results are cloned. */
export type Handlers = Record<string, (argument: never) => unknown>;
type Argument<H extends Handlers, K extends keyof H> = Parameters<H[K]>[0];
type Result<H extends Handlers, K extends keyof H> = Unwrapped<Awaited<ReturnType<H[K]>>>;
type Unwrapped<T> = T extends Transfer<infer V> ? V : T;

interface Call {
	id: number;
	name: string;
	argument: unknown;
}
type Answer = { id: number; result: unknown } | { id: number; error: ErrorBody };
type Notice = { notice: unknown };

/** Asks a worker to end. */
const END = 'end';
/** The longest piece of work, an image of a large model on a slow machine, takes a few seconds. */
const CLOSE_MS = 15_000;

/** Wraps a result whose buffers move to the caller instead of being copied. */
export class Transfer<T> {
	constructor(
		readonly value: T,
		readonly buffers: Transferable[],
	) {}
}

/** Worker side: answers calls with `handlers`, in any order they finish. */
export function serve(handlers: Handlers): void {
	const port = parentPort;
	if (!port) throw new Error('serve() belongs in a worker thread');
	port.on('message', (call: Call | typeof END) => {
		if (call === END) process.exit();
		else void answer(call);
	});

	async function answer({ id, name, argument }: Call): Promise<void> {
		try {
			const handler = handlers[name] as (argument: unknown) => unknown;
			const result = await handler(argument);
			if (result instanceof Transfer) {
				port!.postMessage({ id, result: result.value as unknown }, result.buffers);
			} else {
				port!.postMessage({ id, result });
			}
		} catch (error) {
			port!.postMessage({ id, error: asEngineError(error).toJSON() });
		}
	}
}

/** Worker side: tells the caller something it did not ask for. Cloned. */
export function notify(notice: unknown): void {
	parentPort?.postMessage({ notice } satisfies Notice);
}

export interface WorkerClientOptions {
	workerData?: unknown;
	/** Hears what the worker tells with {@link notify}. */
	onNotice?: (notice: unknown) => void;
	/** Start a new thread for the next call after one died. Default true. */
	restart?: boolean;
}

/**
 * Caller side: one worker thread, started with the first call. It keeps the process alive only while
 * an answer is due. Calls in flight when it dies are rejected with `RUNTIME_UNAVAILABLE`.
 */
export class WorkerClient<H extends Handlers> {
	readonly #file: string;
	readonly #options: WorkerClientOptions;
	readonly #waiting = new Map<
		number,
		{ resolve: (value: unknown) => void; reject: (error: Error) => void }
	>();
	#worker: Worker | undefined;
	#death: EngineError | undefined;
	#nextId = 1;

	/** @param file the compiled worker */
	constructor(file: string, options: WorkerClientOptions = {}) {
		this.#file = file;
		this.#options = options;
	}

	/** Why the thread is gone for good; never set where it is started again. */
	get death(): EngineError | undefined {
		return this.#options.restart === false ? this.#death : undefined;
	}

	call<K extends keyof H & string>(
		name: K,
		argument: Argument<H, K>,
		transfer: Transferable[] = [],
	): Promise<Result<H, K>> {
		if (this.death) return Promise.reject(this.death);
		const worker = (this.#worker ??= this.#start());
		const id = this.#nextId++;
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
			worker.ref();
			worker.postMessage({ id, name, argument } satisfies Call, transfer);
		});
	}

	/**
	 * Ends the thread between two pieces of work: native code that is under way when its thread is
	 * torn down takes the process with it. A later call starts a new thread.
	 */
	async close(): Promise<void> {
		const worker = this.#worker;
		if (!worker) return;
		this.#lose(worker, 'it was closed');
		const ended = new Promise((resolve) => worker.once('exit', resolve));
		worker.ref();
		worker.postMessage(END);
		const timer = setTimeout(() => void worker.terminate(), CLOSE_MS);
		await ended;
		clearTimeout(timer);
	}

	#start(): Worker {
		const worker = new Worker(this.#file, { workerData: this.#options.workerData });
		worker.on('message', (answer: Answer | Notice) => {
			if ('notice' in answer) {
				this.#options.onNotice?.(answer.notice);
				return;
			}
			const call = this.#waiting.get(answer.id);
			this.#waiting.delete(answer.id);
			if (this.#waiting.size === 0) worker.unref();
			if ('error' in answer) call?.reject(fromErrorBody(answer.error));
			else call?.resolve(answer.result);
		});
		worker.on('error', (error) => this.#lose(worker, error.message));
		worker.on('exit', (code) => this.#lose(worker, `it ended with code ${code}`));
		return worker;
	}

	#lose(worker: Worker, reason: string): void {
		if (this.#worker !== worker) return;
		this.#worker = undefined;
		this.#death = new EngineError('RUNTIME_UNAVAILABLE', `A worker thread died: ${reason}`);
		for (const { reject } of this.#waiting.values()) reject(this.#death);
		this.#waiting.clear();
	}
}
