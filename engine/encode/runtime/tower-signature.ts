import type { InferenceSession } from 'onnxruntime-node';

type Metadata = readonly InferenceSession.ValueMetadata[];

interface TensorInput {
	name: string;
	type: 'int64' | 'int32';
}

/** Which inputs of a graph take what, and which output is the embedding. */
export type TowerSignature = ImageSignature | TextSignature;

export interface ImageSignature {
	kind: 'image';
	/** float32 [1, 3, size, size] */
	pixels: string;
	/** Side length that the graph is bound to; absent where it takes any. */
	size?: number;
	output: string;
}

export interface TextSignature {
	kind: 'text';
	/** [1, length], as are the other two */
	ids: TensorInput;
	mask?: TensorInput;
	positions?: TensorInput;
	/** Number of tokens that the graph is bound to; absent where it takes any. */
	length?: number;
	output: string;
}

/** Best first. transformers projects into `*_embeds`; SigLIP's pooled state is the embedding. */
const OUTPUTS: Record<TowerSignature['kind'], readonly string[]> = {
	image: ['image_embeds', 'pooler_output'],
	text: ['text_embeds', 'pooler_output'],
};

/**
 * Recognises a tower by what it reads: one float32 [B, 3, N, N], or integers [B, length] with
 * transformers' optional mask and positions. Names of the image input and of the output vary between
 * exporters (transformers, Immich), shapes and types do not.
 *
 * @returns the signature, or the reason why the graph is no tower
 */
export function readSignature(inputs: Metadata, outputs: Metadata): TowerSignature | string {
	const reading = readInputs(inputs);
	if (!reading) {
		return (
			`its inputs are ${list(inputs)}; an image tower has one float32 [B, 3, N, N], ` +
			'a text tower int64 or int32 [B, length] and perhaps attention_mask and position_ids'
		);
	}
	const output = readOutput(reading.kind, outputs);
	if (output === undefined) {
		return `its outputs are ${list(outputs)}; none of them is one float32 embedding [B, dimension]`;
	}
	return { ...reading, output };
}

function readInputs(
	inputs: Metadata,
): Omit<ImageSignature, 'output'> | Omit<TextSignature, 'output'> | undefined {
	const [first] = inputs;
	if (inputs.length === 1 && first?.isTensor && first.type === 'float32') {
		const [batch, channels, height, width] = first.shape;
		if (first.shape.length !== 4 || !accepts(batch, 1) || !accepts(channels, 3)) return undefined;
		if (typeof height === 'number' && typeof width === 'number' && height !== width)
			return undefined;
		return { kind: 'image', pixels: first.name, size: fixed(height) ?? fixed(width) };
	}

	const mask = inputs.find(({ name }) => name === 'attention_mask');
	const positions = inputs.find(({ name }) => name === 'position_ids');
	const rest = inputs.filter((input) => input !== mask && input !== positions);
	if (rest.length !== 1) return undefined;
	const ids = integers(rest[0]);
	if (!ids) return undefined;
	if ((mask && !integers(mask)) || (positions && !integers(positions))) return undefined;
	return {
		kind: 'text',
		ids,
		mask: integers(mask),
		positions: integers(positions),
		length: fixed(ids.shape[1]),
	};
}

function integers(
	input: InferenceSession.ValueMetadata | undefined,
): (TensorInput & { shape: readonly (number | string)[] }) | undefined {
	if (!input?.isTensor || (input.type !== 'int64' && input.type !== 'int32')) return undefined;
	if (input.shape.length !== 2 || !accepts(input.shape[0], 1)) return undefined;
	return { name: input.name, type: input.type, shape: input.shape };
}

function readOutput(kind: TowerSignature['kind'], outputs: Metadata): string | undefined {
	const floats = outputs.filter((output) => output.isTensor && output.type === 'float32');
	const named = OUTPUTS[kind].find((name) => floats.some((output) => output.name === name));
	if (named !== undefined) return named;
	const flat = floats.filter((output) => output.isTensor && output.shape.length === 2);
	return flat.length === 1 ? flat[0]!.name : undefined;
}

/** Symbolic dimensions are names, or empty: they take any size. */
function accepts(dimension: number | string | undefined, size: number): boolean {
	return typeof dimension === 'number' ? dimension === size : dimension !== undefined;
}

function fixed(dimension: number | string | undefined): number | undefined {
	return typeof dimension === 'number' ? dimension : undefined;
}

function list(values: Metadata): string {
	const described = values.map((value) =>
		value.isTensor
			? `${value.name} ${value.type} [${value.shape.map((n) => (n === '' ? '?' : n)).join(', ')}]`
			: `${value.name} (not a tensor)`,
	);
	return described.join('; ') || 'none';
}
