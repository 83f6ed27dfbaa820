import { join } from 'node:path';
import { EngineError } from '../../errors';
import { WorkerClient } from '../../worker-rpc';
import type { IndexLogger } from '../index-logger';
import type { VectorKind } from '../vector-index';
import type { GenerationRow } from './generations';
import type { PackedChanges } from './packed-changes';
import type { PackedPhotos } from './packed-photos';
import type { Outcome, Payment } from './photo-writer';
import type { Snapshot, SnapshotType } from './snapshots';
import type { SnapshotCalls } from './vector-store';
import type { LogLine, Target, WriterHandlers } from './writer-worker';

/** Of a write that is durable. */
export interface Written<T> {
	result: T;
	/** What searches do not see yet. */
	changes: PackedChanges;
}

const loggers = new Map<string, IndexLogger>();
let openings = 0;

/**
 * The process's one writing thread. It is started again after it died; writes that were under way
 * are refused with `RUNTIME_UNAVAILABLE`, and nobody knows whether they were stored.
 */
const writerThread = new WorkerClient<WriterHandlers>(join(__dirname, 'writer-worker.js'), {
	onNotice(notice) {
		const { key, level, message } = notice as LogLine;
		loggers.get(key)?.[level](message);
	},
});

/**
 * The writer of one index. Each call is one transaction; it resolves when that is durable and visible
 * to every reader, in the order of the calls.
 */
export class IndexWriter implements SnapshotCalls {
	readonly #target: Target;
	#isClosed = false;

	private constructor(target: Target) {
		this.#target = target;
	}

	/** Opens the database in this folder, creating and migrating it as needed. */
	static async open(folder: string, indexName: string, logger: IndexLogger): Promise<IndexWriter> {
		const key = `${indexName} #${++openings}`;
		loggers.set(key, logger);
		const writer = new IndexWriter({ key, folder, indexName });
		try {
			await writerThread.call('open', writer.#target);
			return writer;
		} catch (error) {
			loggers.delete(key);
			throw error;
		}
	}

	/** @param photos are gone after that: their numbers move to the writer */
	async upsert(photos: PackedPhotos): Promise<Written<Outcome[]>> {
		const call = { ...this.#open, ...photos };
		return await writerThread.call('upsert', call, [photos.numbers.buffer]);
	}

	async delete(ids: string[]): Promise<Written<string[]>> {
		return await writerThread.call('delete', { ...this.#open, ids });
	}

	async payTexts(payments: Payment[]): Promise<Written<number>> {
		return await writerThread.call('payTexts', { ...this.#open, payments });
	}

	async beginGeneration(
		kind: VectorKind,
		model: string,
		dimension: number,
		activateWhenComplete: boolean,
	): Promise<Written<GenerationRow>> {
		const call = { ...this.#open, kind, model, dimension, activateWhenComplete };
		return await writerThread.call('beginGeneration', call);
	}

	async activateGeneration(
		kind: VectorKind,
		model: string,
		incomplete: boolean,
	): Promise<Written<GenerationRow>> {
		const call = { ...this.#open, kind, model, incomplete };
		return await writerThread.call('activateGeneration', call);
	}

	async dropGeneration(kind: VectorKind, model: string): Promise<Written<void>> {
		return await writerThread.call('dropGeneration', { ...this.#open, kind, model });
	}

	async commitSnapshot(
		generation: number,
		type: SnapshotType,
		snapshot: Snapshot,
		dead: number[],
	): Promise<void> {
		const call = { ...this.#open, generation, type, snapshot, dead };
		await writerThread.call('commitSnapshot', call);
	}

	async setLoading(generation: number, type: SnapshotType, loading: boolean): Promise<void> {
		await writerThread.call('setLoading', { ...this.#open, generation, type, loading });
	}

	async forgetSnapshot(generation: number, type: SnapshotType): Promise<void> {
		await writerThread.call('forgetSnapshot', { ...this.#open, generation, type });
	}

	/** Deletes a piece of what dropped generations leave; whether there may be more. */
	async dropStep(): Promise<boolean> {
		return await writerThread.call('dropStep', this.#open);
	}

	/** A short piece of tidying up; whether there is more to do. */
	async optimizeStep(): Promise<boolean> {
		return await writerThread.call('optimizeStep', this.#open);
	}

	async finishOptimizing(): Promise<void> {
		await writerThread.call('finishOptimizing', this.#open);
	}

	async close(): Promise<void> {
		if (this.#isClosed) return;
		this.#isClosed = true;
		await writerThread.call('close', this.#target);
		loggers.delete(this.#target.key);
	}

	/** The thread would open the database again, which may be another's by now. */
	get #open(): Target {
		if (!this.#isClosed) return this.#target;
		const { indexName } = this.#target;
		throw new EngineError('ENGINE_STOPPING', `Index "${indexName}" has been closed.`);
	}
}
