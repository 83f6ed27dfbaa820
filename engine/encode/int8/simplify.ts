import { rm } from 'node:fs/promises';
import { withShape } from '../onnx/graph-value';
import { OnnxModel } from '../onnx/onnx-model';
import { writeModel } from '../onnx/write-model';
import type { RuntimeName } from '../runtime/runtime';

/**
 * Writes the graph as onnxruntime itself simplifies it for inputs of a fixed shape: an exporter's
 * shape arithmetic is folded away, layer normalisation and the like are one operator each, and what
 * remains reads alike whoever exported it.
 *
 * onnxruntime-web cannot write graphs: there the exporter's own is used.
 *
 * @param dims of every input that has as many dimensions; others keep their shape
 */
export async function simplify(
	source: string,
	target: string,
	dims: readonly number[],
	runtime: RuntimeName,
	threads: number,
): Promise<void> {
	const model = OnnxModel.read(source);
	model.inputs.splice(0, Infinity, ...model.inputs.map((input) => withShape(input, dims)));
	if (runtime === 'wasm') {
		await writeModel(model, target);
		return;
	}
	const fixed = `${target}.fixed`;
	await writeModel(model, fixed);
	const { InferenceSession } = await import('onnxruntime-node');
	const session = await InferenceSession.create(fixed, {
		graphOptimizationLevel: 'extended',
		optimizedModelFilePath: target,
		intraOpNumThreads: threads,
	});
	await session.release();
	await rm(fixed);
}
