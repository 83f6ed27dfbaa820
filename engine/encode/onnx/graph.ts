import { tensorOf, type Attribute } from './attribute';
import type { GraphValue } from './graph-value';
import type { Node, OnnxModel } from './onnx-model';
import type { Tensor } from './tensor';

/**
 * Who makes and who reads each tensor of a model, for passes that change it. Tensors are named
 * once in ONNX, so a name stands for a tensor.
 */
export class Graph {
	readonly model: OnnxModel;
	#producers = new Map<string, Node>();
	#consumers = new Map<string, Node[]>();
	#names: Set<string>;

	/** Constants become initializers and copies of them disappear, whatever way the exporter wrote them. */
	constructor(model: OnnxModel) {
		this.model = model;
		inlineConstants(model);
		this.#names = new Set(model.initializers.keys());
		for (const node of model.nodes) this.#link(node);
	}

	producer(tensor: string): Node | undefined {
		return this.#producers.get(tensor);
	}

	consumers(tensor: string): readonly Node[] {
		return this.#consumers.get(tensor) ?? [];
	}

	/** The only reader of a tensor that is no output of the graph. */
	onlyConsumer(tensor: string): Node | undefined {
		const consumers = this.consumers(tensor);
		return consumers.length === 1 && !this.isOutput(tensor) ? consumers[0] : undefined;
	}

	constant(tensor: string | undefined): Tensor | undefined {
		return tensor === undefined ? undefined : this.model.initializers.get(tensor);
	}

	isOutput(tensor: string): boolean {
		return this.model.outputs.some(({ name }) => name === tensor);
	}

	/** A name that nothing in the graph has. */
	uniqueName(base: string): string {
		let name = base;
		for (let n = 1; this.#names.has(name); n++) name = `${base}_${n}`;
		this.#names.add(name);
		return name;
	}

	/**
	 * Adds a node. An output that exists already is the new node's from now on: its readers, and the
	 * graph's own outputs, keep their names.
	 */
	add(
		opType: string,
		inputs: string[],
		{
			domain = '',
			attributes = [],
			outputs,
		}: { domain?: string; attributes?: Attribute[]; outputs: string[] },
	): Node {
		const node: Node = {
			opType,
			domain,
			name: this.uniqueName(`${outputs[0]!}/${opType}`),
			inputs,
			outputs,
			attributes,
		};
		this.model.nodes.push(node);
		this.#link(node);
		return node;
	}

	/**
	 * Drops what no output needs and puts the nodes in an order in which each finds its inputs made.
	 *
	 * @param outputs the tensors to compute; default: those of the graph
	 */
	prune(outputs?: readonly GraphValue[]): void {
		if (outputs) this.model.outputs = [...outputs];
		const ordered: Node[] = [];
		const done = new Set<Node>();
		const used = new Set<string>();
		// Depth first without recursion: a tower is hundreds of nodes deep.
		const stack: { node: Node; entered: boolean }[] = [];
		const need = (tensor: string) => {
			used.add(tensor);
			const node = this.producer(tensor);
			if (node && !done.has(node)) stack.push({ node, entered: false });
		};
		for (const { name } of this.model.outputs) {
			need(name);
			while (stack.length > 0) {
				const top = stack.at(-1)!;
				if (done.has(top.node)) stack.pop();
				else if (top.entered) {
					done.add(top.node);
					ordered.push(top.node);
					stack.pop();
				} else {
					top.entered = true;
					top.node.inputs.forEach(need);
				}
			}
		}
		this.model.nodes = ordered;
		for (const name of this.model.initializers.keys()) {
			if (!used.has(name)) this.model.initializers.delete(name);
		}
	}

	#link(node: Node): void {
		for (const output of node.outputs) {
			const former = this.#producers.get(output);
			if (former) former.outputs = former.outputs.map((name) => (name === output ? '' : name));
			this.#producers.set(output, node);
			this.#names.add(output);
		}
		for (const input of new Set(node.inputs)) {
			this.#names.add(input);
			this.#consumers.set(input, [...this.consumers(input), node]);
		}
	}
}

function inlineConstants(model: OnnxModel): void {
	const copies = new Map<string, string>();
	const outputs = new Set(model.outputs.map(({ name }) => name));
	model.nodes = model.nodes.filter((node) => {
		const [output] = node.outputs;
		const [input] = node.inputs;
		if (output === undefined || outputs.has(output)) return true;
		if (node.opType === 'Constant') {
			const value = tensorOf(node, 'value');
			if (!value) return true;
			model.initializers.set(output, { ...value, name: output });
			return false;
		}
		if (node.opType === 'Identity' && input !== undefined) {
			copies.set(output, copies.get(input) ?? input);
			return false;
		}
		return true;
	});
	for (const node of model.nodes) {
		node.inputs = node.inputs.map((input) => copies.get(input) ?? input);
	}
}
