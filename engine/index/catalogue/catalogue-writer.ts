import type { DatabaseSync } from 'node:sqlite';
import type { IndexLogger } from '../index-logger';
import { openForWriting, transaction } from './database';
import { DroppedGenerations } from './dropped-generations';
import { PhotoWriter } from './photo-writer';
import { SnapshotWriter } from './snapshots';

/** Full-text merges, pages given back: about this long a write waits for a step of optimizing. */
const MERGE_PAGES = 200;
const VACUUM_PAGES = 500;

/** Everything that writes to one index's database, and its only writing connection. */
export class CatalogueWriter {
	readonly photos: PhotoWriter;
	readonly snapshots: SnapshotWriter;
	readonly #dropped: DroppedGenerations;
	readonly #db: DatabaseSync;
	/** Whether full-text segments are being merged into one. */
	#merging = false;

	constructor(folder: string, indexName: string, logger: IndexLogger) {
		this.#db = openForWriting(folder, indexName, logger);
		try {
			this.photos = new PhotoWriter(this.#db, indexName);
			this.snapshots = new SnapshotWriter(this.#db);
			this.#dropped = new DroppedGenerations(this.#db);
		} catch (error) {
			this.#db.close();
			throw error;
		}
	}

	/** A short piece of tidying up; whether there is more to do. */
	optimizeStep(): boolean {
		return this.dropStep() || this.#mergeWords() || this.#giveBackPages();
	}

	/** Deletes a piece of what dropped generations leave; whether there may be more. */
	dropStep(): boolean {
		return this.#dropped.step();
	}

	/** Statistics for the query planner; the log into the database, as far as readers allow. */
	finishOptimizing(): void {
		this.#db.exec('PRAGMA optimize = 0x10002');
		this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
	}

	close(): void {
		this.#db.close();
	}

	#mergeWords(): boolean {
		const changes = () => Number(this.#db.prepare('SELECT total_changes() AS n').get()?.n);
		return transaction(this.#db, () => {
			const before = changes();
			// Negative begins a merge of all segments, positive goes on with it (FTS5's manual, §6.8).
			const pages = this.#merging ? MERGE_PAGES : -MERGE_PAGES;
			this.#db.prepare("INSERT INTO words (words, rank) VALUES ('merge', ?)").run(pages);
			this.#merging = changes() - before >= 2;
			return this.#merging;
		});
	}

	#giveBackPages(): boolean {
		const free = () => Number(this.#db.prepare('PRAGMA freelist_count').get()?.freelist_count);
		const before = free();
		if (before === 0) return false;
		this.#db.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`);
		const after = free();
		return after > 0 && after < before;
	}
}
