import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { WorkerClient } from '../../engine/worker-rpc';
import type { VectorKind } from '../../engine/index/vector-index';
import type { DataHandlers, TruthAnswer } from './data-worker';
import { NearestList } from './nearest-list';
import { FILTERS } from './photo-facts';
import { SEED, type Draw } from './vector-maker';

export const KINDS: readonly VectorKind[] = ['image', 'text'];

/** Of each kind. */
const QUERY_DRAWS = 4_000;
const FRESH_DRAWS = 5_000;

/** Neighbours of a query that are known: as many as engine/search asks for. */
export const TRUTH_K = 200;
export const FILTERED_K = 10;

/** To be raised whenever the same seed gives other bytes, or other truths. */
const VERSION = 1;

/** Rows, best first, by query. */
export interface Truth {
	all: number[][];
	/** By the filter's name. */
	filtered: Record<string, number[][]>;
}

/** Vectors in files of float32 that programs in any language read, and the truth about them. */
export interface Dataset {
	n: number;
	/** The file with the vectors of a draw. */
	file(kind: VectorKind, draw: Draw): string;
	truth: Record<VectorKind, Truth>;
	/** Queries of each kind whose truth is known, and of those with filters. */
	queries: number;
	filteredQueries: number;
	/** Queries in the files. */
	queryDraws: number;
	freshDraws: number;
}

/**
 * Makes what the folder does not hold yet: about 25 s for each million of photos and each of two
 * cores, and 6 GB; and the truth, which takes longer with more queries.
 */
export async function prepareDataset(
	dir: string,
	n: number,
	queries: number,
	filteredQueries: number,
	say: (text: string) => void,
): Promise<Dataset> {
	const folder = join(dir, `vectors-${VERSION}-seed-${SEED}`);
	mkdirSync(folder, { recursive: true });
	const counts: Record<Draw, number> = { photos: n, queries: QUERY_DRAWS, fresh: FRESH_DRAWS };
	const file = (kind: VectorKind, draw: Draw) =>
		join(folder, `${kind}-${draw}-${counts[draw]}.f32`);
	const threads = Array.from(
		{ length: availableParallelism() },
		() => new WorkerClient<DataHandlers>(join(__dirname, 'data-worker.js')),
	);
	try {
		for (const kind of KINDS) {
			for (const draw of ['photos', 'queries', 'fresh'] as const) {
				if (existsSync(file(kind, draw))) continue;
				say(`${kind} vectors: ${draw}`);
				await makeFile(file(kind, draw), kind, draw, counts[draw], threads);
			}
		}
		const truth: Partial<Record<VectorKind, Truth>> = {};
		for (const kind of KINDS) {
			const cache = join(folder, `${kind}-truth-${n}-${queries}-${filteredQueries}.json`);
			if (!existsSync(cache)) {
				say(`${kind} vectors: the truth by brute force`);
				const request = {
					...{ file: file(kind, 'photos'), queryFile: file(kind, 'queries') },
					...{ queries, filteredQueries, k: TRUTH_K, filteredK: FILTERED_K },
				};
				const part = Math.ceil(n / threads.length);
				const answers = await Promise.all(
					threads.map((thread, t) => {
						const range = { from: Math.min(n, t * part), to: Math.min(n, (t + 1) * part) };
						return thread.call('truth', { ...request, ...range });
					}),
				);
				writeWhole(cache, JSON.stringify(joined(answers, queries, filteredQueries)));
			}
			truth[kind] = JSON.parse(readFileSync(cache, 'utf8')) as Truth;
		}
		return {
			...{ n, file, queries, filteredQueries },
			...{ queryDraws: QUERY_DRAWS, freshDraws: FRESH_DRAWS },
			truth: truth as Record<VectorKind, Truth>,
		};
	} finally {
		await Promise.all(threads.map((thread) => thread.close()));
	}
}

async function makeFile(
	file: string,
	kind: VectorKind,
	draw: Draw,
	count: number,
	threads: WorkerClient<DataHandlers>[],
): Promise<void> {
	const part = `${file}.part`;
	writeFileSync(part, '');
	await Promise.all(
		threads.map((thread, firstBlock) =>
			thread.call('make', { file: part, kind, draw, count, firstBlock, step: threads.length }),
		),
	);
	renameSync(part, file);
}

/** What the threads found in their parts of the rows, as one. */
function joined(answers: TruthAnswer[], queries: number, filteredQueries: number): Truth {
	const join = (count: number, k: number, of: (answer: TruthAnswer) => TruthAnswer['all']) =>
		Array.from({ length: count }, (_, q) => {
			const list = new NearestList(k);
			for (const answer of answers) list.merge(of(answer)[q]!);
			return [...list.toNearest().rows];
		});
	return {
		all: join(queries, TRUTH_K, ({ all }) => all),
		filtered: Object.fromEntries(
			FILTERS.map(({ name }, f) => [
				name,
				join(filteredQueries, FILTERED_K, ({ filtered }) => filtered[f]!),
			]),
		),
	};
}

/** A file that is there is whole. */
function writeWhole(file: string, text: string): void {
	writeFileSync(`${file}.part`, text);
	renameSync(`${file}.part`, file);
}
