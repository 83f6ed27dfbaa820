/** Weights in 8 bits: `weight ≈ values * scale` with one scale per channel. */
export interface QuantisedWeights {
	values: Int8Array;
	/** One per output channel of a linear layer, or per row of an embedding table. */
	scales: Float32Array;
}

/**
 * The largest magnitude of a weight. Products of activations (0…255) and weights are summed in pairs
 * into 16 bits by processors without VNNI or the like: beyond ±63 the sum saturates there.
 */
const WEIGHT_LIMIT = { 8: 127, 7: 63 } as const;
export type WeightBits = keyof typeof WEIGHT_LIMIT;

/**
 * Symmetric quantisation per output channel: what remains of a channel's weights after rounding is
 * a hundredth of its own largest, not of the largest in the layer.
 *
 * @param weights a linear layer's, `[inputs, outputs]`, or `[outputs, inputs]` where `transposed`
 * @returns values as `[inputs, outputs]`, the order of ONNX's MatMul
 */
export function quantiseLinear(
	weights: Float32Array,
	inputs: number,
	outputs: number,
	transposed: boolean,
	bits: WeightBits,
): QuantisedWeights {
	const limit = WEIGHT_LIMIT[bits];
	const [inputStride, outputStride] = transposed ? [1, inputs] : [outputs, 1];
	const scales = new Float32Array(outputs);
	for (let i = 0; i < inputs; i++) {
		for (let o = 0; o < outputs; o++) {
			const magnitude = Math.abs(weights[i * inputStride + o * outputStride]!);
			if (magnitude > scales[o]!) scales[o] = magnitude;
		}
	}
	for (let o = 0; o < outputs; o++) scales[o]! /= limit;
	const values = new Int8Array(inputs * outputs);
	for (let i = 0; i < inputs; i++) {
		for (let o = 0; o < outputs; o++) {
			const scale = scales[o]!;
			if (scale === 0) continue;
			values[i * outputs + o] = clamp(
				Math.round(weights[i * inputStride + o * outputStride]! / scale),
				limit,
			);
		}
	}
	return { values, scales };
}

/**
 * An embedding table, one scale per row.
 *
 * @param table `[rows, width]`
 */
export function quantiseRows(table: Float32Array, rows: number, width: number): QuantisedWeights {
	const limit = WEIGHT_LIMIT[8];
	const scales = new Float32Array(rows);
	const values = new Int8Array(rows * width);
	for (let row = 0; row < rows; row++) {
		let largest = 0;
		for (let i = row * width; i < (row + 1) * width; i++) {
			largest = Math.max(largest, Math.abs(table[i]!));
		}
		const scale = largest / limit;
		if (scale === 0) continue;
		scales[row] = scale;
		for (let i = row * width; i < (row + 1) * width; i++) {
			values[i] = clamp(Math.round(table[i]! / scale), limit);
		}
	}
	return { values, scales };
}

/** Half a rounding step beyond the limit can come from the scale's own rounding to 32 bits. */
function clamp(value: number, limit: number): number {
	return value > limit ? limit : value < -limit ? -limit : value;
}
