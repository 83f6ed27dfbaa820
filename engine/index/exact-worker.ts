/** The thread of exact scans. Stateless: every request brings its view of the shared rows. */
import { parentPort } from 'node:worker_threads';
import { scanRows } from './exact-scan';
import type { ScanRequest } from './exact-scanner';
import type { WorkerReply, WorkerRequest } from './worker-client';

parentPort?.on('message', ({ id, view, query, k, subset }: WorkerRequest<ScanRequest>) => {
	let reply: WorkerReply;
	try {
		reply = { id, result: scanRows(view, query, k, subset) };
	} catch (error) {
		reply = { id, error: error instanceof Error ? error.message : String(error) };
	}
	parentPort?.postMessage(reply);
});
