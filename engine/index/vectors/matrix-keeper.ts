import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../errors';
import type { VectorStore } from '../catalogue/vector-store';
import type { IndexLogger } from '../index-logger';
import { backgroundThread, turns } from './background-threads';
import { VectorMatrix } from './matrix';
import type { Measured } from './measure-breadth';
import { newRowsFile, removeRowsFilesBut, type RowsFacts } from './rows-files';
import { forgetMatrix } from './scan-threads';

export interface KeeperOptions {
	/** For log lines. */
	label: string;
	/** Folder of the index. */
	folder: string;
	store: VectorStore;
	/** Live rows from which on a graph is kept; Infinity for none. */
	graphFrom: number;
	/** Rows from which on snapshots are written; fewer are read from SQLite as quickly. */
	snapshotFrom: number;
	logger: IndexLogger;
}

/** Recall below which the graph is not used: users cannot see what is missing. */
const MIN_RECALL = 0.98;

/** Wide enough for a million vectors; measuring makes it narrower. */
const UNMEASURED = { breadth: 512, farBreadth: 512, nearScore: 1 };

/** A walk keeps so many more rows in view than are asked for: the last ones are found less surely. */
const BREADTH_PER_ROW = 2;

/** Tombstones worth a new matrix, as a share of all rows. */
const MAX_DEAD_SHARE = 0.25;

/** Growth after which breadth is measured again. */
const MEASURE_GROWTH = 1.5;

/** Changes, as a share of the rows, after which a new snapshot is written. */
const MAX_UNSAVED_SHARE = 0.2;

/** The same for the last one, before the index is closed. */
const MAX_UNSAVED_SHARE_AT_END = 0.02;

/** Rows linked between two looks at what else there is to do: a few tenths of a second. */
const LINK_ROWS = 1_000;

/**
 * The same while somebody searches, and writes wait for the core as long as these take. With 50, more
 * rows were left to be compared one by one: p99 2.9 ms beside upserts instead of 2.5.
 */
const LINK_ROWS_BESIDE_SEARCHES = 150;

const DELAY_MS = 20;
/** After a failure, longer and longer. */
const RETRY_MS = 5_000;
const MAX_RETRY_MS = 600_000;

let lastKey = 0;

/**
 * Keeps the matrix of a generation in shape, in the background: links new rows into the graph,
 * measures how wide it must be searched, rebuilds it without its tombstones, and writes snapshots.
 * Nothing of it is needed for a right answer, only for a quick one.
 */
export class MatrixKeeper {
	readonly #options: KeeperOptions;
	readonly #thread = backgroundThread();
	#matrix: VectorMatrix;
	/** Names the matrix to the background thread. */
	#key = `${++lastKey}`;
	/** How wide walks find ten neighbours; undefined until it is measured. */
	#walks: Measured | undefined;
	#measuredRows = 0;
	#lastMerge: string | null = null;
	/** `seq`s of stored vectors that could not be read. */
	#damaged: number[] = [];
	/** What the snapshot knows of. */
	#saved = { rows: 0, dead: 0, linked: 0 };
	#closing = false;
	#timer: NodeJS.Timeout | undefined;
	#running: Promise<void> | undefined;
	#retryMs = RETRY_MS;
	/** On the clock of `performance`: not before then, since the disk was full. */
	#saveAgainAt = 0;

	constructor(options: KeeperOptions) {
		this.#options = options;
		this.#matrix = new VectorMatrix(options.store.dimension);
	}

	get matrix(): VectorMatrix {
		return this.#matrix;
	}

	/** Whether most rows are in the graph, and it finds enough, as far as that is measured yet. */
	get usesGraph(): boolean {
		const { rows, linked } = this.#matrix;
		return this.#wantsGraph && 2 * linked >= rows && (this.recall ?? 1) >= MIN_RECALL;
	}

	/** Rows that are to be linked yet. */
	get unmerged(): number {
		return this.#wantsGraph ? this.#matrix.rows - this.#matrix.linked : 0;
	}

	get recall(): number | null {
		return this.#walks?.recall ?? null;
	}

	get lastMerge(): string | null {
		return this.#lastMerge;
	}

	/** Fills the matrix from the snapshot and SQLite. */
	async open(): Promise<void> {
		const { store, folder, label, logger } = this.#options;
		const snapshot = store.snapshot('rows');
		const { file: database, generation, dimension } = store;
		const facts = snapshot?.facts as unknown as RowsFacts | undefined;
		const filled = await this.#thread.call('fill', {
			...{ database, generation, dimension },
			snapshot: snapshot && {
				...{ file: join(folder, snapshot.file), checksum: snapshot.checksum },
				...{ lastSeq: snapshot.lastSeq, rows: snapshot.rows, damaged: facts?.damaged ?? [] },
			},
		});
		this.#damaged = filled.damaged;
		if (filled.problem !== undefined) {
			logger.warn(`${label}: the snapshot is not used, ${filled.problem}; rows are read anew`);
		}
		if (filled.damaged.length > 0) {
			logger.warn(
				`${label}: ${filled.damaged.length} stored vectors are damaged and left out of searches; ` +
					'"verify" names their photos',
			);
		}
		this.#matrix = new VectorMatrix(dimension, filled);
		if (facts && filled.restored > 0) {
			const { walks, measuredRows, lastMerge, dead } = facts;
			this.#walks = walks;
			this.#measuredRows = walks ? measuredRows : 0;
			this.#lastMerge = lastMerge;
			this.#saved = { rows: filled.restored, dead, linked: this.#matrix.linked };
		}
		await removeRowsFilesBut(folder, generation, this.#saved.rows > 0 ? snapshot?.file : undefined);
		this.poke();
	}

	/** The matrix has changed: sooner or later the graph follows. */
	poke(delay = DELAY_MS): void {
		if (this.#closing || this.#timer || this.#running) return;
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			this.#run();
		}, delay).unref();
	}

	/**
	 * How wide a walk must be to find the `k` nearest, among tombstones as they are now.
	 *
	 * @param tenth score of the tenth that a walk found, if there was one: it tells how far the query is
	 */
	breadthFor(k: number, tenth = Infinity): number {
		const { rows, live } = this.#matrix;
		const { breadth, farBreadth, nearScore } = this.#walks ?? UNMEASURED;
		const wanted = Math.max(tenth > nearScore ? breadth : farBreadth, BREADTH_PER_ROW * k);
		return Math.ceil((wanted * rows) / Math.max(1, live));
	}

	/** Does all there is to do now, and writes a snapshot. */
	async optimize(): Promise<void> {
		// Several may have waited for the same.
		while (this.#running) await this.#running;
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#running = this.#optimize().finally(() => (this.#running = undefined));
		await this.#running;
		this.poke();
	}

	async close(): Promise<void> {
		this.#closing = true;
		clearTimeout(this.#timer);
		await this.#thread.call('stop', { key: this.#key }).catch(() => {});
		await this.#running;
		try {
			// A generation that was dropped needs none.
			const isThere = this.#options.store.count() > 0;
			if (isThere && this.#wantsSnapshot(MAX_UNSAVED_SHARE_AT_END)) await this.#save();
		} catch (error) {
			const { label, logger } = this.#options;
			logger.warn(`${label}: snapshot not written: ${messageOf(error)}`);
		}
		forgetMatrix(this.#matrix);
		this.#thread.call('forget', undefined).catch(() => {});
	}

	#run(): void {
		this.#running = this.#maintain().finally(() => (this.#running = undefined));
	}

	async #maintain(): Promise<void> {
		try {
			while (!this.#closing && (await this.#step()));
			this.#retryMs = RETRY_MS;
		} catch (error) {
			if (this.#closing) return;
			const { label, logger } = this.#options;
			logger.warn(`${label}: ${messageOf(error)}; trying again in ${this.#retryMs / 1000} s`);
			// After #running was cleared, or the timer would not be set.
			setImmediate(() => this.poke(this.#retryMs));
			this.#retryMs = Math.min(MAX_RETRY_MS, 2 * this.#retryMs);
		}
	}

	/** One piece of work; whether there was any. */
	async #step(): Promise<boolean> {
		const { rows, dead, linked, room } = this.#matrix;
		// A few are not worth the trouble, whatever their share.
		const isWorthIt = dead > this.#options.snapshotFrom / 5;
		const isMuch = dead > MAX_DEAD_SHARE * rows || room < dead;
		if (isWorthIt && isMuch) return await this.#compact();
		// Before the next links: those of a million rows take ten minutes, which a crash must not cost.
		if (this.#wantsSnapshot(MAX_UNSAVED_SHARE) && performance.now() >= this.#saveAgainAt) {
			return await this.#trySave();
		}
		if (this.#wantsGraph && linked < rows) return await this.#link(this.#matrix, this.#key);
		if (this.#wantsGraph && rows > MEASURE_GROWTH * this.#measuredRows)
			return await this.#measure();
		return false;
	}

	#wantsSnapshot(share: number): boolean {
		const { rows, dead, linked } = this.#matrix;
		const changed = rows - this.#saved.rows + Math.max(0, dead - this.#saved.dead);
		const unsaved = changed + linked - this.#saved.linked;
		return rows >= this.#options.snapshotFrom && unsaved > share * rows;
	}

	async #optimize(): Promise<void> {
		const { dead } = this.#matrix;
		if (dead > 0) await this.#compact();
		while (!this.#closing && (await this.#step()));
		if (this.#closing) return;
		if (this.#wantsGraph) await this.#measure();
		if (this.#wantsSnapshot(0)) await this.#save();
	}

	get #wantsGraph(): boolean {
		const { graphFrom } = this.#options;
		// Half: an index that hovers about the threshold must not turn about with every photo.
		return this.#matrix.live >= (this.#walks ? graphFrom / 2 : graphFrom);
	}

	async #link(matrix: VectorMatrix, key: string): Promise<boolean> {
		const { memory, dimension, rows, linked } = matrix;
		await turns.take(async () => {
			const most = turns.isSearched ? LINK_ROWS_BESIDE_SEARCHES : LINK_ROWS;
			const to = Math.min(rows, linked + most);
			await this.#thread.call('link', { key, memory, dimension, to });
		});
		this.#lastMerge = new Date().toISOString();
		return !this.#closing;
	}

	async #measure(): Promise<boolean> {
		const { memory, dimension, linked } = this.#matrix;
		const request = { key: this.#key, memory, dimension, linked };
		const walks = await this.#thread.call('measure', request);
		if (this.#closing) return false;
		this.#measuredRows = linked;
		const { label, logger } = this.#options;
		const { breadth, farBreadth, recall } = walks;
		const found = `${(100 * recall).toFixed(1)} % of the nearest`;
		if (recall < MIN_RECALL) {
			logger.warn(`${label}: the graph finds only ${found}; searching one by one instead`);
		} else if (breadth !== this.#walks?.breadth || farBreadth !== this.#walks.farBreadth) {
			logger.info(
				`${label}: graph over ${linked}, breadth ${breadth} (far away ${farBreadth}) finds ${found}`,
			);
		}
		this.#walks = walks;
		return true;
	}

	/** Copies the live rows to a new matrix, links them, and goes on with that. */
	async #compact(): Promise<boolean> {
		const old = this.#matrix;
		const { memory, dimension, rows: count } = old;
		const copied = await this.#thread.call('copy', { memory, dimension, count });
		const matrix = new VectorMatrix(dimension, {
			...{ memory: copied.memory, dimension, largestScale: copied.largestScale },
			photos: Float64Array.from(copied.kept, (row) => old.photoOf(row)),
			seqs: Float64Array.from(copied.kept, (row) => old.seqOf(row)),
			dead: new Uint32Array(0),
		});
		const key = `${++lastKey}`;
		while (this.#wantsGraph && matrix.linked < matrix.rows) {
			// In turns with the one that answers meanwhile, so that its tail stays short.
			if (!(await this.#link(matrix, key))) return false;
			if (!(await this.#link(old, this.#key))) return false;
		}
		if (this.#closing) return false;
		copied.kept.forEach((row) => {
			if (!old.isLive(row)) matrix.remove(old.photoOf(row));
		});
		for (let row = count; row < old.rows; row++) if (old.isLive(row)) matrix.putCopy(old, row);
		this.#matrix = matrix;
		this.#key = key;
		forgetMatrix(old);
		await this.#thread.call('forget', undefined);
		// The file has other rows.
		this.#saved = { rows: 0, dead: 0, linked: 0 };
		return true;
	}

	/** A snapshot that cannot be written holds up nothing else. */
	async #trySave(): Promise<boolean> {
		try {
			await this.#save();
		} catch (error) {
			if (this.#closing) return false;
			const { label, logger } = this.#options;
			logger.warn(`${label}: snapshot not written: ${messageOf(error)}`);
			this.#saveAgainAt = performance.now() + MAX_RETRY_MS;
		}
		return true;
	}

	async #save(): Promise<boolean> {
		const { store, folder } = this.#options;
		const matrix = this.#matrix;
		const { memory, dimension, rows, lastSeq, linked } = matrix;
		const { file: database, generation } = store;
		const file = newRowsFile(generation);
		const { checksum, dead, forgettable } = await this.#thread.call('save', {
			...{ database, generation, memory, dimension, file: join(folder, file) },
			...{ photos: matrix.photos(rows), seqs: matrix.seqs(rows) },
		});
		const facts: RowsFacts = {
			...{ walks: this.#walks, measuredRows: this.#measuredRows },
			...{ lastMerge: this.#lastMerge, dead, damaged: this.#damaged },
		};
		const snapshot = { file, checksum, lastSeq, rows, facts: { ...facts } };
		try {
			await store.commitSnapshot('rows', snapshot, forgettable);
		} catch (error) {
			await rm(join(folder, file), { force: true });
			throw error;
		}
		this.#saved = { rows, dead, linked };
		await removeRowsFilesBut(folder, generation, file);
		return true;
	}
}
