import { Worker } from 'node:worker_threads';
import { EngineError } from '../errors';

/** What a worker sends back; `id` is the request's. */
export interface WorkerReply {
	id: number;
	result?: unknown;
	error?: string;
}

/** A request as a worker receives it. */
export type WorkerRequest<Body> = Body & { id: number };

interface Pending {
	resolve: (result: unknown) => void;
	reject: (error: Error) => void;
}

/**
 * Asks one worker thread, started at the first question. It keeps the process alive only while an
 * answer is due. If it dies, what was asked fails, and so does everything after.
 */
export class WorkerClient<Body extends object> {
	readonly #file: string;
	readonly #pending = new Map<number, Pending>();
	#worker: Worker | undefined;
	#death: Error | undefined;
	#nextId = 1;

	/** @param file the compiled worker */
	constructor(file: string) {
		this.#file = file;
	}

	/** Why nothing more can be asked. */
	get death(): Error | undefined {
		return this.#death;
	}

	/** Resolves with the worker's `result`, which is of the type the request promises. */
	ask<Result>(body: Body): Promise<Result> {
		if (this.#death) return Promise.reject(this.#death);
		const worker = (this.#worker ??= this.#start());
		const id = this.#nextId++;
		return new Promise<Result>((resolve, reject) => {
			this.#pending.set(id, { resolve: (result) => resolve(result as Result), reject });
			if (this.#pending.size === 1) worker.ref();
			worker.postMessage({ ...body, id });
		});
	}

	#start(): Worker {
		const worker = new Worker(this.#file);
		worker.unref();
		worker.on('message', (reply: WorkerReply) => {
			const pending = this.#pending.get(reply.id);
			this.#pending.delete(reply.id);
			if (this.#pending.size === 0) worker.unref();
			if (reply.error === undefined) pending?.resolve(reply.result);
			else pending?.reject(new EngineError('INTERNAL', reply.error));
		});
		worker.on('error', (error) => this.#die(error));
		worker.on('exit', (code) => this.#die(new Error(`it ended with code ${code}`)));
		return worker;
	}

	#die(cause: unknown): void {
		const reason = cause instanceof Error ? cause.message : String(cause);
		this.#death ??= new EngineError('INTERNAL', `A worker thread died: ${reason}`);
		for (const { reject } of this.#pending.values()) reject(this.#death);
		this.#pending.clear();
	}
}
