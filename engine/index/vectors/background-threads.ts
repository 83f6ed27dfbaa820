import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { WorkerClient } from '../../worker-rpc';
import { BackgroundTurns } from './background-turns';
import type { BackgroundHandlers } from './background-worker';

const CORES = Math.min(8, availableParallelism());

const threads: WorkerClient<BackgroundHandlers>[] = [];
let next = 0;

/**
 * For work that keeps a core busy: half of the cores belong to searches, as long as there are any.
 * Those who link and those who write have the others in turns.
 */
export const turns = new BackgroundTurns(CORES, Math.max(1, Math.floor(CORES / 2)));

/** The thread that a new matrix's background work is done on, always the same one. */
export function backgroundThread(): WorkerClient<BackgroundHandlers> {
	const i = next++ % CORES;
	return (threads[i] ??= new WorkerClient<BackgroundHandlers>(
		join(__dirname, 'background-worker.js'),
	));
}
