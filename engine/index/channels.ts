import { EngineError, messageOf } from '../errors';
import type { GenerationRow } from './catalogue/generations';
import { activeOf, VECTOR_KINDS } from './catalogue/generations';
import type { VectorOf } from './catalogue/index-writer';
import type { VectorChanges } from './catalogue/photo-writer';
import type { VectorStore } from './catalogue/vector-store';
import { HnswAccelerator } from './faiss/hnsw-accelerator';
import { forgetFaiss } from './faiss/snapshot-files';
import type { IndexLogger } from './index-logger';
import type { IndexTypeOptions } from './vectors/index-type';
import { VectorChannel, type ChannelStats } from './vectors/vector-channel';
import type { Finding, VectorKind } from './vector-index';

export interface ChannelsOptions {
	indexName: string;
	folder: string;
	store(generation: GenerationRow): VectorStore;
	type: IndexTypeOptions;
	logger: IndexLogger;
}

/** Photos that a finding names. */
const MAX_IDS = 100;

/** A generation that is searched. */
export interface Serving {
	generation: GenerationRow;
	channel: VectorChannel;
}

/** The last that was written of each photo while a channel was loading; `null`: removed. */
type Waiting = Map<number, { seq: number; vector: Float32Array } | null>;

/**
 * The search structure of each kind's active generation. Where another one becomes active, it is
 * loaded beside the old one, which answers until the new one can.
 */
export class Channels {
	readonly #options: ChannelsOptions;
	readonly #serving: Record<VectorKind, Serving | undefined> = {
		image: undefined,
		text: undefined,
	};
	readonly #loading = new Map<number, Waiting>();
	readonly #wanted: Record<VectorKind, GenerationRow | undefined> = {
		image: undefined,
		text: undefined,
	};
	readonly #switching: Record<VectorKind, Promise<void>> = {
		image: Promise.resolve(),
		text: Promise.resolve(),
	};
	#reloading: Promise<void> | undefined;
	/** Channels that no longer follow the database. */
	readonly #leftBehind = new WeakSet<VectorChannel>();

	constructor(options: ChannelsOptions) {
		this.#options = options;
	}

	serving(kind: VectorKind): Serving | undefined {
		return this.#serving[kind];
	}

	/**
	 * Serves the generations that are active. Waits for that only where nothing can answer meanwhile:
	 * the kind had no vectors, or those it had are gone.
	 */
	async follow(generations: GenerationRow[]): Promise<void> {
		for (const kind of VECTOR_KINDS) {
			this.#wanted[kind] = activeOf(generations, kind);
			const old = this.#serving[kind]?.generation.generation;
			if (old === this.#wanted[kind]?.generation) continue;
			const switched = this.#switching[kind].then(() => this.#switch(kind));
			this.#remember(kind, switched);
			const answers = generations.some(({ generation }) => generation === old);
			if (!answers) await switched;
		}
	}

	/**
	 * Reads everything anew: nobody knows what was not applied. The old channels answer meanwhile, but
	 * take no more changes: a snapshot of theirs must not claim to know what came after the gap.
	 */
	async reload(generations: () => GenerationRow[]): Promise<void> {
		for (const kind of VECTOR_KINDS) this.#leaveBehind(this.#serving[kind]?.channel);
		// Many writes are lost at the same moment, and one reading after it serves them all.
		await (this.#reloading ??= Promise.all(VECTOR_KINDS.map((kind) => this.#switching[kind])).then(
			async () => {
				this.#reloading = undefined;
				for (const kind of VECTOR_KINDS) {
					this.#wanted[kind] = activeOf(generations(), kind);
					const switched = this.#switch(kind, true);
					this.#remember(kind, switched);
					await switched;
				}
			},
		));
	}

	/** What searches of this kind go through. */
	stats(kind: VectorKind): ChannelStats {
		return this.#serving[kind]?.channel.stats() ?? NO_CHANNEL;
	}

	/** Resolves once every change that was applied is seen by searches. */
	async caughtUp(): Promise<void> {
		for (const kind of VECTOR_KINDS) {
			const serving = this.#serving[kind];
			if (!serving || !this.#leftBehind.has(serving.channel)) continue;
			// Whether it succeeds is for whoever asked for it.
			await this.#reloading?.catch(() => {});
			await this.#switching[kind];
		}
	}

	/** Resolves once the generation that is active is served. */
	async settled(kind: VectorKind): Promise<void> {
		await this.#switching[kind];
	}

	/** Throws `INDEX_FULL` if memory has no room for so many more vectors of a kind. */
	assertRoom(kind: VectorKind, vectors: number): void {
		if ((this.#serving[kind]?.channel.room ?? Infinity) >= vectors) return;
		throw new EngineError(
			'INDEX_FULL',
			`Index "${this.#options.indexName}" holds as many ${kind} vectors as it can. Optimize it if ` +
				'many were deleted or replaced; otherwise divide the photos over several indexes.',
		);
	}

	/**
	 * Applies what a transaction did, in the order of transactions.
	 *
	 * @param vectorOf the vector that was stored, at unit length
	 */
	apply({ put, removed }: VectorChanges, vectorOf?: VectorOf): void {
		for (const { generation, photo } of removed) {
			this.#channelOf(generation)?.remove(photo);
			this.#wait(generation, photo, null);
		}
		for (const { generation, photo, seq, item, kind } of put) {
			const vector = vectorOf!(item, kind);
			this.#channelOf(generation)?.put(photo, seq, vector);
			this.#wait(generation, photo, { seq, vector });
		}
	}

	/**
	 * Compares what is searched with what is stored.
	 *
	 * @param idsOf ids of photos by their keys
	 */
	async verify(idsOf: (photos: number[]) => Map<number, string>): Promise<Finding[]> {
		const findings: Finding[] = [];
		for (const kind of VECTOR_KINDS) {
			await this.#switching[kind];
			const channel = this.#serving[kind]?.channel;
			if (!channel) continue;
			const { photos, badLinks, accelerator } = await channel.verify();
			if (photos.length > 0) {
				findings.push({
					invariant: 'memory',
					message:
						`${photos.length} ${kind} vectors in memory are not the stored ones. Restart the engine; ` +
						'if it is told again, please report it.',
					ids: [...idsOf(photos.slice(0, MAX_IDS)).values()],
				});
			}
			if (badLinks > 0) {
				findings.push({
					invariant: 'graph',
					message: `The graph of ${kind} vectors has ${badLinks} damaged rows: "optimize" builds it anew.`,
				});
			}
			findings.push(...accelerator);
		}
		return findings;
	}

	/** Merges what is unmerged and lets go of tombstones. */
	async optimize(): Promise<void> {
		for (const kind of VECTOR_KINDS) {
			await this.#switching[kind];
			await this.#serving[kind]?.channel.optimize();
		}
	}

	/** Writes what only speeds up the next start. */
	async close(): Promise<void> {
		for (const kind of VECTOR_KINDS) {
			await this.#switching[kind];
			await this.#serving[kind]?.channel.close();
			this.#serving[kind] = undefined;
		}
	}

	#leaveBehind(channel: VectorChannel | undefined): void {
		if (channel) this.#leftBehind.add(channel);
	}

	#remember(kind: VectorKind, switched: Promise<void>): void {
		this.#switching[kind] = switched.catch((error: unknown) => {
			const label = `index "${this.#options.indexName}", ${kind} vectors`;
			this.#options.logger.error(`${label}: not loaded: ${messageOf(error)}`);
		});
	}

	#channelOf(generation: number): VectorChannel | undefined {
		for (const kind of VECTOR_KINDS) {
			const serving = this.#serving[kind];
			if (serving?.generation.generation !== generation) continue;
			return this.#leftBehind.has(serving.channel) ? undefined : serving.channel;
		}
		return undefined;
	}

	#wait(generation: number, photo: number, change: { seq: number; vector: Float32Array } | null) {
		const waiting = this.#loading.get(generation);
		// In the order of the last change, which is that of seq.
		waiting?.delete(photo);
		waiting?.set(photo, change);
	}

	async #switch(kind: VectorKind, anew = false): Promise<void> {
		const wanted = this.#wanted[kind];
		const old = this.#serving[kind];
		if (!anew && wanted?.generation === old?.generation.generation) return;
		if (wanted) await this.#load(wanted);
		else this.#serving[kind] = undefined;
		await old?.channel.close();
	}

	async #load(generation: GenerationRow): Promise<void> {
		const { indexName, folder, store, type, logger } = this.#options;
		const label = `index "${indexName}", ${generation.kind} vectors`;
		const vectors = store(generation);
		const options = { label, folder, store: vectors, logger };
		if (type.type !== 'faiss') await forgetFaiss(folder, vectors);
		const channel = new VectorChannel({
			...options,
			...type,
			accelerator: () => new HnswAccelerator({ ...options, minimum: type.graphFrom }),
		});
		const waiting: Waiting = new Map();
		this.#loading.set(generation.generation, waiting);
		try {
			await channel.open();
		} finally {
			this.#loading.delete(generation.generation);
		}
		// No turn of the event loop between this and the switch, or a write would be lost to it.
		const lastRead = channel.lastSeq;
		for (const [photo, change] of waiting) {
			if (!change) channel.remove(photo);
			else if (change.seq > lastRead) channel.put(photo, change.seq, change.vector);
		}
		this.#serving[generation.kind] = { generation, channel };
	}
}

/** Of a kind without vectors. */
const NO_CHANNEL: ChannelStats = {
	method: 'flat',
	unmerged: 0,
	tombstones: 0,
	bytesInMemory: 0,
	recall: null,
	lastMerge: null,
};
