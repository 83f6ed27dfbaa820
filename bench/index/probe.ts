/** Process with the index and nothing else: the engine without its HTTP. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createIndexStore } from '../../engine/index/index-store';
import type { IndexStore, VectorIndex, VectorKind } from '../../engine/index/vector-index';
import type { IndexType } from '../../engine/index/vectors/index-type';
import { BenchPhotos } from './bench-photos';
import { answerLines } from './line-server';
import { memory } from './processes';
import { quiet } from './quiet';
import { Queries, search, type SearchRequest } from './searches';

export interface ProbeOptions {
	dataDir: string;
	/** Name of the index. */
	index: string;
	/** Query vectors by kind, and how many of them. */
	queryFiles: Record<VectorKind, string>;
	queries: number;
	type: IndexType;
}

export interface WriteRequest {
	seconds: number;
	/** Searches go on beside it in any case. */
	writing: boolean;
	/** Names the photos apart from those of other slices. */
	slice: number;
	/** Vectors of the photos to write. */
	files: Record<VectorKind, string>;
	count: number;
}

/** Photos of one upsert. */
const BATCH = 100;
/** A million vectors of each kind on two slow cores. */
const SETTLE_MS = 3 * 60 * 60_000;
const QUIET_MS = 60_000;

const options = JSON.parse(process.argv[2]!) as ProbeOptions;
const queries = new Queries(options.queryFiles, options.queries);
const say = (message: string) => void process.stderr.write(`${message}\n`);
let store: IndexStore;
let index: VectorIndex;

const handlers = {
	/** Milliseconds until the first search is answered. */
	async open({ create }: { create: boolean }) {
		const started = performance.now();
		store = createIndexStore({
			dataDir: options.dataDir,
			type: { type: options.type },
			logger: { info: say, warn: say, error: say },
		});
		index = await store.open(options.index, { create });
		const openMs = performance.now() - started;
		if (!create) await index.searchVector('image', queries.get('image', 0), 10);
		return { openMs, searchableMs: performance.now() - started };
	},

	/** Stores photos; the reading of their vectors does not count. Milliseconds of each batch. */
	async fill({ files, from, to }: { files: Record<VectorKind, string>; from: number; to: number }) {
		const source = new BenchPhotos(files, 'photos');
		const ms: number[] = [];
		for (let at = from; at < to; at += BATCH) {
			const photos = source.read(at, Math.min(BATCH, to - at));
			const started = performance.now();
			failed(await index.upsert(photos));
			ms.push(performance.now() - started);
		}
		source.close();
		return { ms };
	},

	/** Waits for what goes on in the background after writes. */
	async settle() {
		return { seconds: await quiet(unmerged, SETTLE_MS) };
	},

	async search(request: SearchRequest) {
		return await search(index, queries, request);
	},

	/**
	 * Searches as fast as they are answered, each asked for before the turn of the event loop in which
	 * it begins, so that it also waits for whatever the loop is busy with; and beside it, or not,
	 * upserts as fast as they are answered.
	 */
	async slice({ seconds, writing, slice, files, count }: WriteRequest) {
		const source = new BenchPhotos(files, 'fresh');
		const photos = source.read(0, count);
		source.close();
		await quiet(unmerged, QUIET_MS);
		const until = performance.now() + 1_000 * seconds;
		const ms: number[] = [];
		let upserts = 0;
		const searching = async () => {
			for (let nth = 0; performance.now() < until; nth++) {
				const kind = nth % 2 ? 'text' : 'image';
				const query = queries.get(kind, (nth + slice * 977) >> 1);
				const asked = performance.now();
				await nextTurn();
				await index.searchVector(kind, query, 10);
				ms.push(performance.now() - asked);
			}
		};
		const upserting = async () => {
			while (performance.now() < until) {
				// As a request that comes over the network.
				await nextTurn();
				const at = upserts % count;
				const round = `${slice}-${Math.floor(upserts / count)}`;
				const batch = photos.slice(at, at + BATCH);
				failed(
					await index.upsert(batch.map((photo) => ({ ...photo, id: `${photo.id}-${round}` }))),
				);
				upserts += batch.length;
			}
		};
		const started = performance.now();
		await Promise.all([searching(), ...(writing ? [upserting()] : [])]);
		return { ms, upserts, seconds: (performance.now() - started) / 1_000 };
	},

	async stats() {
		return await index.stats();
	},

	memory: () => memory(),

	async close() {
		await store.close();
	},
};
export type ProbeHandlers = typeof handlers;

/** Vectors that are still to be merged into the index's search structure. */
async function unmerged(): Promise<number> {
	const { image, text } = await index.stats();
	return image.unmerged + text.unmerged;
}

function failed(results: ('created' | 'updated' | Error)[]): void {
	const error = results.find((result) => result instanceof Error);
	if (error) throw error;
}

void answerLines(handlers);
