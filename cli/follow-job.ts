import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineClient, Job } from '../engine/client';
import { ProgressLine } from './progress-line';

const POLL_MS = 250;

/**
 * Draws a job's progress until it ends; Ctrl-C cancels it.
 *
 * @param note what it does while there is no number to show
 */
export async function followJob(client: EngineClient, started: Job, note = ''): Promise<Job> {
	const line = new ProgressLine();
	const cancel = () => void client.cancelJob(started.id).catch(() => undefined);
	process.once('SIGINT', cancel);
	let job = started;
	try {
		while (job.state === 'queued' || job.state === 'running') {
			const handled = job.done + job.unchanged + job.failed;
			if (job.total > 0 || !note) line.show(handled, job.total, job.total_known ? '' : note);
			else line.draw(0, note);
			await sleep(POLL_MS);
			job = await client.job(job.id);
		}
	} finally {
		line.end();
		process.removeListener('SIGINT', cancel);
	}
	return job;
}

/** A job that did not do what it was for, as an error. */
export function requireSuccess({ state, error }: Job): void {
	if (state === 'succeeded') return;
	throw new Error(error ? `${error.message} [${error.code}]` : `it was ${state}`);
}
