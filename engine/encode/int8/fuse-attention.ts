import type { Graph } from '../onnx/graph';
import { floatAttribute, floatOf, integerAttribute, integersOf } from '../onnx/attribute';
import { MICROSOFT, type Node } from '../onnx/onnx-model';
import { bytesOf, DataType, loadFloats, loadIntegers } from '../onnx/tensor';

/**
 * Exporters write attention as products of 4-D tensors with a softmax between. With 1,024 patches
 * the scores alone are 50 MB a layer, written and read four times over. onnxruntime's
 * `MultiHeadAttention` computes the same in blocks that stay in the cache.
 *
 * What does not look like attention over heads is left as it is.
 *
 * @returns how many were found
 */
export function fuseAttention(graph: Graph): number {
	const found = graph.model.nodes
		.filter(({ opType }) => opType === 'Softmax')
		.map((softmax) => matchAttention(graph, softmax))
		.filter((attention) => attention !== undefined);
	for (const attention of found) replace(graph, attention);
	return found.length;
}

interface Attention {
	/** Tensors of shape [batch, positions, heads, head size]. */
	query: string;
	key: string;
	value: string;
	/** Added to the scores, [1, 1, positions, positions]. */
	mask: string | undefined;
	heads: number;
	scale: number;
	/** The result as [batch, positions, heads, head size]. */
	output: string;
}

function matchAttention(graph: Graph, softmax: Node): Attention | undefined {
	const axis = integersOf(softmax, 'axis')?.[0] ?? -1;
	if (axis !== -1 && axis !== 3) return undefined;
	const masked = peelMask(graph, softmax.inputs[0]!);
	const scores = peelScale(graph, masked.tensor);
	const product = graph.producer(scores.tensor);
	const alpha = product && plainProduct(product);
	if (!product || alpha === undefined) return undefined;

	const query = peelScale(graph, product.inputs[0]!);
	const key = peelScale(graph, product.inputs[1]!);
	const weighted = graph.onlyConsumer(through(graph, softmax.outputs[0]!));
	if (!weighted || plainProduct(weighted) !== 1) return undefined;
	const queryHeads = positionsFirst(graph, query.tensor);
	const keyHeads =
		transposed(graph, key.tensor, [0, 2, 3, 1]) ??
		positionsFirst(graph, transposed(graph, key.tensor, [0, 1, 3, 2])) ??
		positionsFirst(graph, transposed(graph, key.tensor, [0, 2, 1]));
	const valueHeads = positionsFirst(graph, weighted.inputs[1]);
	const heads = headsOf(graph, queryHeads);
	if (!queryHeads || !keyHeads || !valueHeads || !heads) return undefined;
	if (headsOf(graph, keyHeads) !== heads || headsOf(graph, valueHeads) !== heads) return undefined;
	const next = graph.onlyConsumer(weighted.outputs[0]!);
	const back = next && keepsHeads(graph, next, heads) ? graph.onlyConsumer(next.outputs[0]!) : next;
	if (back?.opType !== 'Transpose' || !samePermutation(back, [0, 2, 1, 3])) return undefined;
	return {
		...{ query: queryHeads, key: keyHeads, value: valueHeads },
		mask: masked.mask,
		heads,
		scale: alpha * scores.scale * query.scale * key.scale,
		output: back.outputs[0]!,
	};
}

function replace(graph: Graph, { query, key, value, mask, heads, scale, output }: Attention): void {
	const flat = [query, key, value].map(
		(tensor) =>
			graph.add('Reshape', [tensor, shape(graph, [0, 0, -1])], {
				outputs: [graph.uniqueName(`${tensor}/flat`)],
			}).outputs[0]!,
	);
	const attention = graph.add('MultiHeadAttention', mask ? [...flat, '', '', mask] : flat, {
		domain: MICROSOFT,
		attributes: [integerAttribute('num_heads', heads), floatAttribute('scale', scale)],
		outputs: [graph.uniqueName(`${output}/attention`)],
	});
	graph.add('Reshape', [attention.outputs[0]!, shape(graph, [0, 0, heads, -1])], {
		outputs: [output],
	});
}

function shape(graph: Graph, dims: number[]): string {
	const name = `shape ${dims.join(' ')}`;
	if (graph.constant(name)) return name;
	const values = BigInt64Array.from(dims, BigInt);
	return graph.model.addInitializer(name, [dims.length], DataType.INT64, bytesOf(values));
}

/** The factor of a product of two tensors that computes nothing else; undefined for other nodes. */
function plainProduct(node: Node): number | undefined {
	if (node.opType === 'MatMul') return 1;
	if (node.opType !== 'FusedMatMul') return undefined;
	const flags = ['transA', 'transB', 'transBatchA', 'transBatchB'];
	if (flags.some((flag) => integersOf(node, flag)?.[0])) return undefined;
	return floatOf(node, 'alpha') ?? 1;
}

/** Looks through what changes nothing here: casts to the type that a tensor has. */
function through(graph: Graph, tensor: string): string {
	let current = tensor;
	for (let node = graph.onlyConsumer(current); node?.opType === 'Cast'; ) {
		current = node.outputs[0]!;
		node = graph.onlyConsumer(current);
	}
	return current;
}

/** `tensor = scale * inner`, where the factor is a constant. */
function peelScale(graph: Graph, tensor: string): { tensor: string; scale: number } {
	const node = graph.producer(tensor);
	if (node?.opType !== 'Mul' && node?.opType !== 'Div') return { tensor, scale: 1 };
	for (const [inner, factor] of [
		[node.inputs[0]!, node.inputs[1]!],
		[node.inputs[1]!, node.inputs[0]!],
	] as const) {
		const constant = graph.constant(factor);
		if (constant?.dataType !== DataType.FLOAT || constant.dims.some((dim) => dim !== 1)) continue;
		if (node.opType === 'Div' && inner !== node.inputs[0]) continue;
		const value = loadFloats(constant)[0]!;
		return { tensor: inner, scale: node.opType === 'Mul' ? value : 1 / value };
	}
	return { tensor, scale: 1 };
}

function peelMask(graph: Graph, tensor: string): { tensor: string; mask?: string } {
	const node = graph.producer(tensor);
	if (node?.opType !== 'Add') return { tensor };
	const mask = node.inputs.find((input) => {
		const constant = graph.constant(input);
		return constant?.dims.length === 4 && constant.dims[0] === 1 && constant.dims[1] === 1;
	});
	const inner = node.inputs.find((input) => input !== mask);
	return mask && inner ? { tensor: inner, mask } : { tensor };
}

/** `tensor` is [batch, heads, positions, head size], or [heads, …]: the same with positions first. */
function positionsFirst(graph: Graph, tensor: string | undefined): string | undefined {
	const direct = transposed(graph, tensor, [0, 2, 1, 3]);
	if (direct) return direct;
	const node = tensor === undefined ? undefined : graph.producer(tensor);
	const inner = node && transposed(graph, node.inputs[0], [0, 2, 1, 3]);
	const heads = headsOf(graph, inner);
	return inner && heads && keepsHeads(graph, node!, heads) ? inner : undefined;
}

/** Whether a reshape only takes away or puts back the batch of one before the heads. */
function keepsHeads(graph: Graph, node: Node, heads: number): boolean {
	const target = node.opType === 'Reshape' ? graph.constant(node.inputs[1]) : undefined;
	if (!target) return false;
	const dims = loadIntegers(target);
	const batchOfOne = dims.length === 3 || (dims.length === 4 && Math.abs(dims[0]!) === 1);
	return batchOfOne && (dims.at(-3) === heads || dims.at(-3) === -1);
}

function transposed(
	graph: Graph,
	tensor: string | undefined,
	permutation: number[],
): string | undefined {
	const node = tensor === undefined ? undefined : graph.producer(tensor);
	return node?.opType === 'Transpose' && samePermutation(node, permutation)
		? node.inputs[0]
		: undefined;
}

function samePermutation(node: Node, permutation: number[]): boolean {
	return integersOf(node, 'perm')?.join() === permutation.join();
}

/** The number of heads of a tensor that was reshaped to [batch, positions, heads, head size]. */
function headsOf(graph: Graph, tensor: string | undefined): number | undefined {
	const node = tensor === undefined ? undefined : graph.producer(tensor);
	if (node?.opType !== 'Reshape') return undefined;
	const [heads, size] = lastTwoDims(graph, node.inputs[1]!);
	if (heads !== -1) return heads;
	const width = biasWidth(graph, node.inputs[0]!);
	return width && size && size > 0 ? width / size : undefined;
}

/** Of a reshape's target with four dimensions, however much of it is computed. */
function lastTwoDims(graph: Graph, target: string): [number?, number?] {
	const constant = graph.constant(target);
	if (constant) {
		const dims = loadIntegers(constant);
		return dims.length === 4 ? [dims[2], dims[3]] : [];
	}
	const parts = graph.producer(target);
	if (parts?.opType !== 'Concat' || parts.inputs.length !== 4) return [];
	const [heads, size] = parts.inputs.slice(2).map((part) => graph.constant(part));
	return heads && size ? [loadIntegers(heads)[0], loadIntegers(size)[0]] : [];
}

/** The width of a linear layer's output, by its bias. */
function biasWidth(graph: Graph, tensor: string): number | undefined {
	const node = graph.producer(tensor);
	if (node?.opType !== 'Add' && node?.opType !== 'Gemm') return undefined;
	return node.inputs
		.map((input) => graph.constant(input)?.dims)
		.find((dims) => dims?.length === 1)?.[0];
}
