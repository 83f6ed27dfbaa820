import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { integersAttribute, type Attribute } from '../../engine/encode/onnx/attribute';
import { graphValue } from '../../engine/encode/onnx/graph-value';
import { OnnxModel } from '../../engine/encode/onnx/onnx-model';
import { bytesOf, DataType } from '../../engine/encode/onnx/tensor';
import { writeModel } from '../../engine/encode/onnx/write-model';
import { loadRuntime } from '../../engine/encode/runtime/runtime';

/** Puts a small ONNX graph together: float tensors of one input `x` to one output `y`. */
export class GraphBuilder {
	readonly model = OnnxModel.create(17);
	#names = 0;
	#state = 42;

	constructor(dims: number[]) {
		this.model.opsets.set('com.microsoft', 1);
		this.model.inputs.push(graphValue('x', DataType.FLOAT, dims));
		this.model.outputs.push(graphValue('y', DataType.FLOAT));
	}

	/** A node of the standard's operators. @returns its output */
	op(opType: string, inputs: string[], attributes: Attribute[] = [], output?: string): string {
		const name = output ?? `${opType}_${++this.#names}`;
		this.model.nodes.push({
			...{ opType, domain: '', name: `node ${name}`, inputs, attributes },
			outputs: [name],
		});
		return name;
	}

	transpose(input: string, perm: number[]): string {
		return this.op('Transpose', [input], [integersAttribute('perm', perm)]);
	}

	reshape(input: string, dims: number[]): string {
		return this.op('Reshape', [input, this.integers(dims)]);
	}

	constant(values: number[] | Float32Array, dims: number[] = [values.length]): string {
		const data = bytesOf(Float32Array.from(values));
		return this.model.addInitializer(`constant_${++this.#names}`, dims, DataType.FLOAT, data);
	}

	integers(values: number[]): string {
		const data = bytesOf(BigInt64Array.from(values, BigInt));
		return this.model.addInitializer(
			`integers_${++this.#names}`,
			[values.length],
			DataType.INT64,
			data,
		);
	}

	/** Uniform in ±`scale`, the same in every run. */
	random(dims: number[], scale = 1): string {
		return this.constant(this.values(dims, scale), dims);
	}

	values(dims: number[], scale = 1): Float32Array {
		return Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => {
			this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
			return (this.#state / 2 ** 31 - 1) * scale;
		});
	}
}

/** What a model answers to `x`, through onnxruntime. */
export async function runModel(
	model: OnnxModel,
	x: Float32Array,
	dims: number[],
): Promise<Float32Array> {
	return withFolder(async (folder) => {
		const file = path.join(folder, 'model.onnx');
		await writeModel(model, file);
		const runtime = await loadRuntime('native', 1);
		const session = await runtime.createSession(file);
		const { y } = await session.run({ x: new runtime.Tensor('float32', x, dims) });
		await session.release();
		return y!.data as Float32Array;
	});
}

export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
	const folder = mkdtempSync(path.join(tmpdir(), 'onnx-'));
	try {
		return await use(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

export function largestDifference(a: Float32Array, b: Float32Array): number {
	return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);
}
