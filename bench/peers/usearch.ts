import { join } from 'node:path';
import { load, portions, servePeer, taskOf, type Peer, type PeerTask } from './peer';

interface UsearchIndex {
	add(keys: BigUint64Array, vectors: Float32Array, threads: number): void;
	search(query: Float32Array, k: number, threads: number): { keys: BigUint64Array };
	save(file: string): void;
	load(file: string): void;
}
interface Usearch {
	Index: new (config: object) => UsearchIndex;
}

/** usearch's graph over float32, its default, or over the 8-bit numbers it offers to save memory. */
class UsearchPeer implements Peer {
	readonly #usearch = load<Usearch>('usearch');
	readonly version = this.#usearch.version;
	readonly setting = {
		name: 'expansion_search',
		values: [32, 64, 96, 128, 192, 256, 384, 512, 768, 1_024],
	};
	readonly #config: object;
	readonly #file: string;
	readonly #ids: string[] = [];
	#index: UsearchIndex;

	constructor({ dimension, folder, variant }: PeerTask) {
		this.#config = {
			...{ dimensions: dimension, metric: 'ip', quantization: variant },
			...{ connectivity: 16, expansion_add: 128, multi: false },
		};
		this.#file = join(folder, 'photos.usearch');
		this.#index = this.#with(64);
	}

	build(task: PeerTask): void {
		for (const { from, vectors, ids } of portions(task)) {
			const keys = BigUint64Array.from(ids, (_, i) => BigInt(from + i));
			this.#index.add(keys, vectors, 0);
			this.#ids.push(...ids);
		}
		this.#index.save(this.#file);
	}

	/** There is no setter; an index that is loaded keeps what it was made with. */
	set(value: number): void {
		this.#index = this.#with(value);
		globalThis.gc?.();
		this.#index.load(this.#file);
	}

	search(query: Float32Array, k: number): string[] {
		const { keys } = this.#index.search(query, k, 1);
		return Array.from(keys, (key) => this.#ids[Number(key)]!);
	}

	#with(expansion: number): UsearchIndex {
		return new this.#usearch.Index({ ...this.#config, expansion_search: expansion });
	}
}

servePeer(new UsearchPeer(taskOf()));
