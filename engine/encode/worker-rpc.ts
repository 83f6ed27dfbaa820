import { parentPort, Worker, type Transferable } from 'node:worker_threads';
import { asEngineError, EngineError, isErrorCode, type ErrorBody } from '../errors';

/** The functions that a worker thread offers, by name. Arguments and results are cloned. */
export type Handlers = Record<string, (argument: never) => unknown>;
type Argument<H extends Handlers, K extends keyof H> = Parameters<H[K]>[0];
type Result<H extends Handlers, K extends keyof H> = Awaited<ReturnType<H[K]>>;

interface Call {
	id: number;
	name: string;
	argument: unknown;
}
type Answer = { id: number; result: unknown } | { id: number; error: ErrorBody };

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
	port.on('message', (call: Call) => {
		void (async () => {
			try {
				const handler = handlers[call.name] as (argument: unknown) => unknown;
				const result = await handler(call.argument);
				if (result instanceof Transfer) {
					port.postMessage({ id: call.id, result: result.value as unknown }, result.buffers);
				} else {
					port.postMessage({ id: call.id, result });
				}
			} catch (error) {
				port.postMessage({ id: call.id, error: asEngineError(error).toJSON() });
			}
		})();
	});
}

/**
 * Caller side: a worker thread that is started with the first call and again after it died. Calls
 * in flight when it dies are rejected with `RUNTIME_UNAVAILABLE`.
 */
export class WorkerClient<H extends Handlers> {
	private worker: Worker | undefined;
	private nextId = 1;
	private readonly waiting = new Map<
		number,
		{ resolve: (value: unknown) => void; reject: (error: Error) => void }
	>();

	constructor(
		private readonly file: string,
		private readonly workerData?: unknown,
	) {}

	call<K extends keyof H & string>(
		name: K,
		argument: Argument<H, K>,
		transfer: Transferable[] = [],
	): Promise<Unwrapped<Result<H, K>>> {
		const worker = (this.worker ??= this.start());
		const id = this.nextId++;
		return new Promise((resolve, reject) => {
			this.waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
			worker.postMessage({ id, name, argument } satisfies Call, transfer);
		});
	}

	async close(): Promise<void> {
		await this.worker?.terminate();
	}

	private start(): Worker {
		const worker = new Worker(this.file, { workerData: this.workerData });
		worker.on('message', (answer: Answer) => {
			const call = this.waiting.get(answer.id);
			this.waiting.delete(answer.id);
			if ('error' in answer) call?.reject(revive(answer.error));
			else call?.resolve(answer.result);
		});
		worker.on('error', (error) => this.lose(worker, error));
		worker.on('exit', () => this.lose(worker, new Error('it stopped')));
		return worker;
	}

	private lose(worker: Worker, reason: Error): void {
		if (this.worker !== worker) return;
		this.worker = undefined;
		const error = new EngineError(
			'RUNTIME_UNAVAILABLE',
			`The encoder's worker failed: ${reason.message}`,
		);
		for (const call of this.waiting.values()) call.reject(error);
		this.waiting.clear();
	}
}

type Unwrapped<T> = T extends Transfer<infer V> ? V : T;

function revive(body: ErrorBody): EngineError {
	return new EngineError(
		isErrorCode(body.code) ? body.code : 'INTERNAL',
		body.message,
		body.details,
	);
}
