/** The thread of one verification: it reads everything, from one moment, and changes nothing. */
import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import { serve } from '../../worker-rpc';
import { CHECKS, checkVectors, type Check } from './invariants';

const db = new DatabaseSync(workerData as string, { readOnly: true });

const handlers = {
	open: () => {
		// Held to the end: what is written meanwhile must not look like a contradiction.
		db.exec('BEGIN');
		const count = (table: string) =>
			Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n);
		const checks = Object.keys(CHECKS) as Check[];
		return { photos: count('photos'), vectors: count('vectors'), checks };
	},
	check: (name: Check) => CHECKS[name](db),
	vectors: (after: number) => checkVectors(db, after),
};
export type VerifyHandlers = typeof handlers;
serve(handlers);
