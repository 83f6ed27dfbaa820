import { join } from 'node:path';
import { scanRows, type MatrixView, type ScanResult } from './exact-scan';
import { WorkerClient } from '../../worker-rpc';
import type { ExactHandlers } from './exact-worker';

export interface ScanRequest {
	view: MatrixView;
	query: Float32Array;
	k: number;
	/** Only these rows, ascending. */
	subset?: Uint32Array | undefined;
}

/** Multiplications done in place: about a millisecond, no more than asking a thread would cost. */
const INLINE_WORK = 1_500_000;

const worker = new WorkerClient<ExactHandlers>(join(__dirname, 'exact-worker.js'));

/** {@link scanRows}, off the main thread unless it is quick. One thread serves the process. */
export async function scan(request: ScanRequest): Promise<ScanResult> {
	const { view, query, k, subset } = request;
	if ((subset?.length ?? view.count) * view.dimension <= INLINE_WORK) {
		return scanRows(view, query, k, subset);
	}
	return await worker.call('scan', request);
}
