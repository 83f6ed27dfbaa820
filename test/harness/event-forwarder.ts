import { setTimeout as sleep } from 'node:timers/promises';
import type { BucketNotification, S3Storage } from './s3-storage';

/** S3 delivers at least once and keeps trying; a moment of n8n's is enough here. */
const ATTEMPTS = 5;
const FIRST_DELAY_MS = 200;

/**
 * Sends a storage's events to a webhook the way AWS does: one POST of JSON each, keys encoded as in
 * a form. The answer ends it.
 */
export function forwardEvents(storage: S3Storage, webhook: string): () => void {
	const stop = new AbortController();
	const off = storage.onEvent((event) => {
		deliver(webhook, asAwsSendsIt(event), stop.signal).catch((error: unknown) => {
			if (!stop.signal.aborted) {
				process.stderr.write(`A bucket event was not delivered: ${(error as Error).message}\n`);
			}
		});
	});
	return () => {
		off();
		stop.abort();
	};
}

async function deliver(webhook: string, event: unknown, signal: AbortSignal): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			const response = await fetch(webhook, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(event),
				signal,
			});
			if (response.ok) return;
			throw new Error(`${webhook} answered ${response.status}: ${await response.text()}`);
		} catch (error) {
			if (attempt === ATTEMPTS || signal.aborted) throw error;
			await sleep(FIRST_DELAY_MS * 2 ** attempt, undefined, { signal });
		}
	}
}

/** The server tells keys as they are. */
function asAwsSendsIt({ Records }: BucketNotification): BucketNotification {
	return {
		Records: Records.map((record) => ({
			...record,
			s3: {
				...record.s3,
				object: {
					...record.s3.object,
					key: encodeURIComponent(record.s3.object.key)
						.replaceAll('%2F', '/')
						.replaceAll('%20', '+'),
				},
			},
		})),
	};
}
