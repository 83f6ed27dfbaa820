import { randomUUID } from 'node:crypto';

import { asEngineError } from '../errors';
import type { Job } from '../service/contract';

/** What a job's work gets: the job to write its progress into, and the signal to stop at. */
export type JobWork = (job: Job, signal: AbortSignal) => Promise<void>;

interface Entry {
	job: Job;
	/** Names the thing worked on, so that it is worked on once at a time. */
	subject: string;
	abort: AbortController;
	ended: Promise<void>;
}

/** Finished jobs that can still be asked for. */
const MAX_FINISHED = 50;
/** Failures listed by name; the rest are only counted. */
const MAX_FAILURES = 100;

/**
 * The background work of this process. Jobs live in memory: what they work on is resumable, so after
 * a restart a new one goes on where the old one ended.
 */
export class Jobs {
	readonly #entries = new Map<string, Entry>();

	/** Jobs that are queued or running. */
	get activeCount(): number {
		return [...this.#entries.values()].filter(({ job }) => isActive(job)).length;
	}

	/**
	 * Starts `work`, or answers the active job of the same kind, index and subject. The returned object
	 * is live: the work writes its progress into it.
	 *
	 * @param subject what of the index is worked on, such as bucket and prefix
	 */
	start(kind: Job['kind'], index: string, subject: string, work: JobWork): Job {
		const name = JSON.stringify([kind, index, subject]);
		for (const entry of this.#entries.values()) {
			if (entry.subject === name && isActive(entry.job)) return entry.job;
		}
		const job = newJob(kind, index);
		const abort = new AbortController();
		const ended = run(job, abort.signal, work);
		this.#entries.set(job.id, { job, subject: name, abort, ended });
		this.#forgetOld();
		return job;
	}

	get(id: string): Job | undefined {
		return this.#entries.get(id)?.job;
	}

	/** Newest first. */
	list(): Job[] {
		return [...this.#entries.values()].map(({ job }) => job).reverse();
	}

	/** Asks a job to stop; it is `cancelled` once its step under way has ended. */
	cancel(id: string): Job | undefined {
		const entry = this.#entries.get(id);
		entry?.abort.abort();
		return entry?.job;
	}

	/** Cancels everything and waits until it has ended. */
	async close(): Promise<void> {
		for (const { abort } of this.#entries.values()) abort.abort();
		await Promise.all([...this.#entries.values()].map(({ ended }) => ended));
	}

	/** Waits for one job's end, whatever it is. */
	async ended(id: string): Promise<void> {
		await this.#entries.get(id)?.ended;
	}

	#forgetOld(): void {
		const finished = [...this.#entries.values()].filter(({ job }) => !isActive(job));
		for (const { job } of finished.slice(0, -MAX_FINISHED)) this.#entries.delete(job.id);
	}
}

/** Counts a photo that could not be done, and lists the first hundred. */
export function recordFailure(job: Job, s3Path: string, error: unknown): void {
	const { code, message } = asEngineError(error);
	job.failed += 1;
	if (job.failures.length < MAX_FAILURES) job.failures.push({ s3_path: s3Path, code, message });
}

async function run(job: Job, signal: AbortSignal, work: JobWork): Promise<void> {
	// The starter gets its answer first.
	await Promise.resolve();
	job.state = 'running';
	job.started_at = new Date().toISOString();
	try {
		await work(job, signal);
		job.state = signal.aborted ? 'cancelled' : 'succeeded';
	} catch (error) {
		const { code, message } = asEngineError(error);
		job.state = signal.aborted || code === 'CANCELLED' ? 'cancelled' : 'failed';
		if (job.state === 'failed') job.error = { code, message };
	}
	job.finished_at = new Date().toISOString();
}

function isActive(job: Job): boolean {
	return job.state === 'queued' || job.state === 'running';
}

function newJob(kind: Job['kind'], index: string): Job {
	return {
		id: randomUUID(),
		kind,
		index,
		state: 'queued',
		total: 0,
		total_known: false,
		done: 0,
		unchanged: 0,
		deleted: 0,
		failed: 0,
		failures: [],
		hints: [],
		error: null,
		started_at: null,
		finished_at: null,
	};
}
