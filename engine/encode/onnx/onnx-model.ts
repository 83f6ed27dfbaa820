/**
 * An ONNX graph that can be taken apart and put together again. Weights stay in their file until
 * somebody asks for them.
 *
 * Field numbers are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 */
import type { Attribute } from './attribute';
import { readValue, type GraphValue } from './graph-value';
import {
	BYTES,
	ByteSource,
	integerField,
	messageField,
	nameIn,
	textField,
	type Field,
	type Piece,
} from './protobuf';
import { encodeTensor, readTensor, type Tensor } from './tensor';

const MODEL = { graph: 7, opsetImport: 8 };

const OPSET = { domain: 1, version: 2 };

const GRAPH = { node: 1, initializer: 5, input: 11, output: 12, valueInfo: 13 };

const NODE = { input: 1, output: 2, name: 3, opType: 4, attribute: 5, domain: 7 };

/** The operators of onnxruntime that the ONNX standard does not have. */
export const MICROSOFT = 'com.microsoft';

export interface Node {
	opType: string;
	domain: string;
	name: string;
	inputs: string[];
	outputs: string[];
	attributes: Attribute[];
}

export class OnnxModel {
	nodes: Node[] = [];
	readonly initializers = new Map<string, Tensor>();
	readonly inputs: GraphValue[] = [];
	outputs: GraphValue[] = [];
	readonly opsets = new Map<string, number>();
	/** Fields of model and graph that nothing here changes, in encoded form. */
	#modelRest: Piece[] = [];
	#graphRest: Piece[] = [];

	/**
	 * @param file ONNX model; weights in files beside it are found too
	 * @throws RangeError where the bytes are no ONNX model
	 */
	static read(file: string): OnnxModel {
		const source = new ByteSource(file);
		const model = new OnnxModel();
		try {
			for (const field of source.fields()) {
				if (field.number === MODEL.graph) model.#readGraph(source, field, file);
				else if (field.number === MODEL.opsetImport) model.#readOpset(source, field);
				else model.#modelRest.push(...encodedField(source, field));
			}
		} finally {
			source.close();
		}
		return model;
	}

	/** A model without a node, to be filled. */
	static create(opset: number, irVersion = 8): OnnxModel {
		const model = new OnnxModel();
		model.#modelRest = integerField(1, irVersion);
		model.#graphRest = textField(2, 'graph');
		model.opsets.set('', opset);
		return model;
	}

	/** The file's pieces in order; their lengths are known before any weight is read or made. */
	pieces(): Piece[] {
		const graph = [
			...this.nodes.flatMap((node) => messageField(GRAPH.node, encodeNode(node))),
			...this.#graphRest,
			...[...this.initializers.values()].flatMap((tensor) =>
				messageField(GRAPH.initializer, encodeTensor(tensor)),
			),
			...this.inputs.flatMap(({ encoded }) => messageField(GRAPH.input, [encoded])),
			...this.outputs.flatMap(({ encoded }) => messageField(GRAPH.output, [encoded])),
		];
		const opsets = [...this.opsets].flatMap(([domain, version]) =>
			messageField(MODEL.opsetImport, [
				...textField(OPSET.domain, domain),
				...integerField(OPSET.version, version),
			]),
		);
		return [...this.#modelRest, ...messageField(MODEL.graph, graph), ...opsets];
	}

	/** Adds a constant. @returns its name, for a node's inputs */
	addInitializer(name: string, dims: number[], dataType: number, data: Piece): string {
		this.initializers.set(name, { name, dims, dataType, data });
		return name;
	}

	#readGraph(source: ByteSource, graph: Field, file: string): void {
		for (const field of source.fields(graph.offset, graph.offset + graph.length)) {
			if (field.number === GRAPH.node) this.nodes.push(readNode(source, field));
			else if (field.number === GRAPH.initializer) {
				const tensor = readTensor(source, field, file);
				this.initializers.set(tensor.name, tensor);
			} else if (field.number === GRAPH.input) this.inputs.push(readValue(source, field));
			else if (field.number === GRAPH.output) this.outputs.push(readValue(source, field));
			// Shapes inside the graph: an exporter's notes, wrong as soon as a node changes.
			else if (field.number !== GRAPH.valueInfo) {
				this.#graphRest.push(...encodedField(source, field));
			}
		}
	}

	#readOpset(source: ByteSource, opset: Field): void {
		let domain = '';
		let version = 1;
		for (const field of source.fields(opset.offset, opset.offset + opset.length)) {
			if (field.number === OPSET.domain) domain = source.text(field);
			if (field.number === OPSET.version) version = field.value;
		}
		// Two names of the standard's own domain.
		this.opsets.set(domain === 'ai.onnx' ? '' : domain, version);
	}
}

function encodedField(source: ByteSource, field: Field): Piece[] {
	return field.wireType === BYTES
		? messageField(field.number, [source.bytes(field)])
		: integerField(field.number, field.value);
}

function readNode(source: ByteSource, message: Field): Node {
	const node: Node = { opType: '', domain: '', name: '', inputs: [], outputs: [], attributes: [] };
	for (const field of source.fields(message.offset, message.offset + message.length)) {
		if (field.number === NODE.input) node.inputs.push(source.text(field));
		else if (field.number === NODE.output) node.outputs.push(source.text(field));
		else if (field.number === NODE.name) node.name = source.text(field);
		else if (field.number === NODE.opType) node.opType = source.text(field);
		else if (field.number === NODE.domain) node.domain = source.text(field);
		else if (field.number === NODE.attribute) {
			node.attributes.push({ name: nameIn(source, field), encoded: source.bytes(field) });
		}
	}
	return node;
}

function encodeNode(node: Node): Piece[] {
	return [
		...node.inputs.flatMap((name) => textField(NODE.input, name)),
		...node.outputs.flatMap((name) => textField(NODE.output, name)),
		...textField(NODE.name, node.name),
		...textField(NODE.opType, node.opType),
		...node.attributes.flatMap(({ encoded }) => messageField(NODE.attribute, [encoded])),
		...(node.domain ? textField(NODE.domain, node.domain) : []),
	];
}
