import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { EngineError, type Job, type SyncRequest } from '../../../engine/client';
import { perItem, type Run } from '../../shared/router';
import { asJson, optionalText } from '../../shared/values';
import { readIndex } from './common';

/** Short jobs end promptly, long ones are not asked about more than every few seconds. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

interface SyncInput {
	index: string;
	wait: boolean;
	request: Omit<SyncRequest, 's3'>;
}

export const sync = perItem<SyncInput>({
	read(this: IExecuteFunctions, itemIndex) {
		const locator = (name: string) =>
			optionalText(this.getNodeParameter(name, itemIndex, '', { extractValue: true }));
		const options = this.getNodeParameter('options', itemIndex, {}) as IDataObject;
		return {
			index: readIndex(this, itemIndex),
			wait: this.getNodeParameter('wait', itemIndex, true) as boolean,
			request: {
				bucket: locator('bucket') ?? '',
				prefix: optionalText(this.getNodeParameter('prefix', itemIndex, '')),
				model: locator('model'),
				delete_missing: options.deleteMissing !== false,
				force: options.force === true,
			},
		};
	},

	async execute(run, { index, wait, request }) {
		const s3 = await run.s3();
		if (!s3) {
			throw new EngineError('S3_CREDENTIALS_MISSING', 'Syncing a bucket needs its credential');
		}
		const started = await run.engine.sync(
			index,
			{ ...request, s3, ollama: await run.ollama() },
			run.signal,
			run.waiting,
		);
		if (!wait) return { json: asJson(started) };

		const job = await finished(this, run, started);
		job.hints.forEach(run.hint);
		if (job.failed > 0) run.hint(`Photos that could not be indexed: ${job.failed}, see “failures”`);
		if (job.state === 'failed') {
			throw new EngineError(
				(job.error?.code ?? 'INTERNAL') as EngineError['code'],
				job.error?.message ?? 'The sync failed without saying why',
			);
		}
		return { json: asJson(job) };
	},
});

/** Follows a job to its end; stopping the execution stops the job as well. */
async function finished(context: IExecuteFunctions, run: Run, started: Job): Promise<Job> {
	let job = started;
	let waitMs = FIRST_WAIT_MS;
	const cancel = () => void run.engine.cancelJob(started.id).catch(() => undefined);
	run.signal?.addEventListener('abort', cancel, { once: true });
	try {
		while (job.state === 'queued' || job.state === 'running') {
			await sleep(waitMs);
			run.signal?.throwIfAborted();
			waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
			job = await run.engine.job(started.id, run.signal);
			// Seen in the browser's console during a manual run; nothing listens in production.
			if (context.getMode() === 'manual') context.sendMessageToUI(progress(job));
		}
	} finally {
		run.signal?.removeEventListener('abort', cancel);
	}
	return job;
}

function progress(job: Job): string {
	return `Sync of ${job.index}: ${job.done} of ${job.total}${job.total_known ? '' : ' or more'} done, ${job.failed} failed`;
}
