/**
 * Tensors of ONNX files (TensorProto).
 *
 * Field numbers are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 */
import path from 'node:path';
import {
	ByteSource,
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

/** Elements in order, little-endian; in memory, in a file, or made when they are written. */
export interface Tensor {
	name: string;
	dims: number[];
	dataType: number;
	data: Piece;
}

export function readTensor(source: ByteSource, message: Field, file: string): Tensor {
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

export function encodeTensor({ name, dims, dataType, data }: Tensor): Piece[] {
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
function loadTensor({ data }: Tensor): Uint8Array {
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
