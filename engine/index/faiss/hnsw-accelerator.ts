import type { Finding } from '../vector-index';
import type { IndexLogger } from '../index-logger';
import { messageOf } from '../../errors';
import type { Accelerator, AcceleratorStats, FaissStore } from './accelerator';
import { candidatesFor } from './candidates';
import { Maintenance } from './maintenance';
import { FaissDown, FaissResting, faissProcess, type FaissProcess } from './process';
import { SnapshotFiles } from './snapshot-files';

/** Most that are named. More are wanted only until a graph of mostly deleted vectors is built anew. */
const MAX_FETCH = 1_024;

/**
 * A search that waits longer, while FAISS reads or writes a large file, is left to the flat scan. Far
 * above what a search takes, far below what a user would call broken.
 */
const SEARCH_TIMEOUT_MS = 200;

/** So that writes in a row are one reason to look. */
const POKE_DELAY_MS = 250;

/** Times that building or loading may end the process before this index does without FAISS. */
const MAX_FAILURES = 3;

export interface HnswAcceleratorOptions {
	/** For log lines. */
	label: string;
	/** The index's folder, where snapshots lie. */
	folder: string;
	store: FaissStore;
	logger: IndexLogger;
	/** Vectors from which on a graph is kept; below, flat scans are at least as fast. */
	minimum?: number;
	process?: FaissProcess;
}

/** Below this a flat scan of 8-bit codes takes a tenth of a millisecond. */
const DEFAULT_MINIMUM = 1_000;

/**
 * A FAISS graph over the vectors of one generation, kept in the FAISS process: built and grown in
 * the background, remembered in a snapshot. Everything about it can fail, die or be missing; then
 * {@link search} answers `undefined`.
 */
export class HnswAccelerator implements Accelerator {
	readonly type = 'HNSW32_SQ8';
	readonly #label: string;
	readonly #logger: IndexLogger;
	readonly #process: FaissProcess;
	readonly #maintenance: Maintenance;
	readonly #release: () => Promise<void>;
	#timer: NodeJS.Timeout | undefined;
	/** Work of this index, one piece after the other; most of the time its turn among others' is due. */
	#turns: Promise<unknown> = Promise.resolve();
	#turnsWaiting = 0;
	/** What is being done right now. */
	#current: Promise<unknown> | undefined;
	/** Poked since it last looked. */
	#again = false;
	#closing = false;
	/** Why this index does without until the next start. */
	#broken: string | undefined;
	#failures = 0;
	/** On the clock of `performance`: the process rests till then. */
	#notBefore = 0;

	constructor(options: HnswAcceleratorOptions) {
		const { label, folder, store, logger, minimum = DEFAULT_MINIMUM } = options;
		this.#label = label;
		this.#logger = logger;
		this.#process = options.process ?? faissProcess();
		const files = new SnapshotFiles(folder, store.generation);
		this.#maintenance = new Maintenance({
			...{ label, logger, store, files, minimum, process: this.#process },
			wanted: () => !this.#closing,
		});
		this.#release = this.#process.retain((retryInMs) => this.#bereaved(retryInMs));
	}

	get coveredTo(): number {
		return this.#maintenance.graph?.coveredTo ?? -1;
	}

	/** Why it cannot be asked, if that will not change by itself. */
	get broken(): string | undefined {
		return this.#broken ?? this.#process.broken;
	}

	async search(query: Float32Array, k: number): Promise<Float64Array | undefined> {
		const graph = this.#maintenance.graph;
		if (!graph?.quality || !(k >= 1) || k > graph.quality.depth) return undefined;
		const live = Math.max(1, graph.rows - graph.dead);
		const fetch = Math.min(graph.rows, Math.ceil((candidatesFor(k) * graph.rows) / live));
		if (fetch > MAX_FETCH) return undefined;
		// A copy: what lies in shared memory cannot be sent.
		const request = { key: graph.key, query: query.slice(), k: fetch };
		try {
			const found = await this.#process.callWithin(SEARCH_TIMEOUT_MS, 'search', request);
			// Fewer than asked for: a part of the graph that no link leads to.
			return found && found.length < Math.min(k, fetch) ? undefined : found;
		} catch {
			// Dead, or just reading the graph back: that is seen to elsewhere.
			return undefined;
		}
	}

	poke(): void {
		this.#again = true;
		this.#schedule(POKE_DELAY_MS);
	}

	stats(): AcceleratorStats {
		return this.#maintenance.stats();
	}

	async optimize(): Promise<void> {
		await this.#inTurn(() => this.#maintain({ thorough: true }));
	}

	async verify(): Promise<Finding[]> {
		return await this.#inTurn(async () => {
			if (this.#closing || this.broken || !this.#maintenance.graph) return [];
			try {
				return await this.#inBackground(() => this.#maintenance.audit());
			} catch (error) {
				// Its process died: nothing that is stored is wrong because of it.
				if (error instanceof FaissDown) return [];
				throw error;
			}
		});
	}

	async close(): Promise<void> {
		this.#closing = true;
		clearTimeout(this.#timer);
		await this.#maintenance.interrupt();
		await this.#current;
		try {
			await this.#maintenance.finish();
		} catch (error) {
			this.#logger.warn(`${this.#label}: FAISS snapshot not written: ${messageOf(error)}`);
		}
		await this.#release();
	}

	#schedule(delayMs: number): void {
		if (this.#closing || this.broken || this.#timer || this.#turnsWaiting > 0) return;
		const delay = Math.max(delayMs, this.#notBefore - performance.now());
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			void this.#inTurn(() => this.#maintain({ thorough: false }));
		}, delay).unref();
	}

	#inTurn<T>(work: () => Promise<T>): Promise<T> {
		this.#turnsWaiting++;
		const turn = this.#turns.then(work).finally(() => {
			this.#turnsWaiting--;
			if (this.#again) this.#schedule(POKE_DELAY_MS);
		});
		this.#turns = turn.catch(() => {});
		return turn;
	}

	/** Waits for its turn among the work of all indexes. */
	#inBackground<T>(work: () => Promise<T>): Promise<T> {
		return this.#process.inBackground(async () => {
			const piece = work();
			this.#current = piece.catch(() => {});
			return await piece;
		});
	}

	/** Does what there is to do until there is nothing. */
	async #maintain({ thorough }: { thorough: boolean }): Promise<void> {
		this.#again = false;
		this.#maintenance.thorough = thorough;
		try {
			if (!this.#process.availability().available) return this.#announce();
			while (!this.#closing && !this.broken) {
				if (!(await this.#inBackground(() => this.#maintenance.step()))) break;
			}
			this.#failures = 0;
		} catch (error) {
			if (!this.#closing) this.#failed(error);
		} finally {
			this.#maintenance.thorough = false;
		}
	}

	#failed(error: unknown): void {
		this.#again = true;
		if (this.#process.broken !== undefined) return this.#announce();
		if (error instanceof FaissResting) return;
		this.#failures++;
		const reason = messageOf(error);
		// Where nobody died it would go wrong in the same way again.
		if (!(error instanceof FaissDown)) this.#giveUp(reason);
		else if (this.#failures >= MAX_FAILURES) this.#giveUp(`${reason}, ${this.#failures} times`);
		else this.#logger.warn(`${this.#label}: FAISS failed (${reason}) and is started again`);
	}

	/** Said once; from here on flat scans answer. */
	#giveUp(reason: string): void {
		this.#broken = `FAISS is not used for it until the next start: ${reason}`;
		this.#logger.error(`${this.#label}: ${this.#broken}`);
		void this.#maintenance.dropAll().then(() => this.#release());
	}

	/** The process is gone, with every graph. */
	#bereaved(retryInMs: number): void {
		this.#maintenance.lost();
		this.#notBefore = performance.now() + retryInMs;
		this.#again = true;
		this.#announce();
		this.#schedule(retryInMs);
	}

	#announce(): void {
		const reason = this.#process.announce();
		if (reason) this.#logger.error(`FAISS is left alone until the next start: ${reason}`);
	}
}
