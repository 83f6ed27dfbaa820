/** The thread of one verification: it reads everything, from one moment, and changes nothing. */
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import { serve } from '../../worker-rpc';
import type { Finding } from '../vector-index';
import { asIndexError } from './disk-errors';
import { CHECKS, checkVectors, COUNTED_VECTORS, type Check } from './invariants';

const file = workerData as string;
const db = new DatabaseSync(file, { readOnly: true });

const handlers = {
	open: () => {
		// Held to the end: what is written meanwhile must not look like a contradiction.
		db.exec('BEGIN');
		// What keeps rows from being counted is found by the checks.
		const count = (of: string) =>
			orDamage(
				() => Number(db.prepare(`SELECT count(*) AS n FROM ${of}`).get()?.n),
				() => 0,
			);
		const checks = Object.keys(CHECKS) as Check[];
		return { photos: count('photos'), vectors: count(COUNTED_VECTORS), checks };
	},
	check: (name: Check) =>
		orDamage(
			() => CHECKS[name](db),
			(findings) => findings,
		),
	vectors: (after: number) =>
		orDamage(
			() => checkVectors(db, after),
			(findings) => ({ findings, seen: 0, last: undefined }),
		),
};

/** A check that the damage itself keeps from its end has found it. */
function orDamage<T>(check: () => T, found: (findings: Finding[]) => T): T {
	try {
		return check();
	} catch (error) {
		const { code, message } = asIndexError(error, dirname(file));
		if (code !== 'INDEX_DAMAGED') throw error;
		return found([{ invariant: 'sqlite', message }]);
	}
}
export type VerifyHandlers = typeof handlers;
serve(handlers);
