import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../errors';
import { defaultDataDir } from '../locations';
import { describeModel } from './describe-model';
import type {
	ActivateGenerationRequest,
	BeginGenerationRequest,
	CountImagesRequest,
	CountImagesResponse,
	DeleteRequest,
	DeleteResponse,
	DropGenerationRequest,
	DropIndexResponse,
	EmbedBatchRequest,
	EmbedBatchResponse,
	EmbedImageResponse,
	EmbedTextRequest,
	EmbedTextResponse,
	Generation,
	GenerationsResponse,
	HeadObjectsRequest,
	HeadObjectsResponse,
	Health,
	IndexStats,
	Job,
	ListBucketsRequest,
	ListBucketsResponse,
	ListImagesRequest,
	ListImagesResponse,
	ListIndexesResponse,
	ListObjectsRequest,
	ListObjectsResponse,
	Model,
	ModelsResponse,
	NearestRequest,
	NearestResponse,
	PollWatchRequest,
	PollWatchResponse,
	RemoveModelResponse,
	RuntimeReport,
	SearchRequest,
	SearchResponse,
	StoredImage,
	SyncRequest,
	TestOllamaRequest,
	TestOllamaResponse,
	UpsertRequest,
	UpsertResponse,
	VerifyModelResponse,
} from '../service/contract';
import { IndexOperations } from './index-operations';
import { LocalEngine } from './local-engine';
import { ConnectionLost, receive, send, type Address, type Call } from './transport';

/** `local`: started on demand, one per data folder. `remote`: runs elsewhere. */
export type EngineTarget =
	| { kind: 'local'; dataDir?: string }
	| { kind: 'remote'; url: string; token?: string };

/** An engine that dies is started again this often for one call; all calls are safe to repeat. */
const ATTEMPTS = 4;
const FIRST_DELAY_MS = 100;
/** A model of a gigabyte on a slow line. */
const MODEL_WAIT_MS = 60 * 60_000;
const MODEL_POLL_MS = 1_000;

/** Told again and again, in a sentence with its progress, while a call waits for a model. */
export type OnWaiting = (sentence: string) => void;

/**
 * The engine's HTTP API as methods. Every method throws {@link EngineError}; a call that loses its
 * engine is sent again, to a new one if need be. Methods that embed photos wait while the model is
 * being downloaded; searches and texts answer `MODEL_NOT_READY` at once.
 */
export class EngineClient {
	readonly #local: LocalEngine | undefined;
	readonly #address: Address;
	/** Export, import, backup and the like. */
	readonly operations = new IndexOperations({
		call: (call) => this.#call(call),
		stream: (call) => this.#call(call, receive),
	});
	/** Whether the local engine's version has been looked at: an old one must make way. */
	#met = false;

	constructor(target: EngineTarget) {
		this.#local =
			target.kind === 'local' ? new LocalEngine(target.dataDir ?? defaultDataDir()) : undefined;
		this.#address = this.#local?.address ?? (target as { url: string; token?: string });
	}

	embedImageBytes(
		bytes: Buffer,
		options: { model?: string } = {},
		signal?: AbortSignal,
		onWaiting?: OnWaiting,
	): Promise<EmbedImageResponse> {
		const query = options.model ? `?model=${encodeURIComponent(options.model)}` : '';
		return this.#whenModelReady(
			{ method: 'POST', bulk: true, path: `/embed-image${query}`, body: bytes, signal },
			onWaiting,
		);
	}

	embedBatch(
		body: EmbedBatchRequest,
		signal?: AbortSignal,
		onWaiting?: OnWaiting,
	): Promise<EmbedBatchResponse> {
		return this.#whenModelReady(
			{ method: 'POST', path: '/embed-batch', body, signal, bulk: true },
			onWaiting,
		);
	}

	embedText(body: EmbedTextRequest, signal?: AbortSignal): Promise<EmbedTextResponse> {
		return this.#call({ method: 'POST', path: '/embed-text', body, signal });
	}

	indexes(signal?: AbortSignal): Promise<ListIndexesResponse> {
		return this.#call({ method: 'GET', path: '/indexes', signal });
	}

	upsert(index: string, body: UpsertRequest, signal?: AbortSignal): Promise<UpsertResponse> {
		return this.#call({ method: 'PUT', path: `${at(index)}/images`, body, signal, bulk: true });
	}

	/** Like {@link upsert}, but a photo that is not there is an error instead of a new one. */
	update(index: string, body: UpsertRequest, signal?: AbortSignal): Promise<UpsertResponse> {
		return this.#call({ method: 'PATCH', path: `${at(index)}/images`, body, signal, bulk: true });
	}

	remove(index: string, body: DeleteRequest, signal?: AbortSignal): Promise<DeleteResponse> {
		return this.#call({ method: 'DELETE', path: `${at(index)}/images`, body, signal, bulk: true });
	}

	listImages(
		index: string,
		body: ListImagesRequest = {},
		signal?: AbortSignal,
	): Promise<ListImagesResponse> {
		return this.#call({ method: 'POST', path: `${at(index)}/images/list`, body, signal });
	}

	countImages(
		index: string,
		body: CountImagesRequest = {},
		signal?: AbortSignal,
	): Promise<CountImagesResponse> {
		return this.#call({ method: 'POST', path: `${at(index)}/images/count`, body, signal });
	}

	/** Deletes a whole index. */
	dropIndex(index: string, signal?: AbortSignal): Promise<DropIndexResponse> {
		return this.#call({ method: 'DELETE', path: at(index), signal });
	}

	getImage(index: string, id: string, signal?: AbortSignal): Promise<StoredImage> {
		return this.#call({
			method: 'GET',
			path: `${at(index)}/images/${encodeURIComponent(id)}`,
			signal,
		});
	}

	stats(index: string, signal?: AbortSignal): Promise<IndexStats> {
		return this.#call({ method: 'GET', path: at(index), signal });
	}

	/** The models whose vectors an index holds, and which of them is searched. */
	generations(index: string, signal?: AbortSignal): Promise<GenerationsResponse> {
		return this.#call({ method: 'GET', path: `${at(index)}/generations`, signal });
	}

	/** Takes vectors of a model beside those that are searched. Waits for the model, if need be. */
	beginGeneration(
		index: string,
		body: BeginGenerationRequest,
		signal?: AbortSignal,
		onWaiting?: OnWaiting,
	): Promise<Generation> {
		return this.#whenModelReady(
			{ method: 'POST', path: `${at(index)}/generations`, body, signal, bulk: true },
			onWaiting,
		);
	}

	activateGeneration(
		index: string,
		body: ActivateGenerationRequest,
		signal?: AbortSignal,
	): Promise<Generation> {
		return this.#call({ method: 'POST', path: `${at(index)}/generations/activate`, body, signal });
	}

	/** Deletes the vectors of a model that is not searched. */
	dropGeneration(
		index: string,
		body: DropGenerationRequest,
		signal?: AbortSignal,
	): Promise<GenerationsResponse> {
		return this.#call({
			method: 'DELETE',
			path: `${at(index)}/generations`,
			body,
			signal,
			bulk: true,
		});
	}

	search(index: string, body: SearchRequest, signal?: AbortSignal): Promise<SearchResponse> {
		return this.#call({ method: 'POST', path: `${at(index)}/search`, body, signal });
	}

	/** The photos nearest to one vector, without words and weighing. */
	nearest(index: string, body: NearestRequest, signal?: AbortSignal): Promise<NearestResponse> {
		return this.#call({ method: 'POST', path: `${at(index)}/nearest`, body, signal });
	}

	sync(
		index: string,
		body: SyncRequest,
		signal?: AbortSignal,
		onWaiting?: OnWaiting,
	): Promise<Job> {
		return this.#whenModelReady(
			{ method: 'POST', path: `${at(index)}/sync`, body, signal, bulk: true },
			onWaiting,
		);
	}

	job(id: string, signal?: AbortSignal): Promise<Job> {
		return this.#call({ method: 'GET', path: `/jobs/${encodeURIComponent(id)}`, signal });
	}

	cancelJob(id: string, signal?: AbortSignal): Promise<Job> {
		return this.#call({ method: 'DELETE', path: `/jobs/${encodeURIComponent(id)}`, signal });
	}

	models(signal?: AbortSignal): Promise<ModelsResponse> {
		return this.#call({ method: 'GET', path: '/models', signal });
	}

	/** Begins a download, or the mending of a model on disk; `models()` shows how far it is. */
	downloadModel(id: string, signal?: AbortSignal): Promise<Model> {
		return this.#call({ method: 'POST', path: `${model(id)}/download`, signal });
	}

	/** Stops a download; what has arrived is kept. */
	cancelModelDownload(id: string, signal?: AbortSignal): Promise<Model> {
		return this.#call({ method: 'DELETE', path: `${model(id)}/download`, signal });
	}

	/** Recomputes the checksums of a model's files. */
	verifyModel(id: string, signal?: AbortSignal): Promise<VerifyModelResponse> {
		return this.#call({ method: 'POST', path: `${model(id)}/verify`, signal, bulk: true });
	}

	/** Deletes a model's files; `force` also those of a folder that was made by hand. */
	removeModel(
		id: string,
		{ force = false } = {},
		signal?: AbortSignal,
	): Promise<RemoveModelResponse> {
		return this.#call({ method: 'DELETE', path: `${model(id)}?force=${force}`, signal });
	}

	listBuckets(body: ListBucketsRequest, signal?: AbortSignal): Promise<ListBucketsResponse> {
		return this.#call({ method: 'POST', path: '/buckets', body, signal });
	}

	listObjects(body: ListObjectsRequest, signal?: AbortSignal): Promise<ListObjectsResponse> {
		return this.#call({ method: 'POST', path: '/buckets/objects', body, signal, bulk: true });
	}

	headObjects(body: HeadObjectsRequest, signal?: AbortSignal): Promise<HeadObjectsResponse> {
		return this.#call({ method: 'POST', path: '/buckets/head', body, signal, bulk: true });
	}

	pollWatch(body: PollWatchRequest, signal?: AbortSignal): Promise<PollWatchResponse> {
		return this.#call({ method: 'POST', path: '/watches/poll', body, signal, bulk: true });
	}

	testOllama(body: TestOllamaRequest, signal?: AbortSignal): Promise<TestOllamaResponse> {
		return this.#call({ method: 'POST', path: '/ollama/test', body, signal });
	}

	/** What the engine's machine gives to the encoder; waits for the runtime to load. */
	runtime(signal?: AbortSignal): Promise<RuntimeReport> {
		return this.#call({ method: 'GET', path: '/runtime', signal });
	}

	health(signal?: AbortSignal): Promise<Health> {
		return this.#call({ method: 'GET', path: '/healthz', signal });
	}

	/**
	 * Asks the engine to finish what it does and stop. Does not start one.
	 *
	 * @returns whether there was one
	 */
	async shutdown(): Promise<boolean> {
		const body = { reason: 'asked by a client' };
		try {
			await send(this.#address, { method: 'POST', path: '/shutdown', body });
			return true;
		} catch (error) {
			if (error instanceof ConnectionLost) return false;
			if (error instanceof EngineError && error.code === 'ENGINE_STOPPING') return true;
			throw error;
		}
	}

	async #whenModelReady<T>(call: Call, onWaiting?: OnWaiting): Promise<T> {
		const deadline = Date.now() + MODEL_WAIT_MS;
		for (;;) {
			try {
				return await this.#call<T>(call);
			} catch (error) {
				const waiting = error instanceof EngineError && error.code === 'MODEL_NOT_READY';
				if (!waiting || Date.now() > deadline) throw error;
				await this.#modelSettled(error.details?.['model'], deadline, call.signal, onWaiting);
			}
		}
	}

	/** Until a model is no longer on its way. Asks for that alone: the call may carry megabytes. */
	async #modelSettled(
		id: unknown,
		deadline: number,
		signal: AbortSignal | undefined,
		onWaiting?: OnWaiting,
	): Promise<void> {
		do {
			await pause(MODEL_POLL_MS, signal);
			const { models } = await this.models(signal);
			const coming = models.find((one) => one.id === id);
			if (coming?.state !== 'downloading' && coming?.state !== 'preparing') return;
			onWaiting?.(describeModel(coming));
		} while (Date.now() < deadline);
	}

	async #call<T>(
		call: Call,
		exchange: (address: Address, call: Call) => Promise<T> = send,
	): Promise<T> {
		if (this.#local && !this.#met) {
			await within(this.#local.ensureRunning(), call.signal);
			this.#met = true;
		}
		for (let attempt = 1; ; attempt++) {
			try {
				return await exchange(this.#address, call);
			} catch (error) {
				const again = error instanceof ConnectionLost || isPassing(error);
				if (!again) throw error;
				// What was read from a stream cannot be sent again.
				if (attempt === ATTEMPTS || call.body instanceof Readable)
					throw error instanceof ConnectionLost ? this.#unreachable(error) : error;
			}
			if (this.#local) await within(this.#local.ensureRunning(), call.signal);
			// The first retry of a local call has just waited for a fresh engine.
			if (!this.#local || attempt > 1) await pause(FIRST_DELAY_MS * 2 ** attempt, call.signal);
		}
	}

	#unreachable(cause: ConnectionLost): EngineError {
		const where = 'url' in this.#address ? `at ${this.#address.url}` : 'on this machine';
		return new EngineError(
			'ENGINE_UNREACHABLE',
			`The engine ${where} cannot be reached (${cause.message}). ${
				this.#local ? 'Look at its log in the data folder.' : 'Check the URL and that it runs.'
			}`,
			undefined,
			{ cause },
		);
	}
}

/** Errors of the moment: the queue is full, or the engine makes way for another. */
function isPassing(error: unknown): boolean {
	return (
		error instanceof EngineError && (error.code === 'BUSY' || error.code === 'ENGINE_STOPPING')
	);
}

/** The call's own end comes first: an engine may take half a minute to start. */
async function within<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (!signal) return work;
	const stop = new AbortController();
	const cancelled = once(signal, 'abort', { signal: stop.signal }).then(() => {
		throw new EngineError('CANCELLED', 'The call was cancelled.');
	});
	try {
		return await Promise.race([work, cancelled]);
	} finally {
		cancelled.catch(() => undefined);
		stop.abort();
	}
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
	await sleep(ms, undefined, { signal }).catch(() => {
		throw new EngineError('CANCELLED', 'The call was cancelled.');
	});
}

function model(id: string): string {
	return `/models/${encodeURIComponent(id)}`;
}

function at(index: string): string {
	return `/indexes/${encodeURIComponent(index)}`;
}
