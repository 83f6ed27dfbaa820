import type { InferenceSession, Tensor, TypedTensor } from 'onnxruntime-node';
import { EngineError } from '../errors';
import type { Embedding } from './encoder';

type Runtime = typeof import('onnxruntime-node');
let runtime: Promise<Runtime> | undefined;

/** Loaded late: the native library is absent on musl, and then only encoding must fail. */
function loadRuntime(): Promise<Runtime> {
	runtime ??= import('onnxruntime-node').catch((error: unknown) => {
		runtime = undefined;
		throw new EngineError(
			'RUNTIME_UNAVAILABLE',
			`onnxruntime-node cannot be loaded here (${error instanceof Error ? error.message.split('\n')[0] : 'unknown reason'}). ` +
				'It needs glibc on Linux: run the engine in a Debian-based container and point the nodes to it.',
		);
	});
	return runtime;
}

/** One ONNX graph of a dual encoder, image or text. Names and shapes come from the session. */
export class Tower {
	readonly #session: InferenceSession;
	readonly #ort: Runtime;
	readonly #input: string;
	readonly #output: string;

	private constructor(session: InferenceSession, ort: Runtime, input: string, output: string) {
		this.#session = session;
		this.#ort = ort;
		this.#input = input;
		this.#output = output;
	}

	/** @throws EngineError `RUNTIME_UNAVAILABLE`, `MODEL_BROKEN` */
	static async load(file: string, threads: number): Promise<Tower> {
		const ort = await loadRuntime();
		let session: InferenceSession;
		try {
			session = await ort.InferenceSession.create(file, {
				intraOpNumThreads: threads,
				interOpNumThreads: 1,
				graphOptimizationLevel: 'all',
				// Spinning threads would burn a small server's cores between two photos.
				extra: { session: { intra_op: { allow_spinning: '0' } } },
			});
		} catch (error) {
			throw new EngineError(
				'MODEL_BROKEN',
				`The model file ${file} cannot be loaded. Delete the folder to download it again.`,
				{
					reason: error instanceof Error ? error.message.slice(0, 300) : String(error),
				},
			);
		}
		const input =
			session.inputNames.find((name) => name === 'pixel_values' || name === 'input_ids') ??
			session.inputNames[0];
		const output =
			session.outputNames.find((name) => name === 'pooler_output' || name.endsWith('_embeds')) ??
			session.outputNames[0];
		if (!input || !output) {
			throw new EngineError(
				'MODEL_BROKEN',
				`The model file ${file} has no usable input or output.`,
			);
		}
		return new Tower(session, ort, input, output);
	}

	/** @param pixels float32 [1, 3, size, size], normalised */
	embedPixels(pixels: Float32Array, size: number): Promise<Embedding> {
		return this.#embed(new this.#ort.Tensor('float32', pixels, [1, 3, size, size]));
	}

	/** @param ids padded to the model's length */
	embedTokens(ids: number[]): Promise<Embedding> {
		return this.#embed(
			new this.#ort.Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
		);
	}

	async #embed(tensor: Tensor): Promise<Embedding> {
		const outputs = await this.#session.run({ [this.#input]: tensor }, [this.#output]);
		const output = outputs[this.#output] as TypedTensor<'float32'>;
		return normalise(new Float32Array(output.data));
	}
}

/** Scales to unit length. @throws EngineError `MODEL_BROKEN` for a zero or not finite vector */
function normalise(vector: Float32Array): Embedding {
	let sum = 0;
	for (const value of vector) sum += value * value;
	if (!Number.isFinite(sum) || sum === 0) {
		throw new EngineError(
			'MODEL_BROKEN',
			'The model answered a vector that is zero or not finite.',
		);
	}
	const scale = 1 / Math.sqrt(sum);
	for (let i = 0; i < vector.length; i++) vector[i]! *= scale;
	return vector;
}
