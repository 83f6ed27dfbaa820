/** Worker thread: looks through a whole database, which takes seconds a gigabyte. */
import { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../../errors';
import { serve } from '../../worker-rpc';

/** One broken page shows in many places. */
const MAX_FAULTS = 5;

/** Of a database that may be anybody's. */
export interface DatabaseReport {
	applicationId: number;
	schema: number;
	/** What SQLite finds wrong; empty if nothing is. */
	faults: string[];
}

const handlers = {
	check(file: string): DatabaseReport {
		let db: DatabaseSync | undefined;
		try {
			// For writing: what still stands in the log only is brought into the file.
			db = new DatabaseSync(file);
			const pragma = (name: string) => Number(db!.prepare(`PRAGMA ${name}`).get()?.[name]);
			const rows = db.prepare(`PRAGMA integrity_check(${MAX_FAULTS})`).all();
			const faults = rows.map((row) => String(row['integrity_check']));
			const strays = db.prepare('PRAGMA foreign_key_check').all();
			if (strays.length > 0) faults.push(`${strays.length} rows belong to nothing`);
			return {
				applicationId: pragma('application_id'),
				schema: pragma('user_version'),
				faults: faults.filter((fault) => fault !== 'ok'),
			};
		} catch (error) {
			return { applicationId: 0, schema: 0, faults: [messageOf(error)] };
		} finally {
			db?.close();
		}
	},
};

export type DatabaseCheckHandlers = typeof handlers;

serve(handlers);
