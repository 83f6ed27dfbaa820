import { EngineError, messageOf } from '../errors';
import type { GenerationRow } from './catalogue/generations';
import { activeOf, VECTOR_KINDS } from './catalogue/generations';
import { putCodes, type PackedChanges, type PutCode } from './catalogue/packed-changes';
import type { VectorStore } from './catalogue/vector-store';
import { HnswAccelerator } from './faiss/hnsw-accelerator';
import { forgetFaiss } from './faiss/snapshot-files';
import { findingsOf } from './channel-findings';
import { GoneFiles } from './gone-files';
import { inSlices } from './in-slices';
import type { IndexLogger } from './index-logger';
import type { IndexTypeOptions } from './vectors/index-type';
import { VectorChannel, type ChannelStats } from './vectors/vector-channel';
import type { Finding, VectorKind } from './vector-index';

export interface ChannelsOptions {
	indexName: string;
	folder: string;
	store(generation: GenerationRow): VectorStore;
	/** Those that are in the database now. */
	generations(): GenerationRow[];
	type: IndexTypeOptions;
	logger: IndexLogger;
}

/** After a generation could not be loaded; twice as long each time. */
const RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;

/** So many times in a row a write waits for another attempt; then only the clock makes one. */
const EAGER_ATTEMPTS = 3;

/** A generation that is searched. */
export interface Serving {
	generation: GenerationRow;
	channel: VectorChannel;
}

/** The last that was written of each photo while a channel was loading; `null`: removed. */
type Waiting = Map<number, { seq: number; code: Uint8Array } | null>;

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
	/** Resolves once all transactions that were asked for are applied. */
	#order: Promise<void> = Promise.resolve();
	readonly #wanted: Record<VectorKind, GenerationRow | undefined> = {
		image: undefined,
		text: undefined,
	};
	readonly #switching: Record<VectorKind, Promise<void>> = {
		image: Promise.resolve(),
		text: Promise.resolve(),
	};
	/** Attempts in a row that failed, and why the last one did. */
	readonly #failed: Record<VectorKind, { times: number; error: unknown } | undefined> = {
		image: undefined,
		text: undefined,
	};
	readonly #retries: Record<VectorKind, NodeJS.Timeout | undefined> = {
		image: undefined,
		text: undefined,
	};
	/** How often changes were lost; and how often they had been when what is served was read. */
	#losses = 0;
	readonly #lossesRead: Record<VectorKind, number> = { image: 0, text: 0 };
	readonly #goneFiles: GoneFiles;
	#closed = false;

	constructor(options: ChannelsOptions) {
		this.#options = options;
		this.#goneFiles = new GoneFiles(options);
	}

	serving(kind: VectorKind): Serving | undefined {
		return this.#serving[kind];
	}

	/**
	 * Serves the generations that are active. Waits for that only where nothing can answer meanwhile:
	 * the kind had no vectors, or those it had are gone.
	 */
	async follow(generations: GenerationRow[]): Promise<void> {
		let failure: { error: unknown } | undefined;
		for (const kind of VECTOR_KINDS) {
			this.#wanted[kind] = activeOf(generations, kind);
			const old = this.#serving[kind]?.generation.generation;
			if (old === this.#wanted[kind]?.generation) continue;
			const switched = this.#catchUp(kind);
			const answers = generations.some(({ generation }) => generation === old);
			// The other kind is none the worse for it.
			if (!answers) await switched.catch((error: unknown) => (failure = { error }));
		}
		await this.#goneFiles.remove(generations);
		if (failure) throw failure.error;
	}

	/**
	 * Reads everything anew: nobody knows what was not applied. The old channels answer meanwhile, but
	 * take no more changes: a snapshot of theirs must not claim to know what came after the gap. What
	 * cannot be read is logged and tried again later.
	 */
	async reload(): Promise<void> {
		this.#losses++;
		// One after the other: what is old and what is new are in memory together.
		for (const kind of VECTOR_KINDS) await this.#catchUp(kind).catch(() => {});
	}

	/** What searches of this kind go through. */
	stats(kind: VectorKind): ChannelStats {
		return this.#serving[kind]?.channel.stats() ?? NO_CHANNEL;
	}

	/**
	 * Resolves once every change that was applied is seen by searches, or it has turned out that this
	 * takes until a later attempt.
	 */
	async caughtUp(): Promise<void> {
		for (const kind of VECTOR_KINDS) {
			if (!this.#isBehind(kind)) continue;
			if ((this.#failed[kind]?.times ?? 0) >= EAGER_ATTEMPTS) continue;
			await this.#catchUp(kind).catch(() => {});
		}
	}

	/** Resolves once the generation that is active is served. Throws if it could not be loaded. */
	async settled(kind: VectorKind): Promise<void> {
		await this.#switching[kind];
		const failed = this.#failed[kind];
		if (!failed) return;
		throw new EngineError(
			'RUNTIME_UNAVAILABLE',
			`The active ${kind} vectors of index "${this.#options.indexName}" could not be loaded, which ` +
				`is tried again by itself; searches go through the ones before: ${messageOf(failed.error)}`,
			undefined,
			{ cause: failed.error },
		);
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
	 * Applies what a transaction did, after what was asked for before. Searches are answered meanwhile,
	 * and may see half of it. Resolves once they see all, where that does not wait for what is loaded.
	 */
	async apply(changes: PackedChanges): Promise<void> {
		let following: Promise<void> | undefined;
		await this.#next(async () => {
			await this.#applyAll(changes);
			// Told before the next one is applied; to load what is to be searched takes longer.
			if (changes.generations) following = this.follow(changes.generations);
		});
		await following;
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
			findings.push(...findingsOf(kind, await channel.verify(), idsOf));
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
		this.#closed = true;
		for (const kind of VECTOR_KINDS) {
			await this.#switching[kind];
			clearTimeout(this.#retries[kind]);
			await this.#letGo(this.#serving[kind]);
			this.#serving[kind] = undefined;
		}
	}

	/** Whether what is served misses changes. */
	#isBehind(kind: VectorKind): boolean {
		return this.#lossesRead[kind] < this.#losses;
	}

	/** Serves what is to be served. One at a time; if that fails, it is tried again later. */
	#catchUp(kind: VectorKind): Promise<void> {
		const switched = this.#switching[kind].then(() => this.#switch(kind));
		this.#switching[kind] = switched.then(
			() => {
				this.#failed[kind] = undefined;
			},
			(error: unknown) => this.#retryLater(kind, error),
		);
		return switched;
	}

	#retryLater(kind: VectorKind, error: unknown): void {
		const times = (this.#failed[kind]?.times ?? 0) + 1;
		this.#failed[kind] = { times, error };
		const ms = Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** (times - 1));
		const { indexName, logger } = this.#options;
		const label = `index "${indexName}", ${kind} vectors`;
		logger.error(`${label}: not loaded, next attempt in ${ms / 1_000} s: ${messageOf(error)}`);
		clearTimeout(this.#retries[kind]);
		if (this.#closed) return;
		this.#retries[kind] = setTimeout(() => void this.#catchUp(kind), ms).unref();
	}

	async #letGo(serving: Serving | undefined): Promise<void> {
		try {
			await serving?.channel.close();
		} catch (error) {
			const { indexName, logger } = this.#options;
			const label = `index "${indexName}", ${serving!.generation.kind} vectors`;
			logger.warn(`${label}: not closed properly: ${messageOf(error)}`);
		}
	}

	#channelOf(generation: number): VectorChannel | undefined {
		for (const kind of VECTOR_KINDS) {
			const serving = this.#serving[kind];
			if (serving?.generation.generation !== generation) continue;
			return this.#isBehind(kind) ? undefined : serving.channel;
		}
		return undefined;
	}

	/** One after the other: transactions, and switches to what was loaded beside them. */
	#next<T>(work: () => T | Promise<T>): Promise<T> {
		const done = this.#order.then(work);
		this.#order = done.then(
			() => {},
			() => {},
		);
		return done;
	}

	async #applyAll(changes: PackedChanges): Promise<void> {
		try {
			await inSlices(changes.removed, ({ generation, photo }) => {
				this.#channelOf(generation)?.remove(photo);
				this.#wait(generation, photo, null);
			});
			await inSlices(putCodes(changes), (put) => this.#put(put));
		} catch (error) {
			const { indexName, logger } = this.#options;
			const reason = messageOf(error);
			logger.warn(`index "${indexName}": a change was not applied, all are read anew: ${reason}`);
			void this.reload();
		}
	}

	#put({ generation, photo, seq, code }: PutCode): void {
		const channel = this.#channelOf(generation);
		// Read already, before this was told; what else was, nobody knows.
		if (channel && seq <= channel.lastSeq) throw new Error('it comes too late');
		channel?.put(photo, seq, code);
		this.#wait(generation, photo, { seq, code });
	}

	#wait(generation: number, photo: number, change: { seq: number; code: Uint8Array } | null) {
		const waiting = this.#loading.get(generation);
		// In the order of the last change, which is that of seq.
		waiting?.delete(photo);
		waiting?.set(photo, change);
	}

	async #switch(kind: VectorKind): Promise<void> {
		for (;;) {
			if (this.#closed) return;
			const losses = this.#losses;
			const isBehind = this.#isBehind(kind);
			// The change of which generation is active may be among those that were lost.
			if (isBehind) this.#wanted[kind] = activeOf(this.#options.generations(), kind);
			const wanted = this.#wanted[kind];
			const old = this.#serving[kind];
			if (!isBehind && wanted?.generation === old?.generation.generation) return;
			if (!wanted) {
				this.#serving[kind] = undefined;
				this.#lossesRead[kind] = losses;
			} else if (!(await this.#load(wanted, losses))) {
				continue;
			}
			await this.#letGo(old);
			return;
		}
	}

	/** Whether it is served now; not if changes were lost since there had been this many losses. */
	async #load(generation: GenerationRow, losses: number): Promise<boolean> {
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
		let isServed: boolean;
		try {
			await channel.open();
			// Not in the middle of a transaction: what it read of that would come a second time.
			isServed = await this.#next(() => this.#serve({ generation, channel }, waiting, losses));
		} finally {
			this.#loading.delete(generation.generation);
		}
		if (!isServed) await this.#letGo({ generation, channel });
		return isServed;
	}

	/** At once, or a write would be lost to it. Whether nothing was lost since there had been so many losses. */
	#serve(serving: Serving, waiting: Waiting, losses: number): boolean {
		if (losses !== this.#losses) return false;
		const { generation, channel } = serving;
		const lastRead = channel.lastSeq;
		for (const [photo, change] of waiting) {
			if (!change) channel.remove(photo);
			else if (change.seq > lastRead) channel.put(photo, change.seq, change.code);
		}
		this.#serving[generation.kind] = serving;
		this.#lossesRead[generation.kind] = losses;
		return true;
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
