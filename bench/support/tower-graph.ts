import {
	integerAttribute,
	integersAttribute,
	type Attribute,
} from '../../engine/encode/onnx/attribute';
import { graphValue } from '../../engine/encode/onnx/graph-value';
import { OnnxModel } from '../../engine/encode/onnx/onnx-model';
import { bytesOf, DataType } from '../../engine/encode/onnx/tensor';
import { RandomWeights, type Random } from './random-weights';

/** Below 17 exporters write LayerNorm as its single steps, as the published graphs have it. */
const OPSET = 14;
/** Softmax that looks at some positions rather than at the mean of all, as trained towers do. */
const QUERY_KEY_GAIN = 1.6;
/** Of a weight row: how unequal the output channels' sizes are. */
const ROW_SPREAD = 0.25;
/** One weight in so many is an outlier, by this factor. */
const TAIL_EVERY = 2_000;
const TAIL = 6;
/** LayerNorm gains spread around 1; some channels have several times as much, up to about 10. */
const GAIN_SPREAD = 0.35;
const LARGE_GAIN_SHARE = 0.015;
/** Channels of the residual stream that carry a large constant. */
const LARGE_CHANNELS = 4;
const LARGE_CHANNEL = 15;

export type Gelu = 'tanh' | 'erf' | 'quick';

export interface BlockShape {
	width: number;
	heads: number;
	feedForward: number;
	gelu: Gelu;
	epsilon: number;
}

/**
 * Builds a tower operator by operator, the way torch's tracing exporter writes one, with seeded
 * weights whose outliers resemble those of trained towers: without them 8-bit arithmetic would look
 * better than it is.
 */
export class TowerGraph {
	readonly model = OnnxModel.create(OPSET);
	readonly #weights: RandomWeights;
	#count = 0;

	constructor(seed: number) {
		this.#weights = new RandomWeights(seed);
	}

	/** @returns the name of the one output, `as` or a new one */
	op(opType: string, inputs: string[], attributes: Attribute[] = [], as?: string): string {
		const name = `/${opType}_${this.#count++}`;
		const output = as ?? `${name}_output_0`;
		this.model.nodes.push({ opType, domain: '', name, inputs, outputs: [output], attributes });
		return output;
	}

	input(name: string, dataType: number, dims: (number | string)[]): string {
		this.model.inputs.push(graphValue(name, dataType, dims));
		return name;
	}

	output(name: string, dims: (number | string)[]): void {
		this.model.outputs.push(graphValue(name, DataType.FLOAT, dims));
	}

	weight(name: string, dims: number[], value: (random: Random, index: number) => number): string {
		const length = dims.reduce((product, dim) => product * dim, 1);
		const data = this.#weights.tensor(name, length, value);
		return this.model.addInitializer(name, dims, DataType.FLOAT, data);
	}

	constant(values: number[], dims = [values.length]): string {
		const data = bytesOf(Float32Array.from(values));
		return this.model.addInitializer(`constant_${this.#count++}`, dims, DataType.FLOAT, data);
	}

	integers(values: number[], dims = [values.length]): string {
		const data = bytesOf(BigInt64Array.from(values, BigInt));
		return this.model.addInitializer(`integers_${this.#count++}`, dims, DataType.INT64, data);
	}

	/** x W + b; W [inputs, outputs] */
	linear(x: string, name: string, inputs: number, outputs: number, options: LinearOptions = {}) {
		const { bias = true, gain = 1, as } = options;
		const matrix = this.weight(
			`${name}.weight`,
			[inputs, outputs],
			matrixValues(inputs, outputs, gain),
		);
		if (!bias) return this.op('MatMul', [x, matrix], [], as);
		const vector = this.weight(`${name}.bias`, [outputs], (random) => 0.1 * random.normal());
		return this.op('Add', [vector, this.op('MatMul', [x, matrix])], [], as);
	}

	layerNorm(x: string, name: string, width: number, epsilon: number, as?: string): string {
		const last = () => [integersAttribute('axes', [-1]), integerAttribute('keepdims', 1)];
		const centred = this.op('Sub', [x, this.op('ReduceMean', [x], last())]);
		const squared = this.op('Pow', [centred, this.constant([2], [])]);
		const variance = this.op('ReduceMean', [squared], last());
		const deviation = this.op('Sqrt', [this.op('Add', [variance, this.constant([epsilon], [])])]);
		const gains = this.weight(`${name}.weight`, [width], gainValue);
		const shifts = this.weight(`${name}.bias`, [width], (random) => 0.1 * random.normal());
		const scaled = this.op('Mul', [this.op('Div', [centred, deviation]), gains]);
		return this.op('Add', [scaled, shifts], [], as);
	}

	gelu(x: string, kind: Gelu): string {
		if (kind === 'quick') {
			return this.op('Mul', [
				x,
				this.op('Sigmoid', [this.op('Mul', [x, this.constant([1.702], [])])]),
			]);
		}
		if (kind === 'erf') {
			const error = this.op('Erf', [this.op('Div', [x, this.constant([Math.SQRT2], [])])]);
			const factor = this.op('Add', [error, this.constant([1], [])]);
			return this.op('Mul', [this.op('Mul', [x, factor]), this.constant([0.5], [])]);
		}
		const cube = this.op('Pow', [x, this.constant([3], [])]);
		const inner = this.op('Add', [x, this.op('Mul', [cube, this.constant([0.044715], [])])]);
		const scaled = this.op('Mul', [inner, this.constant([Math.sqrt(2 / Math.PI)], [])]);
		const factor = this.op('Add', [this.op('Tanh', [scaled]), this.constant([1], [])]);
		return this.op('Mul', [this.op('Mul', [x, this.constant([0.5], [])]), factor]);
	}

	/**
	 * Multi-head attention of `queries` to `x`; with a mask that is added to the scores.
	 *
	 * @param queries [B or 1, Q, width]
	 * @param x [B, T, width]
	 */
	attention(queries: string, x: string, name: string, shape: BlockShape, mask?: string): string {
		const { width, heads } = shape;
		const size = width / heads;
		const split = (tensor: string, perm: number[]) =>
			this.op(
				'Transpose',
				[this.op('Reshape', [tensor, this.integers([0, -1, heads, size])])],
				[integersAttribute('perm', perm)],
			);
		const peaked = { gain: QUERY_KEY_GAIN };
		const query = this.linear(queries, `${name}.q_proj`, width, width, peaked);
		const key = this.linear(x, `${name}.k_proj`, width, width, peaked);
		const value = this.linear(x, `${name}.v_proj`, width, width);
		const products = this.op('MatMul', [split(query, [0, 2, 1, 3]), split(key, [0, 2, 3, 1])]);
		const scaled = this.op('Mul', [products, this.constant([1 / Math.sqrt(size)], [])]);
		const scores = mask ? this.op('Add', [scaled, mask]) : scaled;
		const weights = this.op('Softmax', [scores], [integerAttribute('axis', -1)]);
		const mixed = this.op('MatMul', [weights, split(value, [0, 2, 1, 3])]);
		const joined = this.op('Transpose', [mixed], [integersAttribute('perm', [0, 2, 1, 3])]);
		const rows = this.op('Reshape', [joined, this.integers([0, -1, width])]);
		return this.linear(rows, `${name}.out_proj`, width, width);
	}

	feedForward(x: string, name: string, { width, feedForward, gelu }: BlockShape, as?: string) {
		const wide = this.gelu(this.linear(x, `${name}.fc1`, width, feedForward), gelu);
		return this.linear(wide, `${name}.fc2`, feedForward, width, { as });
	}

	/** Pre-norm transformer layer. */
	layer(x: string, name: string, shape: BlockShape, mask?: string): string {
		const { width, epsilon } = shape;
		const first = this.layerNorm(x, `${name}.layer_norm1`, width, epsilon);
		const attended = this.op('Add', [
			x,
			this.attention(first, first, `${name}.self_attn`, shape, mask),
		]);
		const second = this.layerNorm(attended, `${name}.layer_norm2`, width, epsilon);
		return this.op('Add', [attended, this.feedForward(second, `${name}.mlp`, shape)]);
	}

	/** Position embeddings [1, positions, width]; they carry the large channels. */
	positions(name: string, positions: number, width: number): string {
		return this.weight(name, [1, positions, width], (random, index) => {
			const channel = index % width;
			const nth = channel % Math.floor(width / LARGE_CHANNELS);
			const large = nth === 5 ? LARGE_CHANNEL * (channel < width / 2 ? 1 : -1.3) : 0;
			return large + 0.3 * random.normal();
		});
	}

	/** The square patches of `pixel_values` as rows [B, patches, width]. */
	patches(pixels: string, patchSize: number, width: number, bias: boolean): string {
		const area = 3 * patchSize * patchSize;
		// Neighbouring pixels are alike, so a patch's sum is small without a gain.
		const kernel = this.weight(
			'patch_embedding.weight',
			[width, 3, patchSize, patchSize],
			(random) => (3 * random.normal()) / Math.sqrt(area),
		);
		const biases = bias
			? [this.weight('patch_embedding.bias', [width], (r) => 0.1 * r.normal())]
			: [];
		const grid = this.op(
			'Conv',
			[pixels, kernel, ...biases],
			[
				integersAttribute('kernel_shape', [patchSize, patchSize]),
				integersAttribute('strides', [patchSize, patchSize]),
			],
		);
		const rows = this.op('Reshape', [grid, this.integers([0, width, -1])]);
		return this.op('Transpose', [rows], [integersAttribute('perm', [0, 2, 1])]);
	}

	/** Rows of the token table, with positions: [B, length, width]. */
	embedTokens(ids: string, vocabulary: number, length: number, width: number): string {
		const table = this.weight('token_embedding.weight', [vocabulary, width], (r) => r.normal());
		const tokens = this.op('Gather', [table, ids], [integerAttribute('axis', 0)]);
		return this.op('Add', [tokens, this.positions('position_embedding.weight', length, width)]);
	}

	/** Position `index` of [B, T, width]: [B, width] */
	pick(x: string, index: number, as?: string): string {
		return this.op('Gather', [x, this.integers([index], [])], [integerAttribute('axis', 1)], as);
	}
}

interface LinearOptions {
	bias?: boolean;
	gain?: number;
	as?: string;
}

function matrixValues(inputs: number, outputs: number, gain: number) {
	const scale = gain / Math.sqrt(inputs);
	let rows: Float32Array | undefined;
	return (random: Random, index: number): number => {
		// Drawn first, so that each output channel has one size.
		if (index === 0) rows = undefined;
		rows ??= Float32Array.from({ length: outputs }, () => Math.exp(ROW_SPREAD * random.normal()));
		const tail = random.bits() % TAIL_EVERY === 0 ? TAIL : 1;
		return scale * rows[index % outputs]! * tail * random.normal();
	};
}

function gainValue(random: Random): number {
	const usual = Math.exp(GAIN_SPREAD * random.normal());
	return random.uniform() < LARGE_GAIN_SHARE ? usual * (2 + 4 * random.uniform()) : usual;
}
