import { availableParallelism } from 'node:os';
import path from 'node:path';
import PQueue from 'p-queue';
import type { Embedding, Encoder, ImageEmbedding, ModelInfo } from './encoder';
import type { InferenceHandlers } from './inference-worker';
import type { ModelStore } from './model-store';
import type { PixelsHandlers } from './pixels-worker';
import { WorkerClient } from '../worker-rpc';

/** A typed query must not wait behind a thousand photos. */
const INTERACTIVE = 1;
const BATCH = 0;
/** Photos decoded at once; one of 100 megapixels takes 300 MB, and libvips as much beside it. */
const DECODE_AHEAD = 2;

export interface OnnxEncoderOptions {
	store: ModelStore;
	/** Threads of one inference; default: the cores this process may use. */
	threads?: number;
}

/**
 * The {@link Encoder} on onnxruntime: one thread decodes and resizes, one runs the towers, and the
 * two overlap. Queries overtake photos between two inferences.
 */
export class OnnxEncoder implements Encoder {
	readonly #store: ModelStore;
	readonly #pixels: WorkerClient<PixelsHandlers>;
	readonly #inference: WorkerClient<InferenceHandlers>;
	readonly #decoding = new PQueue({ concurrency: DECODE_AHEAD });
	readonly #inferring = new PQueue({ concurrency: 1 });
	/** Dimension by model name, learnt from the first vector. */
	readonly #dimensions = new Map<string, number>();

	constructor({ store, threads = availableParallelism() }: OnnxEncoderOptions) {
		this.#store = store;
		this.#pixels = new WorkerClient(path.join(__dirname, 'pixels-worker.js'));
		this.#inference = new WorkerClient(path.join(__dirname, 'inference-worker.js'), {
			workerData: { threads },
		});
	}

	/** Queued and running embeddings. */
	get pending(): number {
		return (
			this.#decoding.size + this.#decoding.pending + this.#inferring.size + this.#inferring.pending
		);
	}

	async info(id = this.#store.defaultModel): Promise<ModelInfo> {
		const { revision, pixels, logit } = this.#store.resolve(id);
		const model = `${id}@${revision}`;
		let dimension = this.#dimensions.get(model);
		if (dimension === undefined) {
			// The session knows; a config may lie. The text tower is the cheaper one to ask.
			dimension = (await this.embedText('', id)).length;
			this.#dimensions.set(model, dimension);
		}
		return { model, dimension, imageSize: pixels.imageSize, logit };
	}

	async embedImage(
		bytes: Uint8Array,
		id = this.#store.defaultModel,
		signal?: AbortSignal,
	): Promise<ImageEmbedding> {
		const { visionModel, pixels: rules } = this.#store.resolve(id);
		// The signal is looked at when a turn comes and never ends a turn early: the thread would still
		// be at work, and the next photo's memory would come on top.
		const decoded = await this.#decoding.add(() => {
			signal?.throwIfAborted();
			return this.#pixels.call('toPixels', { bytes, rules });
		});
		const embedding = await this.#inferring.add(
			() => {
				signal?.throwIfAborted();
				const { pixels } = decoded;
				const request = { file: visionModel, rules, pixels };
				return this.#inference.call('embedPixels', request, [pixels.buffer as ArrayBuffer]);
			},
			{ priority: BATCH },
		);
		return { embedding, width: decoded.width, height: decoded.height };
	}

	async embedText(
		text: string,
		id = this.#store.defaultModel,
		signal?: AbortSignal,
	): Promise<Embedding> {
		const { textModel, text: rules } = this.#store.resolve(id);
		return this.#inferring.add(
			() => {
				signal?.throwIfAborted();
				return this.#inference.call('embedText', { file: textModel, rules, text });
			},
			{ priority: INTERACTIVE },
		);
	}

	async close(): Promise<void> {
		this.#decoding.clear();
		this.#inferring.clear();
		await Promise.all([this.#pixels.close(), this.#inference.close()]);
	}
}
