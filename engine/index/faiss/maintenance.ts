import { messageOf } from '../../errors';
import type { IndexLogger } from '../index-logger';
import type { Finding } from '../vector-index';
import type { StoredSnapshot } from '../catalogue/snapshots';
import type { AcceleratorStats, FaissStore } from './accelerator';
import type { Progress, Quality, Sealed } from './calls';
import { FaissDown, type FaissProcess } from './process';
import type { SnapshotFiles } from './snapshot-files';

/** Vectors that flat scans take along in some microseconds, before they are worth a merge. */
const MERGE_ROWS = 500;

/** Merged in one step; steps of other indexes pass in between. */
const STEP_ROWS = 1_000;

/** Growth, as a share of what the snapshot holds, after which it is written and measured anew. */
const SEAL_SHARE = 0.25;
/** And at least so much, so that a first build does not spend its time on writing. */
const SEAL_ROWS = 50_000;

/** Growth, as a share of the graph, that closing writes down: less is merged again sooner. */
const CLOSE_SHARE = 0.01;

/** Deleted vectors, as a share of the graph, from which it is built anew. */
const MAX_DEAD_SHARE = 0.3;
/** When someone asks for it, which costs minutes per 100,000. */
const THOROUGH_DEAD_SHARE = 0.01;

/** A graph in the FAISS process. Replaced as a whole, never changed. */
interface Graph extends Progress {
	/** The process's name for it. */
	key: string;
	/** Absent until measured; before that it is not searched. */
	quality?: Quality;
	/** Rows that the snapshot on disk holds. */
	saved: number;
	/** Rows whose vectors were deleted or replaced since, when last counted. */
	dead: number;
}

export interface MaintenanceOptions {
	label: string;
	minimum: number;
	store: FaissStore;
	files: SnapshotFiles;
	process: FaissProcess;
	logger: IndexLogger;
	/** False once nothing that is begun now will be of use. */
	wanted: () => boolean;
}

let graphCount = 0;

/** The upkeep of one generation's graph, in steps: what to do next, and doing it. */
export class Maintenance {
	readonly #options: MaintenanceOptions;
	#graph: Graph | undefined;
	/** Grows to take the place of a graph with too many deleted vectors. */
	#successor: Graph | undefined;
	#restored = false;
	/** Vectors there were when recall was too low; worth another try at twice as many. */
	#refusedAt = 0;
	#lastMerge: string | null = null;
	#startedAt = 0;
	/** While everything is to be merged, whatever it takes: how much of that is left. */
	#thorough: { unmerged: number | undefined; rebuilt: boolean } | undefined;
	/** An audit found vectors missing. */
	#incomplete = false;
	/** Counts the deaths of the process. */
	#life = 0;

	constructor(options: MaintenanceOptions) {
		this.#options = options;
	}

	/** What can be searched. */
	get graph(): Graph | undefined {
		return this.#graph?.quality && this.#graph;
	}

	stats(): AcceleratorStats {
		return {
			recall: this.#graph?.quality?.recall ?? null,
			lastMerge: this.#lastMerge,
			bytesInMemory: (this.#graph?.bytes ?? 0) + (this.#successor?.bytes ?? 0),
			covered: this.graph?.rows ?? 0,
		};
	}

	/** From now on merge, rebuild and write more eagerly, or no longer. */
	set thorough(thorough: boolean) {
		this.#thorough = thorough ? { unmerged: undefined, rebuilt: false } : undefined;
	}

	/** One piece of work; whether there was any. Rejects with `FaissDown` if the process dies. */
	async step(): Promise<boolean> {
		const { store, minimum, process } = this.#options;
		if (!this.#options.wanted()) return false;
		const count = store.count();
		// Half: an index that hovers about the minimum must not build and drop in turns.
		if (count < minimum / 2) return await this.#discard();
		if (!this.#restored) return await this.#restore();
		const graph = this.#successor ?? this.#graph;
		if (!graph) {
			if (count < Math.max(minimum, 2 * this.#refusedAt)) return false;
			this.#graph = await this.#create();
			return true;
		}
		const pending = await process.call('pending', { key: graph.key });
		const complete = pending < this.#enough(graph, pending);
		if (!complete) await this.#extend(graph);
		if (this.#isDueForSeal(graph, complete)) return await this.#seal(graph);
		if (!complete) return true;
		const dead = Math.max(0, graph.rows - (count - pending));
		this.#replace(graph, { ...graph, dead });
		if (dead <= this.#bearableDead() * graph.rows) return false;
		this.#successor = await this.#create();
		return true;
	}

	/** Ends what cannot be finished, a first build or a successor, and shortens what can. */
	async interrupt(): Promise<void> {
		const { process } = this.#options;
		const key = this.graph?.key;
		if (key && process.pid !== undefined) await process.call('hurry', { key }).catch(() => {});
		const unfinished = [this.#successor, this.graph ? undefined : this.#graph];
		for (const graph of unfinished) if (graph) await this.#drop(graph);
	}

	/** Writes what the snapshot lacks. */
	async finish(): Promise<void> {
		const graph = this.graph;
		if (!graph) return;
		if (graph.rows - graph.saved > CLOSE_SHARE * graph.rows)
			await this.#write(graph, graph.quality);
		await this.#drop(graph);
	}

	/** Lets go of everything it holds. */
	async dropAll(): Promise<void> {
		for (const graph of [this.#graph, this.#successor]) if (graph) await this.#drop(graph);
	}

	/** The process is gone, and what it held. */
	lost(): void {
		this.#life++;
		this.#graph = undefined;
		this.#successor = undefined;
		this.#restored = false;
	}

	/** Promises that are broken: of the graph, and of its snapshot. */
	async audit(): Promise<Finding[]> {
		const graph = this.graph;
		if (!graph) return [];
		const { store, files, label, process } = this.#options;
		const snapshot = store.snapshot('faiss');
		const file = snapshot && files.path(snapshot.file);
		const audit = await process.call('audit', { key: graph.key, file });
		const findings: Finding[] = [];
		this.#incomplete = audit.missing.length > 0;
		if (this.#incomplete) {
			const message = `${label}: ${audit.missing.length === 100 ? 'at least ' : ''}${audit.missing.length} vectors are missing in the FAISS graph; optimizing the index builds it anew.`;
			findings.push({ invariant: 'faiss-coverage', message });
		}
		if (snapshot && audit.checksum !== snapshot.checksum) {
			const how = audit.checksum === undefined ? 'cannot be read' : 'has changed';
			const message = `${label}: the FAISS snapshot ${snapshot.file} ${how}; the next start builds it anew.`;
			findings.push({ invariant: 'faiss-snapshot', message });
		}
		return findings;
	}

	/** Unmerged vectors that are few enough to go on to something else. */
	#enough(graph: Graph, pending: number): number {
		if (graph.rows === 0) return 1;
		// Not none: whoever writes as fast as we merge would be chased for ever.
		if (!graph.quality) return Math.max(1, graph.rows / 50);
		if (!this.#thorough) return MERGE_ROWS;
		this.#thorough.unmerged ??= pending;
		return this.#thorough.unmerged <= 0 ? Infinity : 1;
	}

	#isDueForSeal(graph: Graph, complete: boolean): boolean {
		const unsaved = graph.rows - graph.saved;
		if (complete && !graph.quality) return true;
		if (complete && this.#thorough) return unsaved > 0;
		if (graph === this.#successor) return false;
		return unsaved > Math.max(SEAL_SHARE * graph.saved, !graph.quality ? SEAL_ROWS : 0);
	}

	#bearableDead(): number {
		if (!this.#thorough || this.#thorough.rebuilt) return MAX_DEAD_SHARE;
		return this.#incomplete ? -1 : THOROUGH_DEAD_SHARE;
	}

	async #create(): Promise<Graph> {
		const { files, process } = this.#options;
		await process.probe();
		this.#startedAt = performance.now();
		const key = this.#newKey();
		await process.call('create', { key, source: this.#source(), scratch: files.scratch() });
		const empty = { coveredTo: 0, rows: 0, bytes: 0, saved: 0, dead: 0 };
		return { key, ...empty };
	}

	async #extend(graph: Graph): Promise<void> {
		const { key } = graph;
		const progress = await this.#options.process.call('extend', { key, rows: STEP_ROWS });
		if (this.#thorough?.unmerged) this.#thorough.unmerged -= progress.rows - graph.rows || Infinity;
		this.#lastMerge = new Date().toISOString();
		this.#replace(graph, { ...graph, ...progress });
	}

	async #restore(): Promise<boolean> {
		const { store, files, label, logger, process } = this.#options;
		this.#restored = true;
		const snapshot = store.snapshot('faiss');
		await files.removeAllBut(snapshot?.file);
		if (!snapshot) return true;
		try {
			if (snapshot.loading) throw new Error('the last attempt to load it did not end');
			this.#graph = await this.#load(snapshot);
		} catch (error) {
			// If it died of the snapshot, that is still marked as being loaded when we come back.
			if (error instanceof FaissDown || process.broken) throw error;
			logger.warn(`${label}: FAISS snapshot not usable (${messageOf(error)}); building it anew`);
			await this.#forget();
		}
		return true;
	}

	async #load(snapshot: StoredSnapshot): Promise<Graph> {
		const { store, files, process } = this.#options;
		const { checksum, seqs, lastSeq: coveredTo } = snapshot;
		const [efSearch, recall, depth] = ['efSearch', 'recall', 'depth'].map((name) =>
			Number(snapshot.facts[name]),
		) as [number, number, number];
		if (!seqs || !(recall > 0 && efSearch > 0 && depth > 0)) {
			throw new Error('its record is not complete');
		}
		const key = this.#newKey();
		const file = files.path(snapshot.file);
		await process.probe();
		const life = this.#life;
		await store.setLoading('faiss', true);
		const held = { checksum, seqs, coveredTo, efSearch };
		const progress = await process.call('load', { key, source: this.#source(), file, ...held });
		await store.setLoading('faiss', false);
		if (life !== this.#life) throw new FaissDown('it died while that was noted');
		this.#lastMerge ??=
			typeof snapshot.facts.lastMerge === 'string' ? snapshot.facts.lastMerge : null;
		const quality = { efSearch, recall, depth };
		return { key, ...progress, quality, saved: progress.rows, dead: 0 };
	}

	/** Takes what a graph has grown to into use and writes it down, if its recall allows. */
	async #seal(graph: Graph): Promise<boolean> {
		const { store, label, logger } = this.#options;
		const sealed = await this.#write(graph, undefined);
		if (!this.#options.wanted()) return false;
		const isNew = graph.saved === 0;
		if (!sealed.accepted) {
			const found = `${(100 * sealed.quality.recall).toFixed(1)} % of the nearest`;
			logger.warn(`${label}: FAISS finds only ${found}; searching flat instead`);
			// One that was good and grew bad is scaled to vectors of another time.
			if (isNew) this.#refusedAt = store.count();
			await this.#discard();
			return true;
		}
		if (isNew) {
			const { efSearch, recall, depth } = sealed.quality;
			const seconds = ((performance.now() - this.#startedAt) / 1000).toFixed(1);
			logger.info(
				`${label}: FAISS graph over ${sealed.rows} vectors in ${seconds} s, efSearch ` +
					`${efSearch}, recall ${recall.toFixed(3)}, good for the ${depth} nearest`,
			);
		}
		return true;
	}

	/** Writes a graph and makes its file the one that counts. @param known measured anew if absent */
	async #write(graph: Graph, known: Quality | undefined): Promise<Sealed> {
		const { store, files, process } = this.#options;
		const name = files.newName();
		const request = { key: graph.key, file: files.path(name), quality: known };
		const sealed = await process.call('seal', request);
		if (!sealed.accepted) return sealed;
		const { checksum, rows, coveredTo: lastSeq, quality } = sealed;
		// A copy: what was received is a view into the whole message.
		const seqs = sealed.seqs.slice();
		const facts = { ...quality, lastMerge: this.#lastMerge };
		const snapshot = { file: name, checksum, lastSeq, rows, seqs, facts };
		// Which vectors are gone since is asked of the table of vectors: no record of that is used up.
		await store.commitSnapshot('faiss', snapshot, []);
		await files.removeAllBut(name);
		const { bytes, coveredTo } = sealed;
		const fresh = { rows, bytes, coveredTo, quality, saved: rows };
		if (graph.key === this.#successor?.key) {
			const old = this.#graph;
			this.#graph = { ...graph, ...fresh };
			this.#successor = undefined;
			this.#incomplete = false;
			if (this.#thorough) this.#thorough = { unmerged: undefined, rebuilt: true };
			if (old) await this.#drop(old);
		} else {
			this.#replace(graph, { ...graph, ...fresh });
		}
		return sealed;
	}

	/** Whether there was anything to throw away. */
	async #discard(): Promise<boolean> {
		const held = this.#graph !== undefined || this.#successor !== undefined;
		this.#restored = true;
		await this.dropAll();
		return (await this.#forget()) || held;
	}

	async #forget(): Promise<boolean> {
		const { store, files } = this.#options;
		if (!store.snapshot('faiss')) return false;
		await store.forgetSnapshot('faiss');
		await files.removeAllBut(undefined);
		return true;
	}

	async #drop({ key }: Graph): Promise<void> {
		if (this.#graph?.key === key) this.#graph = undefined;
		if (this.#successor?.key === key) this.#successor = undefined;
		// If there is no process any more, there is no graph either.
		if (this.#options.process.pid === undefined) return;
		await this.#options.process.call('drop', { key }).catch(() => {});
	}

	#replace(old: Graph, graph: Graph): void {
		if (this.#graph?.key === old.key) this.#graph = graph;
		else if (this.#successor?.key === old.key) this.#successor = graph;
	}

	#source() {
		const { file, generation, dimension } = this.#options.store;
		return { file, generation, dimension };
	}

	#newKey(): string {
		return `${this.#options.label} #${++graphCount}`;
	}
}
