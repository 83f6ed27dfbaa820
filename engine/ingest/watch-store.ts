import { mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { BucketObject, WatchChange } from '../service/contract';

/** What a watch's state belongs to. */
export interface WatchPlace {
	/** The caller's name for it. */
	watch: string;
	/** Endpoint host and path; credentials may change without the state being lost. */
	store: string;
	bucket: string;
	prefix: string;
}

/** A change without the parts that follow from the watch. */
export type ChangeRow = Pick<WatchChange, 'event' | 'key' | 'etag' | 'size'> & {
	last_modified: string | null;
};

/** A watch nobody polled for so long belongs to a workflow that is gone. */
const FORGET_AFTER_DAYS = 180;
/** Tokens that may still be acknowledged: a manual run beside the scheduled one, and one more. */
const LIVE_TOKENS = 3;

/** Each step runs once per file; `user_version` counts them. Add, never edit. */
const MIGRATIONS = [
	// known: what the caller has acknowledged. queue: what the last complete listing showed beyond
	// that. reported: which of it a token stands for.
	`CREATE TABLE watches (
		id INTEGER PRIMARY KEY,
		watch TEXT NOT NULL, store TEXT NOT NULL, bucket TEXT NOT NULL, prefix TEXT NOT NULL,
		listed_at INTEGER, polled_at INTEGER NOT NULL,
		UNIQUE (watch, store, bucket, prefix)
	);
	CREATE TABLE known (
		watch INTEGER NOT NULL REFERENCES watches ON DELETE CASCADE,
		key TEXT NOT NULL, etag TEXT NOT NULL, size INTEGER NOT NULL,
		PRIMARY KEY (watch, key)
	) WITHOUT ROWID;
	CREATE TABLE queue (
		watch INTEGER NOT NULL REFERENCES watches ON DELETE CASCADE,
		key TEXT NOT NULL, event TEXT NOT NULL, etag TEXT NOT NULL, size INTEGER NOT NULL,
		last_modified TEXT,
		PRIMARY KEY (watch, key)
	) WITHOUT ROWID;
	CREATE TABLE reported (
		token INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
		watch INTEGER NOT NULL REFERENCES watches ON DELETE CASCADE
	);
	CREATE TABLE reported_changes (
		token INTEGER NOT NULL REFERENCES reported ON DELETE CASCADE,
		key TEXT NOT NULL, event TEXT NOT NULL, etag TEXT NOT NULL, size INTEGER NOT NULL,
		PRIMARY KEY (token, key)
	) WITHOUT ROWID;
	CREATE INDEX reported_watch ON reported (watch);`,
];

const FILE = 'watches.db';

/** Whether SQLite says that the file is damaged, or is none of its files. */
export function isDamage(error: unknown): boolean {
	const { errcode } = error as { errcode?: unknown };
	// CORRUPT and NOTADB; the higher bits only tell how it was noticed.
	return typeof errcode === 'number' && [11, 26].includes(errcode & 0xff);
}

/** Puts a damaged file out of the way, in place of an older one. No store may have it open. */
export function setAside(dataDir: string): void {
	const file = path.join(dataDir, FILE);
	renameSync(file, `${file}.damaged`);
	// Of the damaged file; a new one must not read them.
	for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
}

/** The state of all watches, in one SQLite file. Every method is synchronous and durable. */
export class WatchStore {
	readonly #db: DatabaseSync;

	constructor(dataDir: string) {
		mkdirSync(dataDir, { recursive: true });
		// The timeout comes before WAL: switching modes needs the lock too.
		this.#db = new DatabaseSync(path.join(dataDir, FILE), { timeout: 10_000 });
		try {
			this.#prepare();
		} catch (error) {
			this.#db.close();
			throw error;
		}
	}

	/** The number of a watch, new or not. */
	open({ watch, store, bucket, prefix }: WatchPlace): number {
		const row = this.#db
			.prepare(
				`INSERT INTO watches (watch, store, bucket, prefix, polled_at) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT DO UPDATE SET polled_at = excluded.polled_at RETURNING id`,
			)
			.get(watch, store, bucket, prefix, Date.now());
		return (row as { id: number }).id;
	}

	/** Milliseconds since 1970 of the last complete listing; null before the first. */
	listedAt(watch: number): number | null {
		const row = this.#db.prepare('SELECT listed_at FROM watches WHERE id = ?').get(watch);
		return (row as { listed_at: number | null } | undefined)?.listed_at ?? null;
	}

	/** Makes the changes behind a token known. False for a token that is not (or no longer) open. */
	acknowledge(watch: number, token: string): boolean {
		return this.#transaction(() => {
			const found = this.#db
				.prepare('SELECT token FROM reported WHERE name = ? AND watch = ?')
				.get(token, watch) as { token: number } | undefined;
			if (!found) return false;
			const changes = `FROM reported_changes AS c WHERE c.token = ${found.token}`;
			this.#db.exec(`
				DELETE FROM known WHERE watch = ${watch}
					AND key IN (SELECT key ${changes} AND c.event = 'removed');
				INSERT OR REPLACE INTO known (watch, key, etag, size)
					SELECT ${watch}, key, etag, size ${changes} AND c.event <> 'removed';
				DELETE FROM queue WHERE watch = ${watch} AND (key, event, etag, size) IN
					(SELECT key, event, etag, size ${changes});
				DELETE FROM reported WHERE token = ${found.token};`);
			return true;
		});
	}

	startScan(watch: number): void {
		this.#db.prepare('DELETE FROM scan WHERE watch = ?').run(watch);
	}

	addToScan(watch: number, objects: BucketObject[]): void {
		const insert = this.#db.prepare('INSERT OR REPLACE INTO scan VALUES (?, ?, ?, ?, ?)');
		this.#transaction(() => {
			for (const { key, etag, size, last_modified } of objects) {
				insert.run(watch, key, etag, size, last_modified ?? null);
			}
		});
	}

	/** Takes a complete scan as what is known, without reporting any of it. */
	noteScan(watch: number): void {
		this.#transaction(() => {
			this.#db.exec(`
				DELETE FROM known WHERE watch = ${watch};
				INSERT INTO known SELECT watch, key, etag, size FROM scan WHERE watch = ${watch};`);
			this.#finishScan(watch);
		});
	}

	/** How many known objects a complete scan lacks. */
	countRemoved(watch: number): { known: number; removed: number } {
		const row = this.#db
			.prepare(
				`SELECT count(*) AS known, count(*) - count(s.key) AS removed FROM known AS k
				LEFT JOIN scan AS s ON s.watch = k.watch AND s.key = k.key WHERE k.watch = ?`,
			)
			.get(watch);
		return row as unknown as { known: number; removed: number };
	}

	/** Makes the difference between a complete scan and what is known the queue of changes. */
	queueScan(watch: number, options: { removals: boolean }): void {
		this.#transaction(() => {
			this.#db.exec(`
				DELETE FROM queue WHERE watch = ${watch};
				INSERT INTO queue (watch, key, event, etag, size, last_modified)
					SELECT s.watch, s.key, CASE WHEN k.key IS NULL THEN 'created' ELSE 'updated' END,
						s.etag, s.size, s.last_modified
					FROM scan AS s LEFT JOIN known AS k ON k.watch = s.watch AND k.key = s.key
					WHERE s.watch = ${watch}
						AND (k.key IS NULL OR k.etag <> s.etag OR k.size <> s.size);`);
			if (options.removals) {
				this.#db.exec(`
					INSERT INTO queue (watch, key, event, etag, size)
						SELECT k.watch, k.key, 'removed', k.etag, k.size FROM known AS k
						WHERE k.watch = ${watch} AND NOT EXISTS
							(SELECT 1 FROM scan AS s WHERE s.watch = k.watch AND s.key = k.key);`);
			}
			this.#finishScan(watch);
		});
	}

	/** The first `limit` changes in key order, and how many there are. */
	queued(watch: number, limit: number): { changes: ChangeRow[]; total: number } {
		const changes = this.#db
			.prepare(
				`SELECT event, key, etag, size, last_modified FROM queue
				WHERE watch = ? ORDER BY key LIMIT ?`,
			)
			.all(watch, limit) as unknown as ChangeRow[];
		const { total } = this.#db
			.prepare('SELECT count(*) AS total FROM queue WHERE watch = ?')
			.get(watch) as { total: number };
		return { changes, total };
	}

	/** Remembers what a token stands for; the oldest open ones are dropped. */
	report(watch: number, token: string, changes: ChangeRow[]): void {
		this.#transaction(() => {
			const { lastInsertRowid: id } = this.#db
				.prepare('INSERT INTO reported (name, watch) VALUES (?, ?)')
				.run(token, watch);
			const insert = this.#db.prepare('INSERT INTO reported_changes VALUES (?, ?, ?, ?, ?)');
			for (const { key, event, etag, size } of changes) insert.run(id, key, event, etag, size);
			this.#db
				.prepare(
					`DELETE FROM reported WHERE watch = ?1 AND token NOT IN
						(SELECT token FROM reported WHERE watch = ?1 ORDER BY token DESC LIMIT ?2)`,
				)
				.run(watch, LIVE_TOKENS);
		});
	}

	close(): void {
		if (this.#db.isOpen) this.#db.close();
	}

	#prepare(): void {
		this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
		this.#migrate();
		// A listing under way; on disk beyond SQLite's cache, so a big bucket costs no memory.
		this.#db.exec(`CREATE TEMP TABLE scan (
			watch INTEGER NOT NULL, key TEXT NOT NULL, etag TEXT NOT NULL, size INTEGER NOT NULL,
			last_modified TEXT, PRIMARY KEY (watch, key)) WITHOUT ROWID`);
		const oldest = Date.now() - FORGET_AFTER_DAYS * 86_400_000;
		this.#db.prepare('DELETE FROM watches WHERE polled_at < ?').run(oldest);
	}

	#finishScan(watch: number): void {
		this.#db.prepare('UPDATE watches SET listed_at = ? WHERE id = ?').run(Date.now(), watch);
		this.startScan(watch);
	}

	#migrate(): void {
		const { user_version: done } = this.#db.prepare('PRAGMA user_version').get() as {
			user_version: number;
		};
		MIGRATIONS.slice(done).forEach((step, i) => {
			this.#transaction(() => this.#db.exec(`${step}; PRAGMA user_version = ${done + i + 1};`));
		});
	}

	#transaction<T>(work: () => T): T {
		this.#db.exec('BEGIN IMMEDIATE');
		try {
			const result = work();
			this.#db.exec('COMMIT');
			return result;
		} catch (error) {
			this.#db.exec('ROLLBACK');
			throw error;
		}
	}
}
