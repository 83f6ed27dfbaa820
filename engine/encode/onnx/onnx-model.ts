/**
 * An ONNX graph that can be taken apart and put together again. Weights stay in their file until
 * somebody asks for them.
 *
 * Field numbers are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 */
import path from 'node:path';
import {
	BYTES,
	ByteSource,
	floatField,
	integerField,
	lengthOf,
	messageField,
	textField,
	type Field,
	type FileRange,
	type Piece,
} from './protobuf';

/** TensorProto.DataType, as far as the graphs of image and text towers use it. */
export const DataType = { FLOAT: 1, UINT8: 2, INT8: 3, INT32: 6, INT64: 7, BOOL: 9, DOUBLE: 11 };
const ELEMENT_BYTES: Record<number, number> = {
	1: 4, // float
	2: 1, // uint8
	3: 1, // int8
	4: 2, // uint16
	5: 2, // int16
	6: 4, // int32
	7: 8, // int64
	9: 1, // bool
	10: 2, // float16
	11: 8, // double
	12: 4, // uint32
	13: 8, // uint64
	16: 2, // bfloat16
};

const MODEL = { graph: 7, opsetImport: 8 };
const OPSET = { domain: 1, version: 2 };
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12, valueInfo: 13 };
const NODE = { input: 1, output: 2, name: 3, opType: 4, attribute: 5, domain: 7 };
const ATTRIBUTE = { name: 1, float: 2, int: 3, tensor: 5, floats: 7, ints: 8, type: 20 };
const ATTRIBUTE_TYPE = { float: 1, int: 2, ints: 7 };
const TENSOR = {
	dims: 1,
	dataType: 2,
	floatData: 4,
	int32Data: 5,
	int64Data: 7,
	name: 8,
	rawData: 9,
	doubleData: 10,
	externalData: 13,
};
const EXTERNAL = { key: 1, value: 2 };
const VALUE_INFO = { name: 1, type: 2 };

/** The operators of onnxruntime that the ONNX standard does not have. */
export const MICROSOFT = 'com.microsoft';

/** Elements in order, little-endian; in memory, in a file, or made when they are written. */
export interface Tensor {
	name: string;
	dims: number[];
	dataType: number;
	data: Piece;
}

/** An attribute in its encoded form, for only few are ever looked at. */
export interface Attribute {
	name: string;
	encoded: Uint8Array;
}

export interface Node {
	opType: string;
	domain: string;
	name: string;
	inputs: string[];
	outputs: string[];
	attributes: Attribute[];
}

/** An input or output of the graph, with its type in encoded form. */
export interface GraphValue {
	name: string;
	encoded: Uint8Array;
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

/** AttributeProto and ValueInfoProto both carry their name in field 1. */
function nameIn(source: ByteSource, message: Field): string {
	for (const field of source.fields(message.offset, message.offset + message.length)) {
		if (field.number === ATTRIBUTE.name) return source.text(field);
	}
	return '';
}

function readValue(source: ByteSource, field: Field): GraphValue {
	return { name: nameIn(source, field), encoded: source.bytes(field) };
}

function readTensor(source: ByteSource, message: Field, file: string): Tensor {
	const tensor: Tensor = { name: '', dims: [], dataType: 0, data: new Uint8Array(0) };
	const external = new Map<string, string>();
	const typed: { as: 'raw' | 'integers'; field: Field }[] = [];
	for (const field of source.fields(message.offset, message.offset + message.length)) {
		if (field.number === TENSOR.dims) tensor.dims.push(...source.integers(field));
		else if (field.number === TENSOR.dataType) tensor.dataType = field.value;
		else if (field.number === TENSOR.name) tensor.name = source.text(field);
		else if ([TENSOR.rawData, TENSOR.floatData, TENSOR.doubleData].includes(field.number)) {
			typed.push({ as: 'raw', field });
		} else if ([TENSOR.int32Data, TENSOR.int64Data].includes(field.number)) {
			typed.push({ as: 'integers', field });
		} else if (field.number === TENSOR.externalData) {
			external.set(...readExternalEntry(source, field));
		}
	}
	const [only] = typed;
	if (external.has('location')) {
		tensor.data = externalRange(external, tensor, file);
	} else if (typed.length === 1 && only!.as === 'raw') {
		const { offset, length } = only!.field;
		tensor.data = file ? { file, offset, length } : source.bytes(only!.field);
	} else if (typed.length > 0 && only!.as === 'integers') {
		const values = typed.flatMap(({ field }) => source.integers(field));
		tensor.data = encodeIntegers(values, tensor.dataType);
	} else if (typed.length > 0) {
		tensor.data = Buffer.concat(typed.map(({ field }) => source.bytes(field)));
	}
	return tensor;
}

function readExternalEntry(source: ByteSource, message: Field): [key: string, value: string] {
	let key = '';
	let value = '';
	for (const field of source.fields(message.offset, message.offset + message.length)) {
		if (field.number === EXTERNAL.key) key = source.text(field);
		if (field.number === EXTERNAL.value) value = source.text(field);
	}
	return [key, value];
}

function externalRange(
	entries: Map<string, string>,
	{ dims, dataType }: Tensor,
	file: string,
): FileRange {
	const location = entries.get('location')!;
	if (path.isAbsolute(location) || location.split(/[\\/]/).includes('..')) {
		throw new RangeError(`weights outside the model's folder: ${location}`);
	}
	return {
		file: path.join(path.dirname(file), location),
		offset: Number(entries.get('offset') ?? 0),
		length: Number(
			entries.get('length') ?? elementCount(dims) * (ELEMENT_BYTES[dataType] ?? Number.NaN),
		),
	};
}

function encodeIntegers(values: number[], dataType: number): Uint8Array {
	const size = ELEMENT_BYTES[dataType] ?? 4;
	const bytes = Buffer.alloc(values.length * size);
	values.forEach((value, i) => {
		if (size === 8) bytes.writeBigInt64LE(BigInt(value), i * size);
		else if (size === 4) bytes.writeInt32LE(value | 0, i * size);
		else if (size === 2) bytes.writeUInt16LE(value & 0xffff, i * size);
		else bytes.writeUInt8(value & 0xff, i * size);
	});
	return bytes;
}

function encodeTensor({ name, dims, dataType, data }: Tensor): Piece[] {
	const expected = elementCount(dims) * (ELEMENT_BYTES[dataType] ?? Number.NaN);
	if (lengthOf([data]) !== expected) {
		throw new RangeError(`tensor ${name} has ${lengthOf([data])} bytes instead of ${expected}`);
	}
	return [
		...dims.flatMap((dim) => integerField(TENSOR.dims, dim)),
		...integerField(TENSOR.dataType, dataType),
		...textField(TENSOR.name, name),
		...messageField(TENSOR.rawData, [data]),
	];
}

export function elementCount(dims: readonly number[]): number {
	return dims.reduce((product, dim) => product * dim, 1);
}

/** Reads a tensor's bytes, wherever they are. */
export function loadTensor({ data }: Tensor): Uint8Array {
	if (data instanceof Uint8Array) return data;
	if ('make' in data) return data.make();
	const source = new ByteSource(data.file);
	try {
		return source.read(data.offset, data.length).slice();
	} finally {
		source.close();
	}
}

/** @throws RangeError for a tensor of another type */
export function loadFloats(tensor: Tensor): Float32Array {
	if (tensor.dataType !== DataType.FLOAT) {
		throw new RangeError(`tensor ${tensor.name} is of type ${tensor.dataType}, not float`);
	}
	const bytes = loadTensor(tensor);
	return bytes.byteOffset % 4 === 0
		? new Float32Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length / 4)
		: new Float32Array(bytes.slice().buffer);
}

/** @throws RangeError for a tensor that is no list of integers */
export function loadIntegers(tensor: Tensor): number[] {
	const bytes = Buffer.from(loadTensor(tensor));
	const count = elementCount(tensor.dims);
	if (tensor.dataType === DataType.INT64) {
		return Array.from({ length: count }, (_, i) => Number(bytes.readBigInt64LE(i * 8)));
	}
	if (tensor.dataType === DataType.INT32) {
		return Array.from({ length: count }, (_, i) => bytes.readInt32LE(i * 4));
	}
	throw new RangeError(`tensor ${tensor.name} holds no integers`);
}

export function bytesOf(array: Float32Array | Int8Array | BigInt64Array): Uint8Array {
	return new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);
}

/** The integers of an attribute, one or many; undefined where the node has none of that name. */
export function integersOf(node: Node, name: string): number[] | undefined {
	return decode(node, name, (source) => {
		const values: number[] = [];
		for (const field of source.fields()) {
			if (field.number === ATTRIBUTE.int || field.number === ATTRIBUTE.ints) {
				values.push(...source.integers(field));
			}
		}
		return values;
	});
}

export function floatOf(node: Node, name: string): number | undefined {
	return decode(node, name, (source) => {
		for (const field of source.fields()) {
			if (field.number === ATTRIBUTE.float) {
				return Buffer.from(source.bytes(field)).readFloatLE();
			}
		}
		return undefined;
	});
}

/** The tensor in an attribute, as `Constant` has it. */
export function tensorOf(node: Node, name: string): Tensor | undefined {
	return decode(node, name, (source) => {
		for (const field of source.fields()) {
			if (field.number === ATTRIBUTE.tensor) return readTensor(source, field, '');
		}
		return undefined;
	});
}

function decode<T>(node: Node, name: string, read: (source: ByteSource) => T): T | undefined {
	const attribute = node.attributes.find((candidate) => candidate.name === name);
	return attribute && read(new ByteSource(attribute.encoded));
}

export function integerAttribute(name: string, value: number): Attribute {
	return attribute(name, ATTRIBUTE_TYPE.int, integerField(ATTRIBUTE.int, value));
}

export function integersAttribute(name: string, values: number[]): Attribute {
	const fields = values.flatMap((value) => integerField(ATTRIBUTE.ints, value));
	return attribute(name, ATTRIBUTE_TYPE.ints, fields);
}

export function floatAttribute(name: string, value: number): Attribute {
	return attribute(name, ATTRIBUTE_TYPE.float, floatField(ATTRIBUTE.float, value));
}

function attribute(name: string, type: number, value: Piece[]): Attribute {
	const pieces = [
		...textField(ATTRIBUTE.name, name),
		...value,
		...integerField(ATTRIBUTE.type, type),
	];
	return { name, encoded: Buffer.concat(pieces as Uint8Array[]) };
}

/**
 * An input or output of the graph.
 *
 * @param dims sizes, or names of sizes that a run may choose; absent: any shape
 */
export function graphValue(
	name: string,
	dataType: number,
	dims?: readonly (number | string)[],
): GraphValue {
	const shape = dims?.flatMap((dim) =>
		// TensorShapeProto.dim { dim_value = 1, dim_param = 2 }
		messageField(1, typeof dim === 'number' ? integerField(1, dim) : textField(2, dim)),
	);
	// TypeProto.tensor_type = 1 { elem_type = 1, shape = 2 }
	const tensorType = [...integerField(1, dataType), ...(shape ? messageField(2, shape) : [])];
	const pieces = [
		...textField(VALUE_INFO.name, name),
		...messageField(VALUE_INFO.type, messageField(1, tensorType)),
	];
	return { name, encoded: Buffer.concat(pieces as Uint8Array[]) };
}

/** The same input with a fixed shape, if it has as many dimensions; else the input itself. */
export function withShape(value: GraphValue, dims: readonly number[]): GraphValue {
	const source = new ByteSource(value.encoded);
	const inside = (field: Field, number: number) =>
		[...source.fields(field.offset, field.offset + field.length)].find(
			(candidate) => candidate.number === number,
		);
	const type = [...source.fields()].find(({ number }) => number === VALUE_INFO.type);
	const tensor = type && inside(type, 1);
	const elementType = tensor && inside(tensor, 1);
	const shape = tensor && inside(tensor, 2);
	if (!elementType || !shape) return value;
	const rank = [...source.fields(shape.offset, shape.offset + shape.length)].length;
	return rank === dims.length ? graphValue(value.name, elementType.value, dims) : value;
}
