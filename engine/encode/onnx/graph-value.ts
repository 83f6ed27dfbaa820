/**
 * Inputs and outputs of ONNX graphs (ValueInfoProto).
 *
 * Field numbers are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 */
import { ByteSource, integerField, messageField, nameIn, textField, type Field } from './protobuf';

const VALUE_INFO = { name: 1, type: 2 };

/** An input or output of the graph, with its type in encoded form. */
export interface GraphValue {
	name: string;
	encoded: Uint8Array;
}

export function readValue(source: ByteSource, field: Field): GraphValue {
	return { name: nameIn(source, field), encoded: source.bytes(field) };
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
