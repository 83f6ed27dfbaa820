import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { EngineError, messageOf } from '../../errors';
import type { Embedding } from '../encoder';
import { mendHint } from '../models/mend';
import type { Runtime } from './runtime';
import { readSignature, type TowerSignature } from './tower-signature';

/** Characters of the runtime's own message that an error repeats. */
const MAX_REASON = 300;

interface ImageInput {
	/** float32 [1, 3, size, size], normalised. */
	pixels: Float32Array;
	size: number;
}
/** Token ids are padded to the model's length. */
export type TowerInput = ImageInput | { ids: readonly number[] };

/** One ONNX graph of a dual encoder, image or text. Names and shapes come from the session. */
export class Tower {
	readonly #file: string;
	readonly #session: InferenceSession;
	readonly #runtime: Runtime;
	readonly #signature: TowerSignature;

	private constructor(
		file: string,
		session: InferenceSession,
		runtime: Runtime,
		signature: TowerSignature,
	) {
		this.#file = file;
		this.#session = session;
		this.#runtime = runtime;
		this.#signature = signature;
	}

	/** @throws EngineError `MODEL_BROKEN` */
	static async load(file: string, runtime: Runtime): Promise<Tower> {
		let session: InferenceSession;
		try {
			session = await runtime.createSession(file);
		} catch (error) {
			throw new EngineError(
				'MODEL_BROKEN',
				`The model file ${file} cannot be loaded. ${mendHint()}`,
				{ reason: messageOf(error).slice(0, MAX_REASON) },
			);
		}
		const signature = readSignature(session.inputMetadata, session.outputMetadata);
		if (typeof signature === 'string') {
			await session.release();
			throw broken(file, signature);
		}
		return new Tower(file, session, runtime, signature);
	}

	/** @throws EngineError `MODEL_BROKEN` */
	async embed(input: TowerInput): Promise<Embedding> {
		const { output: name } = this.#signature;
		const output = (await this.outputs(input, [name]))[name];
		if (
			!(output?.data instanceof Float32Array) ||
			output.dims.length !== 2 ||
			output.dims[0] !== 1
		) {
			throw broken(this.#file, `${name} has the shape [${output?.dims.join(', ')}]`);
		}
		const vector = normalise(new Float32Array(output.data));
		if (!vector) throw broken(this.#file, 'it answered a vector that is zero or not finite');
		return vector;
	}

	/**
	 * Any outputs of the graph, by name.
	 *
	 * @throws EngineError `MODEL_BROKEN`
	 */
	async outputs(input: TowerInput, names: readonly string[]): Promise<Record<string, Tensor>> {
		const feeds = 'ids' in input ? this.#textFeeds(input.ids) : this.#imageFeeds(input);
		try {
			return await this.#session.run(feeds, names);
		} catch (error) {
			throw broken(this.#file, messageOf(error).slice(0, MAX_REASON));
		}
	}

	release(): Promise<void> {
		return this.#session.release();
	}

	#imageFeeds({ pixels, size }: ImageInput): Record<string, Tensor> {
		const signature = this.#signature;
		if (signature.kind !== 'image')
			throw broken(this.#file, 'it is a text tower, not an image tower');
		if ((signature.size ?? size) !== size) {
			throw broken(
				this.#file,
				`it reads images of ${signature.size} pixels, but the model's configuration makes them ${size}`,
			);
		}
		return {
			[signature.pixels]: new this.#runtime.Tensor('float32', pixels, [1, 3, size, size]),
		};
	}

	#textFeeds(ids: readonly number[]): Record<string, Tensor> {
		const signature = this.#signature;
		if (signature.kind !== 'text')
			throw broken(this.#file, 'it is an image tower, not a text tower');
		if ((signature.length ?? ids.length) !== ids.length) {
			throw broken(
				this.#file,
				`it reads texts of ${signature.length} tokens, but the tokenizer makes ${ids.length}`,
			);
		}
		const { mask, positions } = signature;
		const feeds = { [signature.ids.name]: this.#integers(signature.ids.type, ids) };
		if (mask) {
			// All ones. SigLIP was trained to attend to its padding; CLIP pools at the end of the text and
			// looks backwards only, so what follows it is never seen.
			feeds[mask.name] = this.#integers(
				mask.type,
				ids.map(() => 1),
			);
		}
		if (positions) {
			feeds[positions.name] = this.#integers(
				positions.type,
				ids.map((_, position) => position),
			);
		}
		return feeds;
	}

	#integers(type: 'int64' | 'int32', values: readonly number[]): Tensor {
		const shape = [1, values.length];
		return type === 'int64'
			? new this.#runtime.Tensor('int64', BigInt64Array.from(values, BigInt), shape)
			: new this.#runtime.Tensor('int32', Int32Array.from(values), shape);
	}
}

/** Scales to unit length; undefined for a zero or not finite vector. */
function normalise(vector: Float32Array): Embedding | undefined {
	let sum = 0;
	for (const value of vector) sum += value * value;
	if (!Number.isFinite(sum) || sum === 0) return undefined;
	const scale = 1 / Math.sqrt(sum);
	for (let i = 0; i < vector.length; i++) vector[i]! *= scale;
	return vector;
}

function broken(file: string, reason: string): EngineError {
	return new EngineError('MODEL_BROKEN', `The model file ${file} cannot be used: ${reason}.`);
}
