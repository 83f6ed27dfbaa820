import { Graph } from '../onnx/graph';
import { integerAttribute } from '../onnx/attribute';
import { MICROSOFT, type Node } from '../onnx/onnx-model';
import { bytesOf, DataType, elementCount, loadFloats, loadIntegers } from '../onnx/tensor';
import {
	findEmbeddings,
	findLinearLayers,
	type EmbeddingLayer,
	type LinearLayer,
} from './find-layers';
import {
	quantiseLinear,
	quantiseRows,
	type QuantisedWeights,
	type WeightBits,
} from './quantise-weights';

/**
 * Turns linear layers to 8-bit arithmetic: weights quantised here, per output channel and signed;
 * activations while the model runs, per tensor and unsigned, as the integer kernels want them
 * (u8·s8 is what VNNI and its relatives multiply). Embedding tables keep 8 bits per row.
 *
 * Weights are read and quantised when the model is written, one layer after the other.
 *
 * @param keep outputs of the linear layers that stay in 32 bits
 */
export function quantiseGraph(graph: Graph, bits: WeightBits, keep: ReadonlySet<string>): void {
	const quantised = new Map<string, Node>();
	for (const layer of findLinearLayers(graph)) {
		if (!keep.has(layer.output)) quantiseLayer(graph, layer, bits, quantised);
	}
	for (const layer of findEmbeddings(graph)) quantiseEmbedding(graph, layer);
	graph.model.opsets.set(MICROSOFT, 1);
}

function quantiseLayer(
	graph: Graph,
	{ output, input, weights, inputs, outputs, transposed, bias }: LinearLayer,
	bits: WeightBits,
	quantised: Map<string, Node>,
): void {
	// Query, key and value read the same tensor: it is quantised once.
	const source = sourceOf(graph, input);
	let activations = quantised.get(source);
	if (!activations) {
		activations = graph.add('DynamicQuantizeLinear', [input], {
			outputs: ['values', 'scale', 'zero_point'].map((part) =>
				graph.uniqueName(`${input}/${part}`),
			),
		});
		quantised.set(source, activations);
	}
	const [values, scale, zeroPoint] = activations.outputs as [string, string, string];
	const lazy = once(() => quantiseLinear(loadFloats(weights), inputs, outputs, transposed, bits));
	const [name, scales] = addWeights(graph, output, [inputs, outputs], outputs, lazy);
	graph.add(
		'MatMulIntegerToFloat',
		[values, name, scale, scales, zeroPoint, '', ...(bias ? [bias.name] : [])],
		{ domain: MICROSOFT, outputs: [output] },
	);
}

/** Optimisers give each layer a reshape of its own of the same tensor to the same shape. */
function sourceOf(graph: Graph, tensor: string): string {
	const node = graph.producer(tensor);
	const shape = node?.opType === 'Reshape' ? graph.constant(node.inputs[1]) : undefined;
	return shape ? `${node!.inputs[0]} as ${loadIntegers(shape).join('×')}` : tensor;
}

function quantiseEmbedding(
	graph: Graph,
	{ output, ids, table, rows, width }: EmbeddingLayer,
): void {
	const lazy = once(() => quantiseRows(loadFloats(table), rows, width));
	const [name, scales] = addWeights(graph, output, [rows, width], rows, lazy, [rows, 1]);
	const gather = (from: string, part: string) =>
		graph.add('Gather', [from, ids], { outputs: [graph.uniqueName(`${output}/${part}`)] })
			.outputs[0]!;
	const values = graph.add('Cast', [gather(name, 'values')], {
		attributes: [integerAttribute('to', DataType.FLOAT)],
		outputs: [graph.uniqueName(`${output}/float`)],
	}).outputs[0]!;
	graph.add('Mul', [values, gather(scales, 'scale')], { outputs: [output] });
}

function addWeights(
	graph: Graph,
	base: string,
	dims: number[],
	channels: number,
	weights: () => QuantisedWeights,
	scaleDims = [channels],
): [values: string, scales: string] {
	const length = elementCount(dims);
	return [
		graph.model.addInitializer(graph.uniqueName(`${base}/weights_int8`), dims, DataType.INT8, {
			length,
			make: () => bytesOf(weights().values),
		}),
		graph.model.addInitializer(
			graph.uniqueName(`${base}/weights_scale`),
			scaleDims,
			DataType.FLOAT,
			{
				length: channels * 4,
				make: () => bytesOf(weights().scales),
			},
		),
	];
}

/** Values and scales are written one after the other; afterwards both may go. */
function once(make: () => QuantisedWeights): () => QuantisedWeights {
	let made: QuantisedWeights | undefined;
	let taken = 0;
	return () => {
		made ??= make();
		const result = made;
		if (++taken % 2 === 0) made = undefined;
		return result;
	};
}
