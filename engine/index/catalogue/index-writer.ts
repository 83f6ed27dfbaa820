import type { IndexLogger } from '../index-logger';
import type { VectorKind } from '../vector-index';
import { CatalogueWriter } from './catalogue-writer';
import type { GenerationRow } from './generations';
import type { PhotoInput } from './photo-input';
import type { Answer, Outcome, Payment } from './photo-writer';
import type { Snapshot, SnapshotType } from './snapshots';
import type { SnapshotCalls } from './vector-store';

/** The writer of one index, from outside. */
export class IndexWriter implements SnapshotCalls {
	readonly #writer: CatalogueWriter;

	constructor(folder: string, indexName: string, logger: IndexLogger) {
		this.#writer = new CatalogueWriter(folder, indexName, logger);
	}

	async upsert(photos: PhotoInput[]): Promise<Answer<Outcome[]>> {
		return this.#writer.photos.upsert(photos);
	}

	async delete(ids: string[]): Promise<Answer<string[]>> {
		return this.#writer.photos.delete(ids);
	}

	async payTexts(payments: Payment[]): Promise<Answer<number>> {
		return this.#writer.photos.payTexts(payments);
	}

	async beginGeneration(
		kind: VectorKind,
		model: string,
		dimension: number,
		activateWhenComplete: boolean,
	): Promise<Answer<GenerationRow>> {
		return this.#writer.photos.beginGeneration(kind, model, dimension, activateWhenComplete);
	}

	async activateGeneration(
		kind: VectorKind,
		model: string,
		incomplete: boolean,
	): Promise<Answer<GenerationRow>> {
		return this.#writer.photos.activateGeneration(kind, model, incomplete);
	}

	async dropGeneration(kind: VectorKind, model: string): Promise<Answer<void>> {
		return this.#writer.photos.dropGeneration(kind, model);
	}

	async commitSnapshot(
		generation: number,
		type: SnapshotType,
		snapshot: Snapshot,
		dead: number[],
	): Promise<void> {
		this.#writer.snapshots.commit(generation, type, snapshot, dead);
	}

	async setLoading(generation: number, type: SnapshotType, loading: boolean): Promise<void> {
		this.#writer.snapshots.setLoading(generation, type, loading);
	}

	async forgetSnapshot(generation: number, type: SnapshotType): Promise<void> {
		this.#writer.snapshots.forget(generation, type);
	}

	async optimizeStep(): Promise<boolean> {
		return this.#writer.optimizeStep();
	}

	async finishOptimizing(): Promise<void> {
		this.#writer.finishOptimizing();
	}

	async close(): Promise<void> {
		this.#writer.close();
	}
}
