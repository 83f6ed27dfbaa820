import type { Graph } from '../onnx/graph';
import { floatAttribute } from '../onnx/attribute';
import { MICROSOFT, type Node } from '../onnx/onnx-model';
import { DataType, loadFloats } from '../onnx/tensor';

/**
 * Exporters spell an activation out as up to nine elementwise operators, in ever new ways, and each
 * is one more walk through the widest tensor of a layer. Here it is recognised by what it computes:
 * the operators around a `Tanh`, `Sigmoid` or `Erf` are evaluated at a few points and compared with
 * the activation's formula.
 */
const ACTIVATIONS: readonly Activation[] = [
	{
		around: 'Tanh',
		replacement: { opType: 'FastGelu' },
		// Hendrycks & Gimpel, "Gaussian Error Linear Units", arXiv 1606.08415, section 2.
		value: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
	},
	{
		around: 'Sigmoid',
		replacement: { opType: 'QuickGelu', alpha: 1.702 },
		value: (x) => x / (1 + Math.exp(-1.702 * x)),
	},
	{
		around: 'Erf',
		replacement: { opType: 'Gelu' },
		value: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
	},
];

interface Activation {
	around: string;
	replacement: { opType: string; alpha?: number };
	value(x: number): number;
}

const POINTS = [-6, -2.5, -1, -0.3, 0.2, 1, 1.7, 4];
/** Constants are in 32 bits, and `erf` below is an approximation. */
const TOLERANCE = 1e-5;
/** Operators between an activation's input and its output. */
const MAX_DEPTH = 12;

const BINARY: Record<string, (a: number, b: number) => number> = {
	Add: (a, b) => a + b,
	Sub: (a, b) => a - b,
	Mul: (a, b) => a * b,
	Div: (a, b) => a / b,
	Pow: (a, b) => a ** b,
};
const UNARY: Record<string, (x: number) => number> = {
	Tanh: Math.tanh,
	Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
	Erf: erf,
	Neg: (x) => -x,
	Cast: (x) => x,
	Identity: (x) => x,
};

/** @returns how many activations were found */
export function fuseGelu(graph: Graph): number {
	let found = 0;
	for (const node of graph.model.nodes.slice()) {
		const activation = ACTIVATIONS.find(({ around }) => around === node.opType);
		if (activation && replace(graph, node, activation)) found++;
	}
	return found;
}

function replace(graph: Graph, core: Node, { replacement, value }: Activation): boolean {
	const expected = POINTS.map(value);
	for (const input of inputsOf(graph, core)) {
		for (const output of outputsOf(graph, core)) {
			const matches = POINTS.every((x, i) => {
				const actual = evaluate(graph, output, input, x, MAX_DEPTH);
				return actual !== undefined && Math.abs(actual - expected[i]!) < TOLERANCE;
			});
			if (!matches) continue;
			graph.add(replacement.opType, [input], {
				domain: MICROSOFT,
				attributes:
					replacement.alpha === undefined ? [] : [floatAttribute('alpha', replacement.alpha)],
				outputs: [output],
			});
			return true;
		}
	}
	return false;
}

/** Tensors before the core that could be the activation's input, nearest first. */
function inputsOf(graph: Graph, core: Node): Set<string> {
	const found = new Set<string>();
	let front = core.inputs;
	for (let depth = 0; depth < MAX_DEPTH && front.length > 0; depth++) {
		front = front.filter(
			(tensor) => tensor !== '' && !graph.constant(tensor) && !found.has(tensor),
		);
		for (const tensor of front) found.add(tensor);
		front = front.flatMap((tensor) => {
			const node = graph.producer(tensor);
			return node && isElementwise(node) ? node.inputs : [];
		});
	}
	return found;
}

function outputsOf(graph: Graph, core: Node): Set<string> {
	const found = new Set<string>();
	let front = core.outputs;
	for (let depth = 0; depth < MAX_DEPTH && front.length > 0; depth++) {
		for (const tensor of front) found.add(tensor);
		front = front
			.flatMap((tensor) => graph.consumers(tensor))
			.filter(isElementwise)
			.flatMap(({ outputs }) => outputs)
			.filter((tensor) => !found.has(tensor));
	}
	return found;
}

function isElementwise({ opType, domain }: Node): boolean {
	return domain === '' && (opType in BINARY || opType in UNARY);
}

/** The value of `tensor` where `input` is `x`; undefined if anything but `input` and scalars is in it. */
function evaluate(
	graph: Graph,
	tensor: string,
	input: string,
	x: number,
	depth: number,
): number | undefined {
	if (tensor === input) return x;
	const constant = graph.constant(tensor);
	if (constant) {
		const scalar = constant.dataType === DataType.FLOAT && constant.dims.every((dim) => dim === 1);
		return scalar ? loadFloats(constant)[0] : undefined;
	}
	const node = graph.producer(tensor);
	if (!node || depth === 0 || !isElementwise(node)) return undefined;
	const values = node.inputs.map((name) => evaluate(graph, name, input, x, depth - 1));
	if (values.some((value) => value === undefined)) return undefined;
	const [a, b] = values as [number, number];
	return BINARY[node.opType]?.(a, b) ?? UNARY[node.opType]?.(a);
}

/** Abramowitz & Stegun, formula 7.1.26: off by less than 1.5e-7. */
function erf(x: number): number {
	const t = 1 / (1 + 0.3275911 * Math.abs(x));
	const polynomial =
		t *
		(0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
	return Math.sign(x) * (1 - polynomial * Math.exp(-x * x));
}
