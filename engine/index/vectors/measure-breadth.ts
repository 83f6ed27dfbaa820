import { scanFlat } from './flat-scan';
import { Kernel } from './kernel';
import { layoutOf, LIST_ROWS, MERGE_DESK, ROW_LIVE, ROW_SCALE } from './matrix-layout';
import type { SharedMemory } from './shared-memory';

export interface MeasureRequest {
	key: string;
	memory: SharedMemory;
	dimension: number;
	/** Rows in the graph. */
	linked: number;
}

/** How wide walks through a graph have to be. */
export interface Measured {
	/** For a query whose surroundings are like those of a row. */
	breadth: number;
	/** For any other: one between groups of rows, or far from all of them as texts are. */
	farBreadth: number;
	/** Score of the tenth nearest above which a query is of the first kind. */
	nearScore: number;
	/** Share of the true ten nearest that such walks find, for rows and for what is between them. */
	recall: number;
}

/** Wider and wider walks, until one finds what it should. */
const LADDER = [64, 96, 128, 192, 256, 384, 512, 768, 1_024] as const;

const WIDEST = LADDER.at(-1)!;

/** Above what is promised, since a sample's figure is not everybody's. */
const WANTED_RECALL = 0.995;

/**
 * For queries in directions that mean nothing: harder than any text, since what is nearest to them is
 * chance, and the more so the more rows there are. They do not forbid the graph.
 */
const WANTED_RECALL_FAR = 0.9;

/** Of the rows, the share whose surroundings are too thin to be a measure. */
const OUTLIERS = 0.1;

const QUERIES = 90;
/** Rows, midpoints, and queries far from both, in turns. */
const KINDS = 3;
const DEPTH = 10;

/** Cosine with its row of a query that stands for a text: texts lie off the pictures. */
const TEXT_COSINE = 0.35;

/**
 * Measures how wide a walk through the graph has to be. A third of the queries are rows, a third
 * midpoints of two, a third far from all rows, as texts are and farther. What is compared are the
 * codes: what rounding costs, the exact scores of more candidates make good.
 *
 * @param isStopped asked now and then; then the widest breadth is answered
 */
export async function measureBreadth(
	{ memory, dimension, linked }: MeasureRequest,
	isStopped: () => boolean,
): Promise<Measured> {
	const kernel = new Kernel(memory, dimension, MERGE_DESK);
	const queries = sampleQueries(memory, dimension, linked);
	const [near, between, far] = [new Tally(), new Tally(), new Tally()];
	for (const [i, query] of queries.entries()) {
		const tally = [near, between, far][i % KINDS]!;
		kernel.setRotatedQuery(query);
		const truth: number[] = [];
		// In slices, so that other matrices have their turn.
		const slice = 4 * LIST_ROWS;
		for (let from = 0; from < linked; from += slice) {
			const to = Math.min(linked, from + slice);
			truth.push(...scanFlat(kernel, memory, { from, to }, DEPTH, 0).scores.subarray(0, DEPTH));
			await new Promise((resolve) => setImmediate(resolve));
			if (isStopped()) return { breadth: WIDEST, recall: 0, farBreadth: WIDEST, nearScore: 1 };
			kernel.setRotatedQuery(query);
		}
		truth.sort((a, b) => b - a);
		const depth = Math.min(DEPTH, truth.length);
		const threshold = truth[depth - 1] ?? Infinity;
		tally.wanted += depth;
		tally.thresholds.push(threshold);
		LADDER.forEach((breadth, step) => {
			const { rows, scores } = kernel.search(breadth, linked);
			const live = scores.filter(
				(score, at) => score >= threshold && isLive(memory, dimension, rows[at]!),
			);
			tally.found[step]! += Math.min(depth, live.length);
		});
	}
	// One wider: it is easier to find what is linked than what is like it.
	const step = Math.min(near.enough(WANTED_RECALL) + 1, LADDER.length - 1);
	const farStep = Math.max(step, between.enough(WANTED_RECALL), far.enough(WANTED_RECALL_FAR));
	const usual = near.threshold(OUTLIERS);
	// Midpoints of one group have even nearer surroundings than its rows.
	const apart = Math.min(usual, between.threshold(0.5));
	return {
		breadth: LADDER[step]!,
		farBreadth: LADDER[farStep]!,
		nearScore: Math.max((usual + apart) / 2, far.threshold(1)),
		recall: (near.recall(step) + between.recall(farStep)) / 2,
	};
}

/** What walks of each breadth found. */
class Tally {
	readonly found: number[] = LADDER.map(() => 0);
	wanted = 0;
	/** Score of the last one wanted, by query. */
	readonly thresholds: number[] = [];

	recall(step: number): number {
		return this.wanted === 0 ? 1 : this.found[step]! / this.wanted;
	}

	/** The first step whose recall is enough, or the last one. */
	enough(recall: number): number {
		const step = LADDER.findIndex((_, at) => this.recall(at) >= recall);
		return step < 0 ? LADDER.length - 1 : step;
	}

	/** The highest of the lowest `share` of the thresholds. */
	threshold(share: number): number {
		const sorted = this.thresholds.toSorted((a, b) => a - b);
		return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? -1;
	}
}

/** In the codes' rotated space. */
function sampleQueries(memory: SharedMemory, dimension: number, linked: number): Float32Array[] {
	const row = (i: number) => {
		const at = Math.floor((((i % QUERIES) + 0.5) / QUERIES) * linked);
		return decodeRow(memory, dimension, at);
	};
	let state = 1;
	const random = () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32 - 0.5;
	};
	return Array.from({ length: QUERIES }, (_, i) => {
		if (i % KINDS === 0) return row(i);
		if (i % KINDS === 1) return unit(mixed(row(i), 1, row(7 * i + 3), 1));
		const noise = unit(Float32Array.from({ length: dimension }, random));
		return unit(mixed(row(i), TEXT_COSINE, noise, Math.sqrt(1 - TEXT_COSINE ** 2)));
	});
}

function decodeRow(memory: SharedMemory, dimension: number, row: number): Float32Array {
	const { rows, stride, code } = layoutOf(dimension);
	const at = rows + row * stride;
	const scale = new DataView(memory.buffer).getFloat32(at + ROW_SCALE, true);
	return Float32Array.from(new Int8Array(memory.buffer, at + code, dimension), (c) => c * scale);
}

function isLive(memory: SharedMemory, dimension: number, row: number): boolean {
	const { rows, stride } = layoutOf(dimension);
	return new DataView(memory.buffer).getUint32(rows + row * stride + ROW_LIVE, true) === 1;
}

function mixed(a: Float32Array, shareA: number, b: Float32Array, shareB: number): Float32Array {
	return a.map((value, i) => shareA * value + shareB * b[i]!);
}

function unit(vector: Float32Array): Float32Array {
	const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
	return length > 0 ? vector.map((value) => value / length) : vector;
}
