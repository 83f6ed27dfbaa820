/**
 * Attributes of ONNX nodes (AttributeProto).
 *
 * Field numbers are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 */
import type { Node } from './onnx-model';
import { ByteSource, floatField, integerField, textField, type Piece } from './protobuf';
import { readTensor, type Tensor } from './tensor';

const ATTRIBUTE = { name: 1, float: 2, int: 3, tensor: 5, floats: 7, ints: 8, type: 20 };

const ATTRIBUTE_TYPE = { float: 1, int: 2, ints: 7 };

/** An attribute in its encoded form, for only few are ever looked at. */
export interface Attribute {
	name: string;
	encoded: Uint8Array;
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
