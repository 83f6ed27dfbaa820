import { Graph } from '../onnx/graph';
import {
	DataType,
	graphValue,
	integerAttribute,
	OnnxModel,
	type GraphValue,
} from '../onnx/onnx-model';
import { writeModel } from '../onnx/write-model';
import type { Runtime } from '../runtime';
import { Tower, type TowerInput } from '../tower';
import { findLinearLayers } from './find-layers';

/** What of a layer's input is told by three numbers. */
const PARTS = ['min', 'max', 'mean_square'] as const;

/**
 * How much rounding its input to 8 bits disturbs each linear layer: the power of the rounding error
 * over that of the signal. One value far outside, as trained towers have in a few channels, stretches
 * the steps for all others.
 *
 * @param source the 32-bit graph; layers are named as in it
 * @param file where to put the graph that measures
 * @returns outputs of the layers, the most disturbed first
 */
export async function rankByNoise(
	source: string,
	file: string,
	runtime: Runtime,
	samples: readonly TowerInput[],
): Promise<string[]> {
	const graph = new Graph(OnnxModel.read(source));
	const layers = findLinearLayers(graph);
	const probes = new Map<string, GraphValue[]>();
	for (const { input } of layers) {
		if (!probes.has(input)) probes.set(input, addProbes(graph, input));
	}
	const probeOutputs = [...probes.values()].flat();
	graph.prune([...graph.model.outputs, ...probeOutputs]);
	await writeModel(graph.model, file);
	const tower = await Tower.load(file, runtime);
	const names = probeOutputs.map(({ name }) => name);
	const noise = new Map<string, number>();
	for (const sample of samples) {
		const results = await tower.outputs(sample, names);
		for (const [input, values] of probes) {
			const [min, max, meanSquare] = values.map(
				({ name }) => (results[name]!.data as Float32Array)[0]!,
			) as [number, number, number];
			// Zero is always one of the steps, so it is part of the range.
			const step = (Math.max(max, 0) - Math.min(min, 0)) / 255;
			const ratio = meanSquare > 0 ? step ** 2 / 12 / meanSquare : 0;
			noise.set(input, Math.max(noise.get(input) ?? 0, ratio));
		}
	}
	await tower.release();
	return layers
		.toSorted((a, b) => noise.get(b.input)! - noise.get(a.input)!)
		.map(({ output }) => output);
}

function addProbes(graph: Graph, tensor: string): GraphValue[] {
	const attributes = [integerAttribute('keepdims', 0)];
	const names = PARTS.map((part) => graph.uniqueName(`${tensor}/${part}`)) as [
		string,
		string,
		string,
	];
	const square = graph.uniqueName(`${tensor}/square`);
	graph.add('Mul', [tensor, tensor], { outputs: [square] });
	graph.add('ReduceMin', [tensor], { attributes, outputs: [names[0]] });
	graph.add('ReduceMax', [tensor], { attributes, outputs: [names[1]] });
	graph.add('ReduceMean', [square], { attributes, outputs: [names[2]] });
	return names.map((name) => graphValue(name, DataType.FLOAT, []));
}
