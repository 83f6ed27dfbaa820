import type { Graph } from '../onnx/graph';
import { floatOf, integersOf } from '../onnx/attribute';
import type { Node } from '../onnx/onnx-model';
import { DataType, type Tensor } from '../onnx/tensor';

/** A linear layer: a matrix product with constant weights, and a bias where it has one. */
export interface LinearLayer {
	/** The product, `MatMul` or `Gemm`. */
	node: Node;
	/** The tensor that the layer makes; names it. */
	output: string;
	input: string;
	weights: Tensor;
	inputs: number;
	outputs: number;
	/** The weights lie as `[outputs, inputs]`. */
	transposed: boolean;
	bias: Tensor | undefined;
}

/** Rows of a constant table, picked by token id. */
export interface EmbeddingLayer {
	output: string;
	ids: string;
	table: Tensor;
	rows: number;
	width: number;
}

/** Below this a layer costs nothing, and its rounding would still count. */
const MIN_WEIGHTS = 64 * 64;
/** Position embeddings and the like stay as they are. */
const MIN_TABLE = 1 << 20;

export function findLinearLayers(graph: Graph): LinearLayer[] {
	return graph.model.nodes
		.map((node) => asMatMul(graph, node) ?? asGemm(graph, node))
		.filter((layer) => layer !== undefined)
		.filter(({ inputs, outputs }) => inputs * outputs >= MIN_WEIGHTS);
}

/** `MatMul`, and the `Add` of its bias that follows. */
function asMatMul(graph: Graph, node: Node): LinearLayer | undefined {
	if (node.opType !== 'MatMul' || node.domain !== '') return undefined;
	const weights = asMatrix(graph.constant(node.inputs[1]));
	if (!weights) return undefined;
	const [inputs, outputs] = weights.dims as [number, number];
	const product = node.outputs[0]!;
	const layer = { node, input: node.inputs[0]!, weights, inputs, outputs, transposed: false };
	const add = graph.onlyConsumer(product);
	if (add?.opType === 'Add') {
		const bias = asBias(graph.constant(add.inputs.find((input) => input !== product)), outputs);
		if (bias) return { ...layer, output: add.outputs[0]!, bias };
	}
	return { ...layer, output: product, bias: undefined };
}

function asGemm(graph: Graph, node: Node): LinearLayer | undefined {
	if (node.opType !== 'Gemm') return undefined;
	const weights = asMatrix(graph.constant(node.inputs[1]));
	const plain =
		(floatOf(node, 'alpha') ?? 1) === 1 &&
		(floatOf(node, 'beta') ?? 1) === 1 &&
		!integersOf(node, 'transA')?.[0];
	if (!weights || !plain) return undefined;
	const transposed = integersOf(node, 'transB')?.[0] === 1;
	const [first, second] = weights.dims as [number, number];
	const [inputs, outputs] = transposed ? [second, first] : [first, second];
	const bias = asBias(graph.constant(node.inputs[2]), outputs);
	if (node.inputs[2] && !bias) return undefined;
	return {
		node,
		output: node.outputs[0]!,
		input: node.inputs[0]!,
		...{ weights, inputs, outputs, transposed, bias },
	};
}

export function findEmbeddings(graph: Graph): EmbeddingLayer[] {
	return graph.model.nodes.flatMap((node) => {
		const table = asMatrix(graph.constant(node.inputs[0]));
		if (node.opType !== 'Gather' || !table || (integersOf(node, 'axis')?.[0] ?? 0) !== 0) return [];
		const [rows, width] = table.dims as [number, number];
		if (rows * width < MIN_TABLE) return [];
		return [{ output: node.outputs[0]!, ids: node.inputs[1]!, table, rows, width }];
	});
}

function asMatrix(tensor: Tensor | undefined): Tensor | undefined {
	return tensor?.dataType === DataType.FLOAT && tensor.dims.length === 2 ? tensor : undefined;
}

function asBias(tensor: Tensor | undefined, outputs: number): Tensor | undefined {
	return tensor?.dataType === DataType.FLOAT &&
		tensor.dims.length === 1 &&
		tensor.dims[0] === outputs
		? tensor
		: undefined;
}
