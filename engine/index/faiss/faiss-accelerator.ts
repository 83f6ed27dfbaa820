import type { ScanResult } from '../vectors/exact-scan';
import type { FaissClient, Sealed } from './faiss-client';
import { FIRST_EF_SEARCH, HNSW_TYPE } from './faiss-hnsw';
import { tailOf, withRows, type Graph } from './faiss-graph';
import { searchGraph } from './faiss-search';
import type { IndexLogger } from '../index-logger';
import type { SnapshotFolder } from './snapshot-folder';
import type { VectorMatrix } from '../vectors/vector-matrix';

/** Share of what is truly nearest below which FAISS is not used: users cannot see what is missing. */
const MIN_RECALL = 0.98;

/** New rows scanned exactly beside the graph, before it is worth to let it grow. */
const MAX_TAIL = 1_000;

/** Rows added at a time, so that a close need not wait long. */
const GROW_ROWS = 1_000;

/** Tombstones, as a share of the graph, from which it is built anew. */
const MAX_DEAD_SHARE = 0.3;

/** Growth, as a share of the graph, after which it is written again and its recall checked. */
const MAX_UNSAVED_SHARE = 0.25;

const MAINTENANCE_DELAY_MS = 50;

export interface FaissAcceleratorOptions {
	/** For log lines. */
	label: string;
	/** Live rows from which a graph is kept. */
	threshold: number;
	snapshots: SnapshotFolder;
	faiss: FaissClient;
	logger: IndexLogger;
	/** The matrix as it is now. */
	matrix: () => VectorMatrix | undefined;
}

let graphCount = 0;

/**
 * Keeps a FAISS graph over most of a matrix: builds and grows it in the background, remembers it in
 * a snapshot, and searches it together with the rows it does not hold yet. Everything about it can
 * fail or be missing; then {@link search} answers `undefined`, and the exact scan goes on.
 */
export class FaissAccelerator {
	readonly #options: FaissAcceleratorOptions;
	#graph: Graph | undefined;
	/** The graph that is being built or measured, which can take minutes: dropped if we close. */
	#busyWith: string | undefined;
	#restored = false;
	#closing = false;
	/** Why FAISS is left alone until the next start. */
	#broken = false;
	/** Live rows when recall was too low; worth another try at twice as many. */
	#refusedAt = 0;
	#timer: NodeJS.Timeout | undefined;
	#running: Promise<void> | undefined;

	constructor(options: FaissAcceleratorOptions) {
		this.#options = options;
	}

	get method(): string {
		return this.#graph ? HNSW_TYPE : 'exact';
	}

	/** The matrix has changed: sooner or later the graph follows. */
	poke(): void {
		if (this.#closing || this.#broken || this.#timer || this.#running) return;
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			this.#running = this.#maintain().finally(() => (this.#running = undefined));
		}, MAINTENANCE_DELAY_MS).unref();
	}

	/** The matrix was rewritten without its tombstones: the same vectors have other row numbers. */
	moved(matrix: VectorMatrix): void {
		if (this.#graph) this.#graph = withRows(this.#graph, matrix);
	}

	/**
	 * The `k` best rows as {@link scanRows} answers them (scores are exact, the sums are not of all
	 * rows), or `undefined` if the exact scan should be asked.
	 *
	 * @param subset only these rows, ascending
	 */
	async search(
		matrix: VectorMatrix,
		query: Float32Array,
		k: number,
		subset?: Uint32Array,
	): Promise<ScanResult | undefined> {
		const graph = this.#graph;
		if (!graph || graph.matrix !== matrix) return undefined;
		try {
			return await searchGraph(this.#options.faiss, graph, query, k, subset);
		} catch (error) {
			this.#giveUp(error);
			return undefined;
		}
	}

	/** Writes what the snapshot lacks, and lets go of everything. */
	async close(): Promise<void> {
		this.#closing = true;
		clearTimeout(this.#timer);
		const dropped = this.#busyWith;
		if (dropped) await this.#options.faiss.drop(dropped).catch(() => {});
		await this.#running;
		const graph = this.#graph;
		this.#graph = undefined;
		if (!graph) return;
		try {
			if (graph.unsaved > 0 && graph.key !== dropped) await this.#seal(graph, { measure: false });
			await this.#options.faiss.drop(graph.key);
		} catch (error) {
			this.#options.logger.warn(`${this.#options.label}: snapshot not written: ${reasonOf(error)}`);
		}
	}

	/** Does what the matrix asks for until it asks for nothing. */
	async #maintain(): Promise<void> {
		try {
			if (!(await this.#options.faiss.availability()).available) return;
			while (!this.#closing && !this.#broken && (await this.#step()));
		} catch (error) {
			if (!this.#closing) this.#giveUp(error);
		}
	}

	/** One piece of work; whether there was any. */
	async #step(): Promise<boolean> {
		const matrix = this.#options.matrix();
		const live = matrix?.live ?? 0;
		// Half: an index that hovers about the threshold must not build and drop in turns.
		if (!matrix || live < this.#options.threshold / 2) return await this.#discard();
		if (!this.#restored) {
			this.#restored = true;
			return await this.#restore(matrix);
		}
		if (this.#graph && this.#graph.matrix !== matrix) this.#adopt(this.#graph);
		const graph = this.#graph;
		if (!graph) {
			if (live < Math.max(this.#options.threshold, 2 * this.#refusedAt)) return false;
			return await this.#build(matrix);
		}
		const tail = tailOf(graph);
		const dead = graph.seqs.length - (live - tail.length);
		if (dead > MAX_DEAD_SHARE * graph.seqs.length) return await this.#build(matrix);
		if (tail.length > Math.min(MAX_TAIL, 0.1 * live))
			return await this.#grow(graph, tail.subarray(0, GROW_ROWS));
		if (graph.unsaved > MAX_UNSAVED_SHARE * graph.seqs.length) {
			return await this.#seal(graph, { measure: true });
		}
		return false;
	}

	async #restore(matrix: VectorMatrix): Promise<boolean> {
		const { snapshots, faiss, label, logger } = this.#options;
		const snapshot = await snapshots.current();
		if (!snapshot) return true;
		try {
			if (snapshot.loading) throw new Error('the last attempt to load it did not end');
			const key = this.#newKey();
			this.#busyWith = key;
			await snapshots.setLoading(true);
			await faiss.load({
				key,
				file: snapshots.path(snapshot.file),
				sha256: snapshot.sha256,
				dimension: matrix.dimension,
				count: snapshot.seqs.length,
			});
			await snapshots.setLoading(false);
			const { seqs, efSearch, recall } = snapshot;
			this.#adopt({ key, seqs, efSearch, recall, unsaved: 0 });
		} catch (error) {
			logger.warn(`${label}: FAISS snapshot not usable (${reasonOf(error)}); building it anew`);
			await snapshots.forget();
		} finally {
			this.#busyWith = undefined;
		}
		return true;
	}

	async #build(matrix: VectorMatrix): Promise<boolean> {
		const { faiss, label, logger } = this.#options;
		const started = performance.now();
		const rows = matrix.liveRows();
		const seqs = Float64Array.from(rows, (row) => matrix.seqOf(row));
		const key = this.#newKey();
		this.#busyWith = key;
		const growth = { key, scratch: this.#options.snapshots.scratch, view: matrix.view(), rows };
		const complete = await faiss.grow(growth).finally(() => (this.#busyWith = undefined));
		if (!complete) return false;
		const built = { key, seqs, efSearch: FIRST_EF_SEARCH, recall: 0, unsaved: rows.length };
		// Rows may have moved while it grew.
		const graph = withRows(built, this.#options.matrix() ?? matrix);
		if (!(await this.#seal(graph, { measure: true }))) return false;
		const seconds = ((performance.now() - started) / 1000).toFixed(1);
		logger.info(
			`${label}: FAISS ${HNSW_TYPE} over ${rows.length} in ${seconds} s, efSearch ` +
				`${this.#graph?.efSearch}, recall ${this.#graph?.recall.toFixed(3)}`,
		);
		return true;
	}

	async #grow(graph: Graph, tail: Uint32Array): Promise<boolean> {
		const { matrix, key, seqs, unsaved } = graph;
		const added = Float64Array.from(tail, (row) => matrix.seqOf(row));
		const view = matrix.view();
		const request = { key, scratch: this.#options.snapshots.scratch, view, rows: tail };
		if (!(await this.#options.faiss.grow(request))) return false;
		const joined = new Float64Array(seqs.length + added.length);
		joined.set(seqs);
		joined.set(added, seqs.length);
		this.#adopt({ ...graph, seqs: joined, unsaved: unsaved + added.length });
		return true;
	}

	/** Writes a snapshot and uses the graph, if its recall allows; otherwise gives it up. */
	async #seal(graph: Graph, { measure }: { measure: boolean }): Promise<boolean> {
		const { snapshots, faiss, label, logger } = this.#options;
		const file = snapshots.newFile();
		const { key, seqs, matrix, rows, efSearch, recall } = graph;
		this.#busyWith = key;
		const sealed: Sealed = await faiss
			.seal({
				...{ key, efSearch, recall, measure, minRecall: MIN_RECALL },
				...{ file: snapshots.path(file), view: matrix.view(), labelRows: rows },
			})
			.finally(() => (this.#busyWith = undefined));
		if (!sealed.accepted) {
			if (this.#closing) return false;
			const found = `${(100 * sealed.recall).toFixed(1)} % of the nearest`;
			logger.warn(`${label}: FAISS finds only ${found}; searching exactly instead`);
			this.#refusedAt = matrix.live;
			await this.#discard();
			await faiss.drop(key);
			return true;
		}
		await snapshots.commit({ file, seqs, ...sealed });
		if (this.#closing) return true;
		this.#adopt({ ...graph, ...sealed, unsaved: 0 });
		return true;
	}

	/** Takes a graph into use; one it replaces is freed. */
	#adopt(graph: Omit<Graph, 'matrix' | 'rows' | 'watermark'>): void {
		const matrix = this.#options.matrix();
		const old = this.#graph;
		this.#graph = matrix && withRows(graph, matrix);
		if (old && old.key !== graph.key) this.#options.faiss.drop(old.key).catch(() => {});
	}

	/** Whether there was anything to throw away. */
	async #discard(): Promise<boolean> {
		const { snapshots, faiss } = this.#options;
		const graph = this.#graph;
		this.#restored = true;
		this.#graph = undefined;
		if (graph) await faiss.drop(graph.key);
		return (await snapshots.forget()) || graph !== undefined;
	}

	#giveUp(error: unknown): void {
		if (this.#broken) return;
		this.#broken = true;
		const graph = this.#graph;
		this.#graph = undefined;
		const { label, logger, faiss } = this.#options;
		logger.error(`${label}: FAISS failed (${reasonOf(error)}); searching exactly instead`);
		if (graph) faiss.drop(graph.key).catch(() => {});
	}

	#newKey(): string {
		return `${this.#options.label} #${++graphCount}`;
	}
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
