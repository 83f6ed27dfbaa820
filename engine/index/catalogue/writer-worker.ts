/**
 * The one thread of the process that writes to indexes. A transaction ends with the disk saying that
 * it has everything, which takes milliseconds, or seconds while a disk is busy: here nobody waits
 * for it but the writer.
 */
import { notify, serve, Transfer } from '../../worker-rpc';
import type { IndexLogger } from '../index-logger';
import { CatalogueWriter } from './catalogue-writer';
import { asIndexError } from './disk-errors';
import { packChanges } from './packed-changes';
import { unpack, type PackedPhotos } from './packed-photos';
import type { Answer, Payment, PhotoWriter } from './photo-writer';
import type { Snapshot, SnapshotType } from './snapshots';
import type { VectorKind } from '../vector-index';

/** An index that somebody has opened. */
export interface Target {
	/** Of the opening: a folder that is opened twice has two writers. */
	key: string;
	folder: string;
	indexName: string;
}

/** A line for the logger of whoever opened the index. */
export interface LogLine {
	key: string;
	level: keyof IndexLogger;
	message: string;
}

export type GenerationCall = Target & { kind: VectorKind; model: string };
export type SnapshotCall = Target & { generation: number; type: SnapshotType };

const writers = new Map<string, CatalogueWriter>();

/** Opened by the first call, be it that this thread was started again after it died. */
function writerOf({ key, folder, indexName }: Target): CatalogueWriter {
	let writer = writers.get(key);
	if (!writer) {
		const log = (level: keyof IndexLogger) => (message: string) =>
			notify({ key, level, message } satisfies LogLine);
		const logger = { info: log('info'), warn: log('warn'), error: log('error') };
		writers.set(key, (writer = new CatalogueWriter(folder, indexName, logger)));
	}
	return writer;
}

/** A handler whose errors say what happened to which file. */
function handler<A extends Target, R>(work: (writer: CatalogueWriter, argument: A) => R) {
	return (argument: A): R => {
		try {
			return work(writerOf(argument), argument);
		} catch (error) {
			throw asIndexError(error, argument.folder);
		}
	};
}

/** The same for a change to photos or vectors. What it did to vectors is packed. */
function changing<A extends Target, T>(work: (photos: PhotoWriter, argument: A) => Answer<T>) {
	return handler((writer, argument: A) => {
		const { result, changes } = work(writer.photos, argument);
		const packed = packChanges(changes);
		return new Transfer({ result, changes: packed }, [packed.puts.buffer, packed.codes.buffer]);
	});
}

const handlers = {
	open: handler<Target, void>(() => {}),
	upsert: changing((photos, packed: Target & PackedPhotos) => photos.upsert(unpack(packed))),
	delete: changing((photos, { ids }: Target & { ids: string[] }) => photos.delete(ids)),
	payTexts: changing((photos, { payments }: Target & { payments: Payment[] }) =>
		photos.payTexts(payments),
	),
	beginGeneration: changing(
		(
			photos,
			{
				kind,
				model,
				dimension,
				activateWhenComplete,
			}: GenerationCall & { dimension: number; activateWhenComplete: boolean },
		) => photos.beginGeneration(kind, model, dimension, activateWhenComplete),
	),
	activateGeneration: changing(
		(photos, { kind, model, incomplete }: GenerationCall & { incomplete: boolean }) =>
			photos.activateGeneration(kind, model, incomplete),
	),
	dropGeneration: changing((photos, { kind, model }: GenerationCall) =>
		photos.dropGeneration(kind, model),
	),
	commitSnapshot: handler(
		(
			writer,
			{ generation, type, snapshot, dead }: SnapshotCall & { snapshot: Snapshot; dead: number[] },
		) => writer.snapshots.commit(generation, type, snapshot, dead),
	),
	setLoading: handler(
		(writer, { generation, type, loading }: SnapshotCall & { loading: boolean }) =>
			writer.snapshots.setLoading(generation, type, loading),
	),
	forgetSnapshot: handler((writer, { generation, type }: SnapshotCall) =>
		writer.snapshots.forget(generation, type),
	),
	dropStep: handler<Target, boolean>((writer) => writer.dropStep()),
	optimizeStep: handler<Target, boolean>((writer) => writer.optimizeStep()),
	finishOptimizing: handler<Target, void>((writer) => writer.finishOptimizing()),
	close: ({ key }: Target) => {
		writers.get(key)?.close();
		writers.delete(key);
	},
};
export type WriterHandlers = typeof handlers;
serve(handlers);
