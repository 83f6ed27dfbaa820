import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { graphValue } from '../onnx/graph-value';
import { OnnxModel } from '../onnx/onnx-model';
import { bytesOf, DataType } from '../onnx/tensor';
import { writeModel } from '../onnx/write-model';
import type { Runtime } from '../runtime/runtime';
import type { WeightBits } from './quantise-weights';

const INPUTS = 64;
const OUTPUTS = 16;

/**
 * How many bits a weight may have on this processor, found by multiplying the largest values there
 * are. Without VNNI and its like, x86 sums two products in 16 bits and saturates: 255·127·2 does not
 * fit, 255·63·2 does. Asking the arithmetic itself needs no list of processors.
 */
export async function usableWeightBits(runtime: Runtime): Promise<WeightBits> {
	const model = OnnxModel.create(13);
	model.inputs.push(graphValue('a', DataType.UINT8, [1, INPUTS]));
	model.outputs.push(graphValue('y', DataType.INT32, [1, OUTPUTS]));
	model.addInitializer(
		'b',
		[INPUTS, OUTPUTS],
		DataType.INT8,
		bytesOf(new Int8Array(INPUTS * OUTPUTS).fill(127)),
	);
	model.nodes.push({
		opType: 'MatMulInteger',
		domain: '',
		name: 'product',
		inputs: ['a', 'b'],
		outputs: ['y'],
		attributes: [],
	});
	const folder = await mkdtemp(path.join(tmpdir(), 'weight-bits-'));
	try {
		const file = path.join(folder, 'product.onnx');
		await writeModel(model, file);
		const session = await runtime.createSession(file);
		const a = new runtime.Tensor('uint8', new Uint8Array(INPUTS).fill(255), [1, INPUTS]);
		const { y } = await session.run({ a });
		return (y!.data as Int32Array).every((sum) => sum === 255 * 127 * INPUTS) ? 8 : 7;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
