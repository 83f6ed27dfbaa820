import { renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Audit, Progress, Quality, Sealed, SealRequest, Source } from '../calls';
import { syncFile, syncFolder } from '../../sync-to-disk';
import { DEPTHS } from '../candidates';
import { FIRST_EF_SEARCH, Hnsw, type Extremes, type FaissModule } from './hnsw';
import { sha256Of } from './hnsw-file';
import { exactTruth, recallsOf, type Truth } from './recall';
import { breathe, SliceSize } from './slices';
import { VectorRows } from './vector-rows';

/** Wider and wider searches, until one finds what it should. */
const EF_SEARCH_LADDER = [FIRST_EF_SEARCH, 96, 128, 192, 256, 384, 512, 768, 1024] as const;

/** Recall of the ten nearest that is not worth a wider search. */
const GOOD_RECALL = 0.99;

/**
 * Share of what is truly nearest below which a graph is not asked: users cannot see what is missing.
 * Two thirds of the queries it is measured with are harder than those of people who look for more
 * of a picture.
 */
const MIN_RECALL = 0.95;

/** Vectors whose extremes 8-bit codes are scaled by. */
const TRAINING_ROWS = 8_192;

/** One graph of the process, the vectors it is made of, and what its labels mean. */
export class HeldGraph {
	readonly #rows: VectorRows;
	readonly #hnsw: Hnsw;
	/** `seq` of each label, ascending. */
	readonly #seqs: number[];
	readonly #slice = new SliceSize(256);
	#coveredTo: number;
	#efSearch: number;
	#dropped = false;
	/** The engine is closing: what takes long ends early. */
	#hurried = false;

	private constructor(
		rows: VectorRows,
		hnsw: Hnsw,
		held: { seqs: number[]; coveredTo: number; efSearch: number },
	) {
		this.#rows = rows;
		this.#hnsw = hnsw;
		this.#seqs = held.seqs;
		this.#coveredTo = held.coveredTo;
		this.#efSearch = held.efSearch;
	}

	/** An empty graph, scaled to the vectors that are to come. Throws if there are none. */
	static async create(faiss: FaissModule, source: Source, scratch: string): Promise<HeldGraph> {
		return await withRows(source, async (rows) => {
			const hnsw = await Hnsw.create(faiss, await extremesOf(rows), scratch);
			return new HeldGraph(rows, hnsw, { seqs: [], coveredTo: 0, efSearch: FIRST_EF_SEARCH });
		});
	}

	static async load(
		faiss: FaissModule,
		source: Source,
		file: string,
		held: { checksum: string; seqs: Float64Array; coveredTo: number; efSearch: number },
	): Promise<HeldGraph> {
		return await withRows(source, async (rows) => {
			if ((await sha256Of(file)) !== held.checksum) throw new Error('its checksum is wrong');
			const hnsw = Hnsw.load(faiss, file, source.dimension, held.seqs.length);
			return new HeldGraph(rows, hnsw, { ...held, seqs: Array.from(held.seqs) });
		});
	}

	get progress(): Progress {
		return { coveredTo: this.#coveredTo, rows: this.#seqs.length, bytes: this.#bytes };
	}

	/** Vectors that were written since. */
	pending(): number {
		return this.#rows.countAfter(this.#coveredTo);
	}

	/** `seq`s, best first. */
	search(query: Float32Array, k: number): Float64Array {
		const labels = this.#hnsw.search(query, k);
		return Float64Array.from(labels, (label) => this.#seqs[label]!);
	}

	/** Adds at most so many of the vectors that are not in it, in order. */
	async extend(most: number): Promise<Progress> {
		for (let added = 0; added < most && !this.#dropped && !this.#hurried; ) {
			const started = performance.now();
			const batch = this.#rows.after(this.#coveredTo, Math.min(this.#slice.size, most - added));
			if (batch.length === 0) break;
			const numbers: number[] = [];
			const seqs: number[] = [];
			for (const { seq, vector } of batch) {
				if (!vector) continue;
				seqs.push(seq);
				for (const value of vector) numbers.push(value);
			}
			this.#hnsw.add(numbers);
			this.#seqs.push(...seqs);
			this.#coveredTo = batch.at(-1)!.seq;
			added += batch.length;
			this.#slice.took(performance.now() - started);
			await breathe();
		}
		return this.progress;
	}

	/**
	 * Writes the graph beside its place, finds the narrowest search that is good enough, and moves it
	 * there. Nothing is left behind where recall stays too low.
	 */
	async seal({ file, quality: known }: SealRequest): Promise<Sealed> {
		const beside = `${file}.tmp`;
		try {
			this.#hnsw.write(beside);
			const quality = known ?? (await this.#measured(beside));
			const sealed = { accepted: false, checksum: '', quality };
			if (quality.depth === 0 || this.#dropped) return this.#sealed(sealed);
			await syncFile(beside);
			sealed.checksum = await sha256Of(beside);
			if (this.#dropped) return this.#sealed(sealed);
			renameSync(beside, file);
			await syncFolder(dirname(file));
			return this.#sealed({ ...sealed, accepted: true });
		} finally {
			rmSync(beside, { force: true });
		}
	}

	/** Compares it with what is stored, and its file with what its checksum should be. */
	async audit(file: string | undefined): Promise<Audit> {
		const missing: number[] = [];
		let label = 0;
		for (let seq = -1; missing.length < 100 && !this.#dropped; ) {
			const batch = this.#rows.seqsAfter(seq, 2_000);
			for (seq of batch) {
				if (seq > this.#coveredTo) break;
				while (label < this.#seqs.length && this.#seqs[label]! < seq) label++;
				if (this.#seqs[label] !== seq && this.#rows.vector(seq)) missing.push(seq);
			}
			if (batch.length === 0 || seq > this.#coveredTo) break;
			await breathe();
		}
		return { missing, checksum: file && (await sha256Of(file).catch(() => undefined)) };
	}

	/** From now on it grows no further and measures nothing. */
	hurry(): void {
		this.#hurried = true;
	}

	/** What it is busy with ends soon, with results that are of no use. */
	drop(): void {
		this.#dropped = true;
		this.#rows.close();
	}

	/** Widens the search until it is good, or to where it is best; from now on it searches so. */
	async #measured(file: string): Promise<Quality> {
		// Read back even where efSearch stays: what grew slice by slice takes up to twice the room.
		await this.#hnsw.setBreadths(file, { efSearch: this.#efSearch });
		const wanted = () => !this.#dropped && !this.#hurried;
		const truth = await exactTruth(this.#rows, this.#seqs, this.#coveredTo, wanted);
		let best: Quality = { efSearch: this.#efSearch, recall: 0, depth: 0 };
		for (const efSearch of EF_SEARCH_LADDER) {
			if (efSearch < this.#efSearch) continue;
			if (!truth || !wanted()) return { ...best, depth: 0 };
			await this.#widen(file, efSearch);
			const quality = await this.#quality(truth);
			if (isBetter(quality, best)) best = quality;
			if (best.depth === DEPTHS.at(-1) && best.recall >= GOOD_RECALL) break;
		}
		await this.#widen(file, best.efSearch);
		return best;
	}

	async #widen(file: string, efSearch: number): Promise<void> {
		if (efSearch !== this.#efSearch) await this.#hnsw.setBreadths(file, { efSearch });
		this.#efSearch = efSearch;
	}

	async #quality(truth: Truth[]): Promise<Quality> {
		const recalls = await recallsOf(truth, this.#hnsw, this.#rows, this.#seqs);
		const bad = recalls.findIndex((recall) => recall < MIN_RECALL);
		const depth = bad < 0 ? DEPTHS.at(-1)! : (DEPTHS[bad - 1] ?? 0);
		return { efSearch: this.#efSearch, recall: recalls[0]!, depth };
	}

	#sealed(outcome: Pick<Sealed, 'accepted' | 'checksum' | 'quality'>): Sealed {
		const seqs = Float64Array.from(outcome.accepted ? this.#seqs : []);
		return { ...this.progress, ...outcome, seqs };
	}

	get #bytes(): number {
		return this.#hnsw.bytes + 8 * this.#seqs.length;
	}
}

/** Deeper, or as deep and clearly nearer to the truth: worth a wider search. */
function isBetter(a: Quality, b: Quality): boolean {
	if (a.depth !== b.depth) return a.depth > b.depth;
	return b.recall < GOOD_RECALL && a.recall > b.recall;
}

async function withRows<T>(source: Source, use: (rows: VectorRows) => Promise<T>): Promise<T> {
	const rows = new VectorRows(source.file, source.generation, source.dimension);
	try {
		return await use(rows);
	} catch (error) {
		rows.close();
		throw error;
	}
}

/** Of vectors from all over the generation. */
async function extremesOf(rows: VectorRows): Promise<Extremes> {
	const low = new Float32Array(rows.dimension).fill(Infinity);
	const high = new Float32Array(rows.dimension).fill(-Infinity);
	const last = rows.lastSeq;
	const step = Math.max(1, last / TRAINING_ROWS);
	for (let seq = 0, i = 0; seq <= last; ) {
		const row = rows.after(seq - 1, 1)[0];
		if (!row) break;
		row.vector?.forEach((value, d) => {
			if (value < low[d]!) low[d] = value;
			if (value > high[d]!) high[d] = value;
		});
		seq = Math.max(seq + step, row.seq + 1);
		if (++i % 64 === 0) await breathe();
	}
	if (!Number.isFinite(low[0])) throw new Error('there are no vectors to begin with');
	return { low, high };
}
