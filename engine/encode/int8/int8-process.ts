/**
 * A process that makes one 8-bit tower and ends: its gigabyte of memory goes back with it. It takes
 * one message, the task, and answers with messages.
 */
import { asEngineError, type ErrorBody } from '../../errors';
import { quantiseTower, type TowerReport, type TowerTask } from './quantise-tower';

export type Int8Message = { progress: number } | { report: TowerReport } | { error: ErrorBody };

const send = (message: Int8Message) =>
	new Promise<void>((resolve) => process.send!(message, undefined, {}, () => resolve()));

process.once('message', (task: TowerTask) => {
	void quantiseTower(task, (progress) => void send({ progress }))
		.then((report) => send({ report }))
		.catch((error: unknown) => send({ error: asEngineError(error).toJSON() }))
		.finally(() => process.exit());
});
// Whoever asked is gone: nobody would use the result.
process.once('disconnect', () => process.exit());
