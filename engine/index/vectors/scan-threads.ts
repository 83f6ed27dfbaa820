import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { WorkerClient } from '../../worker-rpc';
import { countOf, joinScored, scanFlat, slice, type Rows, type Scored } from './flat-scan';
import type { VectorMatrix } from './matrix';
import { MAX_SCAN_DESKS } from './matrix-layout';
import type { ScanHandlers } from './scan-worker';

/** Numbers multiplied in place: about a millisecond. Asking a thread costs a tenth of one. */
const INLINE_WORK = 8_000_000;

/** Numbers worth a thread of their own. */
const THREAD_WORK = 4_000_000;

const threads: WorkerClient<ScanHandlers>[] = [];
const keys = new WeakMap<VectorMatrix, number>();
let lastKey = 0;

/**
 * {@link scanFlat} over rows of a matrix: in place if that is quick, otherwise on as many threads as
 * there are cores for it.
 *
 * @param query unit length
 */
export async function scan(
	matrix: VectorMatrix,
	query: Float32Array,
	rows: Rows,
	k: number,
	slack: number,
): Promise<Scored> {
	const count = countOf(rows);
	const work = count * matrix.dimension;
	if (work <= INLINE_WORK) {
		matrix.kernel.setQuery(query);
		return scanFlat(matrix.kernel, matrix.memory, rows, k, slack);
	}
	const wanted = Math.min(availableParallelism(), MAX_SCAN_DESKS, Math.ceil(work / THREAD_WORK));
	const { memory, dimension } = matrix;
	const key = keyOf(matrix);
	const parts = Array.from({ length: wanted }, (_, i) => {
		const part = slice(
			rows,
			Math.floor((i * count) / wanted),
			Math.floor(((i + 1) * count) / wanted),
		);
		return thread(i).call('scan', { key, memory, dimension, query, rows: part, k, slack });
	});
	return joinScored(await Promise.all(parts), k, slack);
}

/** Lets go of a matrix that is no longer searched. */
export function forgetMatrix(matrix: VectorMatrix): void {
	const key = keys.get(matrix);
	if (key === undefined) return;
	for (const each of threads) void each.call('forget', { key }).catch(() => {});
}

function thread(i: number): WorkerClient<ScanHandlers> {
	return (threads[i] ??= new WorkerClient<ScanHandlers>(join(__dirname, 'scan-worker.js'), {
		workerData: { thread: i },
	}));
}

function keyOf(matrix: VectorMatrix): number {
	let key = keys.get(matrix);
	if (key === undefined) keys.set(matrix, (key = ++lastKey));
	return key;
}
