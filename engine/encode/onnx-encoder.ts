import path from 'node:path';
import PQueue from 'p-queue';
import { EngineError } from '../errors';
import { WorkerClient } from '../worker-rpc';
import type {
	EmbedImageOptions,
	EmbedOptions,
	Embedding,
	Encoder,
	ImageEmbedding,
	ModelInfo,
} from './encoder';
import { ImageThreads } from './runtime/image-threads';
import type { InferenceHandlers, InferenceWorkerData } from './runtime/inference-worker';
import { modelName } from './models/model-folder';
import type { ModelStore } from './models/model-store';
import { PixelThreads } from './pixels/pixel-threads';
import {
	chooseRuntime,
	runtimeHint,
	type RuntimeChoice,
	type RuntimeSetting,
} from './runtime/runtime-choice';
import { cores, inferenceThreads } from './runtime/threads';

/** A picture to search by must not wait behind a thousand photos. */
const INTERACTIVE = 1;
const BATCH = 0;
/**
 * Inference threads that one thread keeps in pixels: a photo of 12 megapixels takes 60 ms of one, and
 * a base model in 8 bits 140 ms of one at 224 pixels.
 */
const INFERENCE_THREADS_PER_DECODER = 2;
/** Enough for any model of the catalogue on any number of cores; each takes some 20 MB. */
const MAX_DECODERS = 4;
/** Images beyond those being decoded that wait at a thread: none is idle between two. */
const DECODED_NEXT = 1;
/**
 * Handed to the image threads at once: to each of two one that is being computed and one at hand when
 * that ends. Between two inferences a thread waits for nobody.
 */
const INFERRING = 4;
/** Searches by picture under way at once. */
const ASKED = 2;

export interface OnnxEncoderOptions {
	store: ModelStore;
	/** Threads of one inference; default: what suits the machine and the container's limit. */
	threads?: number;
	/** Threads that decode and resize; default: as many as keep the inference busy. */
	decoders?: number;
	/** Default `auto`. */
	runtime?: RuntimeSetting;
	/** Told once where the native runtime does not work. */
	log?: (message: string) => void;
	/** Milliseconds without work after which the towers' memory is given back. Default: never. */
	unloadMs?: number;
}

export interface EncoderRuntime extends RuntimeChoice {
	/** Of onnxruntime. */
	version: string;
	/** Threads of one inference. */
	threads: number;
}

/**
 * The {@link Encoder} on onnxruntime: some threads decode and resize, one or two run the image towers
 * and one the text towers. Decoding overlaps inference; a text waits for no image, and an interactive
 * image for one at most.
 */
export class OnnxEncoder implements Encoder {
	readonly #options: OnnxEncoderOptions;
	readonly #store: ModelStore;
	readonly #threads: number;
	readonly #pixels: PixelThreads;
	#choice: Promise<RuntimeChoice> | undefined;
	#image: ImageThreads | undefined;
	#text: WorkerClient<InferenceHandlers> | undefined;

	/** Photos between file and vector: enough that decoding stays ahead, and no more in memory. */
	readonly #onTheirWay: PQueue;
	/** Interactive images beside them: with no slots of their own they would queue with the batch. */
	readonly #asked = new PQueue({ concurrency: ASKED });
	readonly #decoding: PQueue;
	readonly #inferring = new PQueue({ concurrency: INFERRING });
	#texts = 0;
	#closed = false;

	#unloadTimer: NodeJS.Timeout | undefined;
	/** Dimension by model name, learnt from the first vector. */
	readonly #dimensions = new Map<string, number>();

	constructor(options: OnnxEncoderOptions) {
		this.#options = options;
		this.#store = options.store;
		this.#threads = options.threads ?? inferenceThreads(cores());
		const decoders = options.decoders ?? decodersFor(this.#threads);
		this.#pixels = new PixelThreads(decoders);
		this.#decoding = new PQueue({ concurrency: decoders + DECODED_NEXT });
		this.#onTheirWay = new PQueue({ concurrency: decoders + DECODED_NEXT + INFERRING });
	}

	/** Queued and running embeddings. */
	get pending(): number {
		return (
			this.#onTheirWay.size +
			this.#onTheirWay.pending +
			this.#asked.size +
			this.#asked.pending +
			this.#texts
		);
	}

	/** Which runtime this is and why; found out by the first call. */
	choice(): Promise<RuntimeChoice> {
		return (this.#choice ??= this.#choose());
	}

	/** @throws EngineError `RUNTIME_UNAVAILABLE` */
	async runtime(): Promise<EncoderRuntime> {
		const thread = await this.#textThread();
		return {
			...(await this.choice()),
			version: await thread.call('version', undefined),
			threads: this.#threads,
		};
	}

	async info(id = this.#store.defaultModel): Promise<ModelInfo> {
		const folder = this.#store.resolve(id);
		const hint = runtimeHint(await this.choice());
		return {
			model: modelName(id, folder),
			imageSize: folder.pixels.imageSize,
			logit: folder.logit,
			hints: hint === undefined ? undefined : [hint],
		};
	}

	async embedImage(
		bytes: Uint8Array,
		{ model: id = this.#store.defaultModel, signal, interactive = false }: EmbedImageOptions = {},
	): Promise<ImageEmbedding> {
		const folder = this.#store.resolve(id);
		const { visionModel, pixels: rules } = folder;
		const priority = interactive ? INTERACTIVE : BATCH;
		// The signal is looked at when a turn comes and never ends a turn early: the thread would still
		// be at work, and the next photo's memory would come on top.
		const embed = async () => {
			const decoded = await this.#decoding.add(
				() => {
					this.#requireOpen();
					signal?.throwIfAborted();
					return this.#pixels.toPixels({ bytes, rules });
				},
				{ priority },
			);
			const infer = async () => {
				this.#requireOpen();
				signal?.throwIfAborted();
				const threads = await this.#imageThreads();
				const { pixels } = decoded;
				return threads.embedPixels({ file: visionModel, rules, pixels, urgent: interactive });
			};
			const embedding = interactive ? await infer() : await this.#inferring.add(infer);
			this.#requireDimension(embedding, modelName(id, folder));
			return { embedding, width: decoded.width, height: decoded.height };
		};
		try {
			return await (interactive ? this.#asked : this.#onTheirWay).add(embed);
		} finally {
			this.#unloadLater();
		}
	}

	async embedText(
		text: string,
		{ model: id = this.#store.defaultModel, signal }: EmbedOptions = {},
	): Promise<Embedding> {
		const folder = this.#store.resolve(id);
		const { textModel, text: rules } = folder;
		this.#requireOpen();
		signal?.throwIfAborted();
		this.#texts++;
		try {
			const thread = await this.#textThread();
			const embedding = await thread.call('embedText', { file: textModel, rules, text });
			this.#requireDimension(embedding, modelName(id, folder));
			return embedding;
		} finally {
			this.#texts--;
			this.#unloadLater();
		}
	}

	/** Refuses what waits and what is under way; resolves when the threads have ended. */
	async close(): Promise<void> {
		this.#closed = true;
		clearTimeout(this.#unloadTimer);
		await this.#end();
	}

	#requireOpen(): void {
		if (this.#closed)
			throw new EngineError('ENGINE_STOPPING', 'The engine is stopping. Try again.');
	}

	/** Ends the threads and with them the memory of the towers; the next call starts them again. */
	async #end(): Promise<void> {
		await Promise.all([this.#pixels.close(), this.#image?.close(), this.#text?.close()]);
	}

	async #choose(): Promise<RuntimeChoice> {
		const choice = await chooseRuntime(this.#options.runtime ?? 'auto');
		const hint = runtimeHint(choice);
		if (hint !== undefined) this.#options.log?.(hint);
		return choice;
	}

	async #imageThreads(): Promise<ImageThreads> {
		const { name: runtime } = await this.choice();
		return (this.#image ??= new ImageThreads({ runtime, threads: this.#threads }));
	}

	async #textThread(): Promise<WorkerClient<InferenceHandlers>> {
		const { name } = await this.choice();
		const workerData: InferenceWorkerData = { runtime: name, threads: this.#threads };
		const file = path.join(__dirname, 'runtime', 'inference-worker.js');
		return (this.#text ??= new WorkerClient(file, { workerData }));
	}

	/** Vectors of the two towers that differ in length were never meant for one another. */
	#requireDimension({ length }: Embedding, model: string): void {
		const dimension = this.#dimensions.get(model) ?? length;
		this.#dimensions.set(model, dimension);
		if (length === dimension) return;
		throw new EngineError(
			'MODEL_BROKEN',
			`The towers of ${model} do not fit: one answers ${dimension} numbers, the other ${length}. ` +
				'Use an export whose towers both end in the projection (image_embeds, text_embeds).',
		);
	}

	#unloadLater(): void {
		const { unloadMs = Infinity } = this.#options;
		if (!Number.isFinite(unloadMs)) return;
		clearTimeout(this.#unloadTimer);
		this.#unloadTimer = setTimeout(() => {
			if (this.pending === 0) void this.#end();
		}, unloadMs).unref();
	}
}

function decodersFor(threads: number): number {
	return Math.min(MAX_DECODERS, Math.max(1, Math.floor(threads / INFERENCE_THREADS_PER_DECODER)));
}
