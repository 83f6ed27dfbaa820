import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { EngineError } from '../errors';
import type { Embedding } from './encoder';
import type { Runtime } from './runtime';
import { readSignature, type TowerSignature } from './tower-signature';

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
				`The model file ${file} cannot be loaded. Delete the folder to download it again.`,
				{
					reason: error instanceof Error ? error.message.slice(0, 300) : String(error),
				},
			);
		}
		const signature = readSignature(session.inputMetadata, session.outputMetadata);
		if (typeof signature === 'string') {
			await session.release();
			throw broken(file, signature);
		}
		return new Tower(file, session, runtime, signature);
	}

	/**
	 * @param pixels float32 [1, 3, size, size], normalised
	 * @throws EngineError `MODEL_BROKEN`
	 */
	embedPixels(pixels: Float32Array, size: number): Promise<Embedding> {
		const signature = this.#signature;
		if (signature.kind !== 'image')
			throw broken(this.#file, 'it is a text tower, not an image tower');
		if ((signature.size ?? size) !== size) {
			throw broken(
				this.#file,
				`it reads images of ${signature.size} pixels, but preprocessor_config.json makes them ${size}`,
			);
		}
		return this.#embed({
			[signature.pixels]: new this.#runtime.Tensor('float32', pixels, [1, 3, size, size]),
		});
	}

	/**
	 * @param ids padded to the model's length
	 * @throws EngineError `MODEL_BROKEN`
	 */
	embedTokens(ids: number[]): Promise<Embedding> {
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
		return this.#embed(feeds);
	}

	#integers(type: 'int64' | 'int32', values: number[]): Tensor {
		const shape = [1, values.length];
		return type === 'int64'
			? new this.#runtime.Tensor('int64', BigInt64Array.from(values, BigInt), shape)
			: new this.#runtime.Tensor('int32', Int32Array.from(values), shape);
	}

	async #embed(feeds: Record<string, Tensor>): Promise<Embedding> {
		const { output: name } = this.#signature;
		let output: Tensor | undefined;
		try {
			output = (await this.#session.run(feeds, [name]))[name];
		} catch (error) {
			throw broken(
				this.#file,
				error instanceof Error ? error.message.slice(0, 300) : String(error),
			);
		}
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
