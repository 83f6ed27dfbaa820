import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { WorkerClient } from '../../worker-rpc';
import type { BackgroundHandlers } from './background-worker';

/** A thread for half of the cores: searches and writes have the others. */
const THREADS = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));

const threads: WorkerClient<BackgroundHandlers>[] = [];
let next = 0;

/** The thread that a new matrix's background work is done on, always the same one. */
export function backgroundThread(): WorkerClient<BackgroundHandlers> {
	const i = next++ % THREADS;
	return (threads[i] ??= new WorkerClient<BackgroundHandlers>(
		join(__dirname, 'background-worker.js'),
	));
}
