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
import { EngineConnection, type EngineTarget } from './engine-connection';
import { IndexOperations } from './index-operations';
import { whenModelReady, type OnWaiting } from './model-wait';
import type { Call } from './transport';

/**
 * The engine's HTTP API as methods. Every method throws {@link EngineError}; a call that loses its
 * engine is sent again, to a new one if need be. Methods that embed photos wait while the model is
 * being downloaded; searches and texts answer `MODEL_NOT_READY` at once.
 */
export class EngineClient {
	readonly #connection: EngineConnection;
	/** Export, import, backup and the like. */
	readonly operations: IndexOperations;

	constructor(target: EngineTarget) {
		this.#connection = new EngineConnection(target);
		this.operations = new IndexOperations(this.#connection);
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
	shutdown(): Promise<boolean> {
		return this.#connection.shutdown();
	}

	#call<T>(call: Call): Promise<T> {
		return this.#connection.call(call);
	}

	#whenModelReady<T>(call: Call, onWaiting?: OnWaiting): Promise<T> {
		return whenModelReady(this.#connection, call, onWaiting);
	}
}

function model(id: string): string {
	return `/models/${encodeURIComponent(id)}`;
}

function at(index: string): string {
	return `/indexes/${encodeURIComponent(index)}`;
}
