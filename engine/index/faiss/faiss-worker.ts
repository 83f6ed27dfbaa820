/**
 * The one thread of the process that owns faiss-node: used from two, it crashes. Long work is done
 * in slices, so that searches of other indexes pass in between.
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { serve } from '../../worker-rpc';
import { sha256Of } from './faiss-file';
import { FIRST_EF_SEARCH, Hnsw, type FaissModule } from './faiss-hnsw';
import type { GraphQuery, Growth, LoadRequest, Sealed, SealRequest } from './faiss-client';
import { measureRecall, rowOf } from './faiss-recall';

/** A search waits at most about this long for a slice of a build. */
const SLICE_MS = 30;

/** Wider and wider searches, until one finds what it should. */
const EF_SEARCH_LADDER = [FIRST_EF_SEARCH, 512, 1024] as const;

const graphs = new Map<string, Hnsw>();
let faiss: FaissModule | undefined;

// Freed graphs are hundreds of megabytes that V8 does not see; without a push they stay for long.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function loadFaiss(): FaissModule {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- may be absent, so not at the top
	faiss ??= require('faiss-node') as FaissModule;
	return faiss;
}

function graphOf(key: string): Hnsw {
	const graph = graphs.get(key);
	if (!graph) throw new Error(`there is no graph ${key}`);
	return graph;
}

async function load({ key, file, sha256, dimension, count }: LoadRequest): Promise<void> {
	if ((await sha256Of(file)) !== sha256) throw new Error('its checksum is wrong');
	graphs.set(key, Hnsw.load(loadFaiss(), file, dimension, count));
}

/** Adds rows to a graph, or to a new one; `false` if it was dropped meanwhile. */
async function grow({ key, scratch, view, rows }: Growth): Promise<boolean> {
	const graph = graphs.get(key) ?? Hnsw.create(loadFaiss(), view.dimension, scratch);
	graphs.set(key, graph);
	let slice = 16;
	for (let from = 0; from < rows.length; ) {
		const started = performance.now();
		const numbers: number[] = [];
		for (const row of rows.subarray(from, from + slice)) {
			for (const value of rowOf(view, row)) numbers.push(value);
		}
		graph.add(numbers);
		from += slice;
		const took = performance.now() - started;
		slice = Math.max(1, Math.min(512, Math.round((slice * SLICE_MS) / Math.max(1, took))));
		await new Promise((resolve) => setImmediate(resolve));
		if (graphs.get(key) !== graph) return false;
	}
	return true;
}

/**
 * Writes a graph beside its place, finds the narrowest search that is good enough, and moves it
 * there. Nothing is left behind where recall stays below `minRecall`.
 */
async function seal(request: SealRequest): Promise<Sealed> {
	const { key, file, view, labelRows } = request;
	const graph = graphOf(key);
	const beside = `${file}.tmp`;
	const stillWanted = () => graphs.get(key) === graph;
	let { efSearch, recall } = request;
	try {
		graph.write(beside);
		if (request.measure) {
			const search = (query: Float32Array, k: number) => graph.search(query, k);
			for (const wider of EF_SEARCH_LADDER) {
				if (wider < efSearch) continue;
				if (wider > efSearch) {
					graph.setEfSearch(beside, wider);
					collectGarbage();
				}
				efSearch = wider;
				recall = await measureRecall(view, labelRows, search, stillWanted);
				if (recall >= request.minRecall || !stillWanted()) break;
			}
		}
		if (!stillWanted() || recall < request.minRecall) {
			return { accepted: false, efSearch, recall, sha256: '' };
		}
		const sha256 = await sha256Of(beside);
		renameSync(beside, file);
		syncFolder(dirname(file));
		return { accepted: true, efSearch, recall, sha256 };
	} finally {
		rmSync(beside, { force: true });
	}
}

function syncFolder(folder: string): void {
	const fd = openSync(folder, 'r');
	try {
		fsyncSync(fd);
	} finally {
		closeSync(fd);
	}
}

const handlers = {
	probe: () => void loadFaiss(),
	load,
	grow,
	seal,
	search: ({ key, query, k }: GraphQuery) => graphOf(key).search(query, k),
	drop: ({ key }: { key: string }) => {
		if (graphs.delete(key)) setImmediate(collectGarbage);
	},
};
export type FaissHandlers = typeof handlers;
serve(handlers);
