import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Index } from 'faiss-node';
import { load, portions, servePeer, taskOf, type Peer, type PeerTask } from './peer';

/** What FAISS searches with, unless it is told otherwise, which the binding cannot. */
const DEFAULT_EF_SEARCH = 16;
/** Rows that are added in one call: as an array of numbers each takes eight bytes and more. */
const PORTION = 512;
/** Second argument of the process that builds. */
const BUILD = 'build';

/** faiss-node's HNSW32: as it comes, or `tuned`, with another efSearch written into its file. */
class FaissNodePeer implements Peer {
	readonly #faiss = load<typeof import('faiss-node')>('faiss-node');
	readonly version = this.#faiss.version;
	readonly setting: Peer['setting'];
	readonly #file: string;
	readonly #ids: string[] = [];
	#index: Index;

	constructor({ variant, folder, dimension }: PeerTask) {
		const { Index, MetricType } = this.#faiss;
		const values = variant === 'tuned' ? [32, 64, 96, 128, 192, 256, 384, 512, 1_024] : [];
		this.setting = { name: 'efSearch', values: values.length ? values : [DEFAULT_EF_SEARCH] };
		this.#file = join(folder, 'photos.faiss');
		this.#index = Index.fromFactory(dimension, 'HNSW32', MetricType.METRIC_INNER_PRODUCT);
	}

	/**
	 * In a process of its own: OMP_NUM_THREADS, which holds searches to one thread, would hold the
	 * building to one, too, and the binding has no setter.
	 */
	build(task: PeerTask): void {
		for (const { ids } of portions(task)) this.#ids.push(...ids);
		const env = { ...process.env };
		delete env['OMP_NUM_THREADS'];
		execFileSync(process.execPath, [__filename, process.argv[2]!, BUILD], { env });
		this.#index = this.#faiss.Index.read(this.#file);
	}

	write(task: PeerTask): void {
		for (const { vectors } of portions(task)) {
			for (let from = 0; from < vectors.length; from += PORTION * task.dimension) {
				this.#index.add(Array.from(vectors.subarray(from, from + PORTION * task.dimension)));
			}
		}
		this.#index.write(this.#file);
	}

	set(value: number): void {
		patchEfSearch(this.#file, value);
		this.#index = this.#faiss.Index.read(this.#file);
		globalThis.gc?.();
	}

	search(query: Float32Array, k: number): string[] {
		const { labels } = this.#index.search(Array.from(query), k);
		return labels.map((label) => this.#ids[label]!);
	}
}

/**
 * Layout of an `IHNf` file (faiss/impl/index_write.cpp, as the engine's own HNSW files have it): 37
 * bytes, five arrays that begin with their length as u64, then entry_point, max_level, efConstruction
 * and efSearch as i32.
 */
function patchEfSearch(file: string, efSearch: number): void {
	const fd = openSync(file, 'r+');
	try {
		const bytes = Buffer.alloc(8);
		let offset = 37;
		for (const width of [8, 4, 4, 8, 4]) {
			readSync(fd, bytes, 0, 8, offset);
			offset += 8 + width * Number(bytes.readBigUInt64LE());
		}
		bytes.writeInt32LE(efSearch);
		writeSync(fd, bytes, 0, 4, offset + 12);
	} finally {
		closeSync(fd);
	}
}

const task = taskOf();
const peer = new FaissNodePeer(task);
if (process.argv[3] === BUILD) peer.write(task);
else servePeer(peer);
