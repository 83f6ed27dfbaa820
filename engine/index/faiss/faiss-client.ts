import { join } from 'node:path';
import type { MatrixView } from '../vectors/exact-scan';
import { WorkerClient } from '../../worker-rpc';
import type { FaissHandlers } from './faiss-worker';

export interface LoadRequest {
	key: string;
	file: string;
	sha256: string;
	dimension: number;
	count: number;
}

export interface Growth {
	key: string;
	/** A file name that is free, in a folder that can be written. */
	scratch: string;
	view: MatrixView;
	rows: Uint32Array;
}

export interface SealRequest {
	key: string;
	/** Written beside this, then renamed to it. */
	file: string;
	view: MatrixView;
	/** Row of each label, -1 for a tombstone. */
	labelRows: Int32Array;
	/** Whether to measure recall anew, and to widen the search as far as that asks for. */
	measure: boolean;
	efSearch: number;
	recall: number;
	minRecall: number;
}

export interface Sealed {
	/** Whether the file is in its place; otherwise recall was too low, or the graph was dropped. */
	accepted: boolean;
	sha256: string;
	efSearch: number;
	recall: number;
}

export interface GraphQuery {
	key: string;
	query: Float32Array;
	k: number;
}

export interface FaissAvailability {
	available: boolean;
	reason?: string;
}

/** Asks the process's one FAISS thread. Graphs are known to it by keys that callers make up. */
export class FaissClient {
	/** Not started again: what killed it once, an aborting FAISS aside, would kill it again. */
	readonly #worker = new WorkerClient<FaissHandlers>(join(__dirname, 'faiss-worker.js'), {
		restart: false,
	});
	#probe: Promise<FaissAvailability> | undefined;

	/** Whether faiss-node loads here; found out at the first call. */
	async availability(): Promise<FaissAvailability> {
		if (process.env.SEMANTIC_IMAGE_SEARCH_FAISS === 'off') {
			return { available: false, reason: 'switched off by SEMANTIC_IMAGE_SEARCH_FAISS=off' };
		}
		if (this.#worker.death) return { available: false, reason: this.#worker.death.message };
		this.#probe ??= this.#load().then(
			() => ({ available: true }),
			(error: Error) => ({ available: false, reason: firstLine(error.message) }),
		);
		return await this.#probe;
	}

	async load(request: LoadRequest): Promise<void> {
		await this.#worker.call('load', request);
	}

	/** `false` if the graph was dropped meanwhile. */
	async grow(request: Growth): Promise<boolean> {
		return await this.#worker.call('grow', request);
	}

	async seal(request: SealRequest): Promise<Sealed> {
		return await this.#worker.call('seal', request);
	}

	/** Labels, best first. */
	async search(key: string, query: Float32Array, k: number): Promise<Int32Array> {
		return await this.#worker.call('search', { key, query, k });
	}

	async drop(key: string): Promise<void> {
		await this.#worker.call('drop', { key });
	}

	async #load(): Promise<void> {
		// FAISS splits even a single query over OpenMP threads, and on a busy machine waits for them:
		// 11 ms instead of 0.4 ms per search, and builds gained nothing (20k × 768, 2 cores). libgomp
		// reads this when FAISS is loaded, so it has to stand in the real environment by then.
		process.env.OMP_NUM_THREADS ??= '1';
		await this.#worker.call('probe', undefined);
	}
}

let client: FaissClient | undefined;

/** The process's one {@link FaissClient}. */
export function faissClient(): FaissClient {
	return (client ??= new FaissClient());
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? text;
