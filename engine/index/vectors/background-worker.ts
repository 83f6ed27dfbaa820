/**
 * The thread that fills matrices, links their rows into graphs and writes them to files. Long work is
 * done in slices, so that the matrices of other indexes have their turn; it has low priority, so that
 * searches and writes go before it.
 */
import { dirname } from 'node:path';
import { serve, Transfer } from '../../worker-rpc';
import { asIndexError } from '../catalogue/disk-errors';
import { Kernel } from './kernel';
import { collectGarbage } from './collect-garbage';
import { lowerPriority } from './low-priority';
import { copyLiveRows, type CopyRequest } from './copy-rows';
import { fillRows, type FillRequest } from './fill-rows';
import { HEADER_LINKED, MERGE_DESK } from './matrix-layout';
import { measureBreadth, type MeasureRequest } from './measure-breadth';
import { saveRows, type SaveRequest } from './save-rows';
import type { SharedMemory } from './shared-memory';

export interface LinkRequest {
	key: string;
	memory: SharedMemory;
	dimension: number;
	/** Rows before this one are to be linked. */
	to: number;
}

/** Other requests, and a wish to stop, wait at most about this long. */
const SLICE_MS = 20;

/** Rows in view while neighbours are looked for; FAISS and hnswlib have 40 and 200. */
const LINK_BREADTH = 100;

/** Rows a search for neighbours begins among. */
const LINK_SAMPLE = 256;

/** Matrices whose linking was given up. */
const stopped = new Set<string>();

async function link({ key, memory, dimension, to }: LinkRequest): Promise<void> {
	const kernel = new Kernel(memory, dimension, MERGE_DESK);
	const header = new Int32Array(memory.buffer, kernel.layout.header, 16);
	let row = Atomics.load(header, HEADER_LINKED);
	while (row < to && !stopped.has(key)) {
		const until = performance.now() + SLICE_MS;
		for (; row < to && performance.now() < until; row++) {
			// The dead, too: a walk may begin at one.
			kernel.link(row, LINK_BREADTH, LINK_SAMPLE);
			Atomics.store(header, HEADER_LINKED, row + 1);
		}
		await new Promise((resolve) => setImmediate(resolve));
	}
}

const handlers = {
	fill: async (request: FillRequest) => {
		const filled = await fillRows(request).catch((error: unknown) => {
			throw asIndexError(error, dirname(request.database));
		});
		return new Transfer(filled, [filled.photos.buffer, filled.seqs.buffer]);
	},
	link,
	stop: ({ key }: { key: string }) => void stopped.add(key),
	measure: (request: MeasureRequest) => measureBreadth(request, () => stopped.has(request.key)),
	copy: (request: CopyRequest) => copyLiveRows(request),
	save: (request: SaveRequest) => saveRows(request),
	/** A matrix is gone: so should be its memory. */
	forget: () => void setImmediate(collectGarbage),
};
export type BackgroundHandlers = typeof handlers;
lowerPriority();
serve(handlers);
