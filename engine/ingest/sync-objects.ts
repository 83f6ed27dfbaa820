import { giveBack } from '../encode/give-back';
import type { Encoder } from '../encode/encoder';
import { asEngineError, EngineError, type ErrorCode } from '../errors';
import { isOtherFile } from '../index/catalogue/replaced-file';
import type { PhotoRecord, VectorIndex } from '../index/vector-index';
import type { BucketObject, Job } from '../service/contract';
import { recordFailure } from './jobs';
import { buildPhotoFacts } from './photo-facts';
import type { PhotoSource } from './photo-source';
import { withRetry } from './retry';

export type ObjectToIndex = BucketObject & {
	id: string;
	/** All but the vector is stored already, if the file is still that of the listing. */
	vectorOnly?: boolean;
};

export interface IndexObjects {
	job: Job;
	index: VectorIndex;
	source: PhotoSource;
	encoder: Encoder;
	model: string | undefined;
	todo: ObjectToIndex[];
	signal: AbortSignal;
	/** After each batch that was written. */
	onStored: () => void;
}

/** Fetches under way at once; the encoder has a queue of its own. */
const LANES = 4;
/** Photos per transaction. */
const BATCH = 32;
/** Failures in a row, all of the store's making, after which it counts as gone. */
const GIVE_UP_AFTER = 20;
/** These concern every photo alike: the job ends with them. */
const FATAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
	'MODEL_UNKNOWN',
	'MODEL_TOO_LARGE',
	'MODEL_NOT_READY',
	'MODEL_OFFLINE',
	'MODEL_BROKEN',
	'MODEL_DOWNLOAD_FAILED',
	'RUNTIME_UNAVAILABLE',
	'BUCKET_NOT_FOUND',
	'ENGINE_STOPPING',
	'INDEX_NOT_FOUND',
]);
const OF_THE_STORE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
	'S3_UNREACHABLE',
	'S3_ACCESS_DENIED',
	'S3_ERROR',
]);

/**
 * Fetches, embeds and stores every object of `todo`, counting into the job. One bad photo costs
 * itself only; a failure that concerns all of them is thrown. What was embedded before a failure or
 * a cancellation is still stored. Returns the objects that were gone when their turn came.
 */
export async function indexObjects(work: IndexObjects): Promise<ObjectToIndex[]> {
	const { job, todo, source, encoder, model } = work;
	const { model: modelName } = await encoder.info(model);
	const vanished: ObjectToIndex[] = [];
	const writer = new BatchWriter(work);
	// One lane's fatal error stops the others at their next step.
	const stop = new AbortController();
	const signal = AbortSignal.any([work.signal, stop.signal]);
	let failuresInARow = 0;

	async function indexOne(object: ObjectToIndex): Promise<void> {
		try {
			const { bytes, facts } = await withRetry(() => source.fetch(object.s3_path, signal), signal);
			failuresInARow = 0;
			const image = await withRetry(() => encoder.embedImage(bytes, { model, signal }), signal);
			const isWhole = !object.vectorOnly || isOtherFile(object, facts);
			const record: PhotoRecord = {
				...(isWhole && buildPhotoFacts(bytes, image, facts)),
				isOfAFile: true,
				id: object.id,
				image: { vector: image.embedding, model: modelName },
			};
			giveBack(bytes);
			await writer.add(record);
		} catch (error) {
			if (signal.aborted || error instanceof StorageFailure) throw error;
			const { code } = asEngineError(error);
			if (FATAL.has(code)) throw error;
			if (code === 'OBJECT_NOT_FOUND') {
				job.total -= 1;
				vanished.push(object);
				return;
			}
			recordFailure(job, object.s3_path, error);
			failuresInARow = OF_THE_STORE.has(code) ? failuresInARow + 1 : 0;
			if (failuresInARow >= GIVE_UP_AFTER) throw error;
		}
	}

	const queue = todo.values();
	async function lane(): Promise<void> {
		for (const object of queue) {
			if (signal.aborted) return;
			try {
				await indexOne(object);
			} catch (error) {
				stop.abort();
				throw error;
			}
		}
	}
	const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
	await writer.flush();
	// The first to fail knows why; the others only know that they were stopped.
	const failures = lanes.flatMap((result) =>
		result.status === 'rejected' ? [result.reason as unknown] : [],
	);
	const cause = failures.find((error) => asEngineError(error).code !== 'CANCELLED') ?? failures[0];
	if (cause !== undefined) throw cause;
	return vanished;
}

/** The index refused a whole batch: the photos are counted already, and the job must end. */
class StorageFailure extends EngineError {
	constructor(error: EngineError) {
		super(error.code, error.message, error.details, { cause: error });
	}
}

/** Collects records and writes them in transactions, one at a time. */
class BatchWriter {
	#waiting: PhotoRecord[] = [];
	#writing: Promise<void> = Promise.resolve();

	readonly #work: IndexObjects;

	constructor(work: IndexObjects) {
		this.#work = work;
	}

	async add(record: PhotoRecord): Promise<void> {
		this.#waiting.push(record);
		if (this.#waiting.length >= BATCH) await this.flush();
	}

	flush(): Promise<void> {
		const batch = this.#waiting;
		this.#waiting = [];
		const done = this.#writing.then(() => this.#write(batch));
		// A failed batch is its waiter's to report; the next one starts afresh.
		this.#writing = done.catch(() => undefined);
		return done;
	}

	async #write(batch: PhotoRecord[]): Promise<void> {
		if (batch.length === 0) return;
		const { job, index, onStored } = this.#work;
		let outcomes: Awaited<ReturnType<VectorIndex['upsert']>>;
		try {
			outcomes = await index.upsert(batch);
		} catch (error) {
			for (const { s3_path, id } of batch) recordFailure(job, s3_path ?? id, error);
			throw new StorageFailure(asEngineError(error));
		}
		outcomes.forEach((outcome, i) => {
			if (typeof outcome === 'string') job.done += 1;
			else recordFailure(job, batch[i]?.s3_path ?? '', outcome);
		});
		const first = outcomes[0];
		const isMismatch = (outcome: unknown) =>
			outcome instanceof EngineError && outcome.code === 'MODEL_MISMATCH';
		if (outcomes.every(isMismatch)) throw new StorageFailure(asEngineError(first));
		onStored();
	}
}
