import type { Graph } from '../onnx/graph';
import { integerAttribute, integersAttribute } from '../onnx/attribute';
import { graphValue, type GraphValue } from '../onnx/graph-value';
import { bytesOf, DataType } from '../onnx/tensor';
import { writeModel } from '../onnx/write-model';
import type { Runtime } from '../runtime/runtime';
import { Tower, type TowerInput } from '../runtime/tower';
import { findLinearLayers } from './find-layers';
import { findSmoothableNorms } from './smooth-norms';

export interface Ranges {
	/**
	 * Of each linear layer, by its output: the power of the error of rounding its input to 8 bits over
	 * that of the signal. One value far outside stretches the steps for all others.
	 */
	noise: Map<string, number>;
	/** Of each layer normalisation, by its output: the largest magnitude of every channel. */
	maxima: Map<string, Float32Array>;
}

/**
 * What the tensors of a 32-bit tower are like while it reads samples.
 *
 * @param graph gets further outputs, and serves nothing else afterwards
 * @param file where to put it
 */
export async function measureRanges(
	graph: Graph,
	file: string,
	runtime: Runtime,
	samples: readonly TowerInput[],
): Promise<Ranges> {
	const layers = findLinearLayers(graph);
	const norms = findSmoothableNorms(graph);
	const inputs = new Map(
		[...new Set(layers.map(({ input }) => input))].map((input) => [input, probe(graph, input)]),
	);
	const channels = new Map(
		norms.map(({ output, channels }) => [output, probeChannels(graph, output, channels)]),
	);
	const probes = [...[...inputs.values()].flat(), ...channels.values()];
	graph.prune([...graph.model.outputs, ...probes]);
	await writeModel(graph.model, file);
	const tower = await Tower.load(file, runtime);
	const noise = new Map<string, number>();
	const maxima = new Map<string, Float32Array>();
	for (const sample of samples) {
		const results = await tower.outputs(
			sample,
			probes.map(({ name }) => name),
		);
		const read = ({ name }: GraphValue) => results[name]!.data as Float32Array;
		for (const [input, parts] of inputs) {
			const [min, max, meanSquare] = parts.map((part) => read(part)[0]!);
			noise.set(input, Math.max(noise.get(input) ?? 0, noiseRatio(min!, max!, meanSquare!)));
		}
		for (const [output, part] of channels) {
			const before = maxima.get(output);
			maxima.set(
				output,
				read(part).map((value, i) => Math.max(value, before?.[i] ?? 0)),
			);
		}
	}
	await tower.release();
	return { noise: new Map(layers.map(({ input, output }) => [output, noise.get(input)!])), maxima };
}

/** Rounding to 255 steps from `min` to `max`; an error within a step is spread evenly. */
function noiseRatio(min: number, max: number, meanSquare: number): number {
	// Zero is always one of the steps, so it is part of the range.
	const step = (Math.max(max, 0) - Math.min(min, 0)) / 255;
	return meanSquare > 0 ? step ** 2 / 12 / meanSquare : 0;
}

/** Smallest, largest and mean square of a tensor, each a scalar. */
function probe(graph: Graph, tensor: string): GraphValue[] {
	const attributes = [integerAttribute('keepdims', 0)];
	const scalar = (opType: string, input: string) =>
		graph.add(opType, [input], { attributes, outputs: [graph.uniqueName(`${tensor}/${opType}`)] });
	const square = graph.add('Mul', [tensor, tensor], {
		outputs: [graph.uniqueName(`${tensor}/square`)],
	});
	return [
		scalar('ReduceMin', tensor),
		scalar('ReduceMax', tensor),
		scalar('ReduceMean', square.outputs[0]!),
	].map(({ outputs }) => graphValue(outputs[0]!, DataType.FLOAT, []));
}

/** The largest magnitude of every channel of a tensor `[…, channels]`. */
function probeChannels(graph: Graph, tensor: string, channels: number): GraphValue {
	const integers = (values: number[]) =>
		graph.model.addInitializer(
			graph.uniqueName(`${tensor}/integers`),
			[values.length],
			DataType.INT64,
			bytesOf(BigInt64Array.from(values, BigInt)),
		);
	const step = (
		opType: string,
		inputs: string[],
		attributes = [] as ReturnType<typeof integerAttribute>[],
	) =>
		graph.add(opType, inputs, {
			attributes,
			outputs: [graph.uniqueName(`${tensor}/channels/${opType}`)],
		}).outputs[0]!;
	const rows = step('Reshape', [step('Abs', [tensor]), integers([-1, channels])]);
	const keepdims = integerAttribute('keepdims', 0);
	// The axes were an attribute once, and are an input since operator set 18.
	const largest =
		graph.model.opsets.get('')! >= 18
			? step('ReduceMax', [rows, integers([0])], [keepdims])
			: step('ReduceMax', [rows], [keepdims, integersAttribute('axes', [0])]);
	return graphValue(largest, DataType.FLOAT, [channels]);
}
