import type { Graph } from '../onnx/graph';
import { MICROSOFT, type Node } from '../onnx/onnx-model';
import { bytesOf, DataType, loadFloats, type Tensor } from '../onnx/tensor';
import { findLinearLayers, type LinearLayer } from './find-layers';

/** A layer normalisation whose output nothing but linear layers read. */
export interface SmoothableNorm {
	norm: Node;
	/** The tensor it makes, `[…, channels]`. */
	output: string;
	channels: number;
	/** Names of its constants: gain, and shift where it has one. */
	affine: string[];
	layers: LinearLayer[];
}

/** How much of a channel's range goes to the weights: the middle (SmoothQuant, section 4.1). */
const STRENGTH = 0.5;

export function findSmoothableNorms(graph: Graph): SmoothableNorm[] {
	const layers = findLinearLayers(graph);
	return graph.model.nodes.flatMap((norm) => {
		const affine = affineOf(norm);
		const gain = graph.constant(affine[0]);
		const output = norm.outputs[0]!;
		if (!gain || affine.some((name) => !isVector(graph.constant(name)))) return [];
		const readers = readersOf(graph, output, layers);
		if (!readers || readers.length === 0 || graph.isOutput(output)) return [];
		if (readers.some(({ inputs }) => inputs !== gain.dims[0])) return [];
		return [{ norm, output, channels: gain.dims[0]!, affine, layers: readers }];
	});
}

/**
 * Trained towers have a few channels with values far beyond all others; rounding to 8 bits by the
 * largest leaves the others few steps. What a layer normalisation multiplies each channel with can be
 * moved into the weights that read it: the same function, with a narrower tensor between.
 *
 * Xiao et al., "SmoothQuant", arXiv 2211.10438.
 *
 * @param maxima of a norm's output: the largest magnitude of each channel
 */
export function smoothNorm(graph: Graph, smoothable: SmoothableNorm, maxima: Float32Array): void {
	const { norm, channels, affine, layers } = smoothable;
	const rows = layers.map((layer) => largestWeights(layer));
	const factors = Float32Array.from({ length: channels }, (_, channel) => {
		const weight = Math.max(...rows.map((row) => row[channel]!));
		const factor = maxima[channel]! ** STRENGTH / weight ** (1 - STRENGTH);
		return Number.isFinite(factor) && factor > 0 ? factor : 1;
	});
	for (const name of affine) {
		const values = loadFloats(graph.constant(name)!).map((value, i) => value / factors[i]!);
		const smoothed = graph.model.addInitializer(
			graph.uniqueName(`${name}/smooth`),
			[channels],
			DataType.FLOAT,
			bytesOf(values),
		);
		norm.inputs = norm.inputs.map((input) => (input === name ? smoothed : input));
	}
	for (const layer of layers) scaleWeights(graph, layer, factors);
}

/** Gain and shift of both forms that onnxruntime writes. */
function affineOf({ opType, domain, inputs }: Node): string[] {
	if (opType === 'LayerNormalization') return inputs.slice(1, 3).filter(Boolean);
	if (opType === 'SkipLayerNormalization' && domain === MICROSOFT) {
		return inputs.slice(2, 4).filter(Boolean);
	}
	return [];
}

function isVector(tensor: Tensor | undefined): boolean {
	return tensor?.dataType === DataType.FLOAT && tensor.dims.length === 1;
}

/** The layers that read a tensor, directly or reshaped; undefined if anything else does too. */
function readersOf(
	graph: Graph,
	tensor: string,
	layers: readonly LinearLayer[],
): LinearLayer[] | undefined {
	const readers: LinearLayer[] = [];
	for (const node of graph.consumers(tensor)) {
		const input = node.opType === 'Reshape' ? node.outputs[0]! : tensor;
		const nodes = node.opType === 'Reshape' ? graph.consumers(input) : [node];
		for (const reader of nodes) {
			const layer = layers.find((one) => one.node === reader && one.input === input);
			if (!layer) return undefined;
			readers.push(layer);
		}
	}
	return readers;
}

/** The largest magnitude among the weights that each input channel meets. */
function largestWeights({ weights, inputs, outputs, transposed }: LinearLayer): Float32Array {
	const values = loadFloats(weights);
	const [inputStride, outputStride] = transposed ? [1, inputs] : [outputs, 1];
	return Float32Array.from({ length: inputs }, (_, i) => {
		let largest = 0;
		for (let o = 0; o < outputs; o++) {
			largest = Math.max(largest, Math.abs(values[i * inputStride + o * outputStride]!));
		}
		return largest;
	});
}

function scaleWeights(graph: Graph, layer: LinearLayer, factors: Float32Array): void {
	const { node, weights, inputs, outputs, transposed } = layer;
	const make = () => {
		const values = loadFloats(weights).slice();
		for (let i = 0; i < values.length; i++) {
			values[i]! *= factors[transposed ? i % inputs : Math.floor(i / outputs)]!;
		}
		return bytesOf(values);
	};
	const name = graph.model.addInitializer(
		graph.uniqueName(`${weights.name}/smooth`),
		weights.dims,
		DataType.FLOAT,
		{ length: inputs * outputs * 4, make },
	);
	node.inputs = node.inputs.map((input) => (input === weights.name ? name : input));
}
