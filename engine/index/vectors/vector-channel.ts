import type { ChannelFilter } from '../catalogue/photo-matcher';
import type { VectorStore } from '../catalogue/vector-store';
import type { IndexLogger } from '../index-logger';
import type { Background, Finding } from '../vector-index';
import type { Accelerator } from '../faiss/accelerator';
import { backgroundOf, NO_BACKGROUND } from './background-scores';
import { turns } from './background-threads';
import { exactScores, scoreExactly } from './exact-scores';
import { bestOf, joinScored, scanFlat, TopScores, type Scored } from './flat-scan';
import type { IndexTypeOptions } from './index-type';
import { MatrixKeeper } from './matrix-keeper';
import type { VectorMatrix } from './matrix';
import { MAX_BREADTH } from './matrix-layout';
import { forgetMatrix, scan } from './scan-threads';
import { verifyMatrix, type MatrixFindings } from './verify-matrix';

/** One photo of an answer; `score` is the cosine. */
export interface ScoredPhoto {
	photo: number;
	score: number;
}

export interface VectorChannelOptions extends IndexTypeOptions {
	/** For log lines. */
	label: string;
	/** Folder of the index. */
	folder: string;
	store: VectorStore;
	/** Makes the accelerator of type `faiss`. */
	accelerator?: (() => Accelerator) | undefined;
	logger: IndexLogger;
}

export interface ChannelAnswer {
	/** Best first; may hold more than was asked for where the last place is shared. */
	scored: ScoredPhoto[];
	background: Background;
}

export interface ChannelStats {
	/** `flat`, `graph`, or the accelerator's type. */
	method: string;
	/** Vectors that are searched one by one beside the graph. */
	unmerged: number;
	tombstones: number;
	bytesInMemory: number;
	recall: number | null;
	lastMerge: string | null;
}

export interface ChannelFindings extends MatrixFindings {
	accelerator: Finding[];
}

/** Rows, and the background where it is known already. */
interface Near extends Scored {
	background?: Background | undefined;
}

/** What was found among the rows before `to`. */
interface Merged extends Near {
	to: number;
}

/**
 * Of the nearest photos the first that pass a filter are looked for among so many at first. With 64
 * the walk was so narrow that 0.985 of the ten nearest of half a million photos were found.
 */
const FIRST_FILTER_DEPTH = 128;

/** If more are needed, to list the photos that pass takes no longer than to find the nearest. */
const MAX_FILTER_DEPTH = 2_048;

/**
 * Of what a walk found, at least so many are scored exactly, if they might be among the best. In a
 * million photos there are hundreds that might by the bound of their error, and hardly one that is.
 */
const MIN_CANDIDATES = 128;

/** By the score of its tenth nearest a query is found to be near or far. */
const TENTH = 9;

/** A writer can outrun a search only so often. */
const MAX_ATTEMPTS = 3;

/** Two scores, each off by four standard deviations at most, seldom differ by more. */
const SLACK = Math.SQRT2;

/** The vectors of one generation, and the search over them. */
export class VectorChannel {
	readonly #options: VectorChannelOptions;
	readonly #keeper: MatrixKeeper;
	readonly #accelerator: Accelerator | undefined;

	constructor(options: VectorChannelOptions) {
		this.#options = options;
		const { type, graphFrom } = options;
		const hasGraph = type === 'auto' || type === 'graph';
		this.#keeper = new MatrixKeeper({ ...options, graphFrom: hasGraph ? graphFrom : Infinity });
		if (type === 'faiss') this.#accelerator = options.accelerator?.();
	}

	/** Reads what is stored. */
	async open(): Promise<void> {
		await this.#keeper.open();
		this.#accelerator?.poke();
	}

	/** The last `seq` it has seen. */
	get lastSeq(): number {
		return this.#matrix.lastSeq;
	}

	/** Vectors that are searched. */
	get live(): number {
		return this.#matrix.live;
	}

	/** Whether this photo has a vector that is searched. */
	holds(photo: number): boolean {
		return this.#matrix.rowOf(photo) !== undefined;
	}

	/** Vectors that can still be added. */
	get room(): number {
		return this.#matrix.room;
	}

	/** @param code of an Encoder */
	put(photo: number, seq: number, code: Uint8Array): void {
		// Written before the channel read what is stored.
		if (seq <= this.#matrix.lastSeq) return;
		this.#matrix.put(photo, seq, code);
		this.#changed();
	}

	remove(photo: number): void {
		this.#matrix.remove(photo);
		this.#changed();
	}

	/** Cosines of these photos; those that have no vector here are absent. @param query unit length */
	scores(photos: number[], query: Float32Array): Map<number, number> {
		const scores = new Map<number, number>();
		const matrix = this.#matrix;
		scoreExactly(this.#options.store, matrix, matrix.rowsOf(photos), query, scores);
		return scores;
	}

	/** The same from their codes alone: off by {@link VectorMatrix.scoreError} at most, and nothing is read. */
	roughScores(photos: number[], query: Float32Array): Map<number, number> {
		const matrix = this.#matrix;
		matrix.kernel.setQuery(query);
		const all = matrix.rowsOf(photos);
		const { rows, scores } = scanFlat(matrix.kernel, matrix.memory, all, all.length, 0);
		return new Map(Array.from(rows, (row, i) => [matrix.photoOf(row), scores[i]!]));
	}

	/**
	 * The `k` best photos, and every tie for the last place; only among those that pass the filter.
	 * The background is that of a sample of all photos.
	 *
	 * @param query unit length, of the generation's dimension
	 * @param exact compares with every row, whatever graph there is
	 */
	async search(
		query: Float32Array,
		k: number,
		filter?: ChannelFilter,
		exact = false,
	): Promise<ChannelAnswer> {
		turns.searching();
		let wanted = k;
		for (let attempt = 1; ; attempt++) {
			const matrix = this.#matrix;
			if (matrix.live === 0) return { scored: [], background: NO_BACKGROUND };
			const near = filter
				? await this.#nearPassing(matrix, query, wanted, filter, exact)
				: await this.#near(matrix, query, wanted, exact);
			// A matrix that was replaced meanwhile no longer hears of deletions.
			const replaced = matrix !== this.#matrix;
			const { scores, read } = await exactScores(this.#options.store, matrix, near, query, k);
			const vanished = scores.size < read && scores.size < k;
			if ((replaced || vanished) && attempt < MAX_ATTEMPTS) {
				if (replaced) forgetMatrix(matrix);
				// In place of what is deleted, or damaged.
				wanted = k + read - scores.size;
				// The writer's answers get their turn.
				await new Promise((resolve) => setImmediate(resolve));
				continue;
			}
			const scored = Array.from(scores, ([photo, score]) => ({ photo, score }));
			scored.sort((a, b) => b.score - a.score);
			const last = scored[k - 1]?.score ?? -Infinity;
			return {
				scored: scored.filter(({ score }) => score >= last),
				background: near.background ?? this.#background(matrix, query),
			};
		}
	}

	stats(): ChannelStats {
		const matrix = this.#matrix;
		const { rows, dead: tombstones, bytesInMemory } = matrix;
		const { usesGraph, unmerged, recall, lastMerge } = this.#keeper;
		const accelerator = this.#accelerator;
		if (accelerator && accelerator.coveredTo >= 0) {
			const { bytesInMemory: more, ...stats } = accelerator.stats();
			return {
				...{ method: accelerator.type, tombstones },
				unmerged: rows - matrix.rowsUpTo(accelerator.coveredTo),
				...{
					bytesInMemory: bytesInMemory + more,
					recall: stats.recall,
					lastMerge: stats.lastMerge,
				},
			};
		}
		if (!usesGraph) {
			return { method: 'flat', unmerged, tombstones, bytesInMemory, recall, lastMerge };
		}
		return { method: 'graph', unmerged, tombstones, bytesInMemory, recall, lastMerge };
	}

	/** Merges what is unmerged and lets go of tombstones. */
	async optimize(): Promise<void> {
		await this.#keeper.optimize();
		await this.#accelerator?.optimize();
	}

	/** Compares memory with what is stored. */
	async verify(): Promise<ChannelFindings> {
		const { photos, badLinks } = await verifyMatrix(() => this.#matrix, this.#options.store);
		return { photos, badLinks, accelerator: (await this.#accelerator?.verify()) ?? [] };
	}

	/** Writes what only speeds up the next start. */
	async close(): Promise<void> {
		await this.#keeper.close();
		await this.#accelerator?.close();
	}

	get #matrix(): VectorMatrix {
		return this.#keeper.matrix;
	}

	#changed(): void {
		this.#keeper.poke();
		this.#accelerator?.poke();
	}

	/**
	 * Live rows that hold the `k` best by their codes, and those whose exact score might be as good;
	 * best first.
	 */
	async #near(matrix: VectorMatrix, query: Float32Array, k: number, exact = false): Promise<Near> {
		const slack = SLACK * matrix.scoreError;
		const merged = exact
			? undefined
			: this.#accelerator
				? await this.#accelerated(this.#accelerator, matrix, query, k)
				: this.#walked(matrix, query, k);
		if (merged) {
			const parts: Scored[] = [merged];
			const tail = { from: merged.to, to: matrix.rows };
			if (tail.from < tail.to) parts.push(await scan(matrix, query, tail, k, slack));
			const near = joinScored(parts, k, slack);
			// Never fewer than there are: tombstones may have taken the places.
			if (near.rows.length >= Math.min(k, matrix.live)) {
				return { ...near, background: merged.background };
			}
		}
		return await scan(matrix, query, { from: 0, to: matrix.rows }, k, slack);
	}

	/** What the graph finds, and the row from which on it knows nothing. */
	#walked(matrix: VectorMatrix, query: Float32Array, k: number): Merged | undefined {
		if (!this.#keeper.usesGraph) return undefined;
		const slack = SLACK * matrix.scoreError;
		const to = matrix.linked;
		matrix.kernel.setQuery(query);
		for (let breadth = this.#keeper.breadthFor(k); breadth <= MAX_BREADTH; ) {
			const { rows, scores, sample } = matrix.kernel.search(breadth, to);
			// Only now it is known that nothing is near.
			const wanted = this.#keeper.breadthFor(k, scores[TENTH] ?? -Infinity);
			if (wanted > breadth) {
				breadth = wanted;
				continue;
			}
			// A row may be linked to already that does not count as merged yet.
			const counts = (row: number) => row < to && matrix.isLive(row);
			const near = bestOf({ rows, scores }, counts, k, slack, Math.max(MIN_CANDIDATES, 2 * k));
			// Where the worst found is as good as the k-th, more may be: copies of a picture.
			const isWhole = rows.length < breadth || scores.at(-1)! < (near.scores[k - 1] ?? Infinity);
			if (isWhole || 4 * breadth > MAX_BREADTH) {
				return { ...near, to, background: backgroundOf(matrix, sample) };
			}
			breadth *= 4;
		}
		return undefined;
	}

	/** The same from the accelerator. */
	async #accelerated(
		accelerator: Accelerator,
		matrix: VectorMatrix,
		query: Float32Array,
		k: number,
	): Promise<Merged | undefined> {
		// Before it is asked: what it merges meanwhile is then scanned as well, not overlooked.
		const to = matrix.rowsUpTo(accelerator.coveredTo);
		const seqs = to > 0 ? await accelerator.search(query, k) : undefined;
		if (!seqs) return undefined;
		const rows = Uint32Array.from(seqs, (seq) => matrix.rowOfSeq(seq) ?? to).filter(
			(row) => row < to,
		);
		matrix.kernel.setQuery(query);
		const slack = SLACK * matrix.scoreError;
		return { ...scanFlat(matrix.kernel, matrix.memory, rows, k, slack), to };
	}

	async #nearPassing(
		matrix: VectorMatrix,
		query: Float32Array,
		k: number,
		filter: ChannelFilter,
		exact: boolean,
	): Promise<Near> {
		const slack = SLACK * matrix.scoreError;
		const few = filter.few();
		if (few) return await scan(matrix, query, matrix.rowsOf(few), k, slack);
		if (!exact && (this.#keeper.usesGraph || this.#accelerator)) {
			for (let depth = Math.max(FIRST_FILTER_DEPTH, 4 * k); depth <= MAX_FILTER_DEPTH; ) {
				const near = await this.#near(matrix, query, depth);
				const passing = filter.passing(Array.from(near.rows, (row) => matrix.photoOf(row)));
				const kept = new TopScores(k, slack);
				near.rows.forEach((row, i) => {
					if (passing.has(matrix.photoOf(row))) kept.offer(row, near.scores[i]!);
				});
				if (passing.size >= k) return { ...kept.take(), background: near.background };
				if (passing.size === 0) break;
				// Deep enough for twice as many as are wanted, if as large a share passes there.
				depth = Math.max(2 * depth, Math.ceil((2 * k * depth) / passing.size));
			}
		}
		return await scan(matrix, query, matrix.rowsOf(filter.all()), k, slack);
	}

	/** That of the sample a walk would begin at, so that all pages of an answer agree. */
	#background(matrix: VectorMatrix, query: Float32Array): Background {
		matrix.kernel.setQuery(query);
		const of = this.#keeper.usesGraph ? matrix.linked : matrix.rows;
		return backgroundOf(matrix, matrix.kernel.scoreSample(of));
	}
}
