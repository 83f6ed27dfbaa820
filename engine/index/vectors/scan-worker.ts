/** A thread of flat scans. Every request brings the memory it reads. */
import { workerData } from 'node:worker_threads';
import { serve } from '../../worker-rpc';
import { collectGarbage } from './collect-garbage';
import { scanFlat, type Rows, type Scored } from './flat-scan';
import { Kernel } from './kernel';
import { FIRST_SCAN_DESK } from './matrix-layout';
import type { SharedMemory } from './shared-memory';

export interface ScanRequest {
	/** Of the matrix; its kernel is kept for the next request. */
	key: number;
	memory: SharedMemory;
	dimension: number;
	/** Unit length. */
	query: Float32Array;
	rows: Rows;
	k: number;
	slack: number;
}

const desk = FIRST_SCAN_DESK + (workerData as { thread: number }).thread;
const kernels = new Map<number, Kernel>();

const handlers = {
	scan({ key, memory, dimension, query, rows, k, slack }: ScanRequest): Scored {
		let kernel = kernels.get(key);
		if (!kernel) kernels.set(key, (kernel = new Kernel(memory, dimension, desk)));
		kernel.setQuery(query);
		return scanFlat(kernel, memory, rows, k, slack);
	},
	/** The matrix is gone: so should be its memory. */
	forget({ key }: { key: number }): void {
		if (kernels.delete(key)) setImmediate(collectGarbage);
	},
};
export type ScanHandlers = typeof handlers;
serve(handlers);
