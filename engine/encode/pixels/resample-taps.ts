/**
 * Where Pillow's resampler looks and how it weighs (src/libImaging/Resample.c): a kernel widened by
 * the shrink factor, its weights rounded to 22-bit fixed point.
 */

export type ResizeFilter = 'bicubic' | 'bilinear';

interface Kernel {
	/** Half width in output pixels. */
	support: number;
	weight(x: number): number;
}

const KERNELS: Record<ResizeFilter, Kernel> = {
	bilinear: {
		support: 1,
		weight: (x) => Math.max(0, 1 - Math.abs(x)),
	},
	bicubic: {
		support: 2,
		weight: (signed) => {
			const a = -0.5;
			const x = Math.abs(signed);
			if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
			if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
			return 0;
		},
	},
};

/** 32-bit accumulator, 8-bit pixels, two bits of headroom for kernels with negative lobes. */
export const PRECISION_BITS = 32 - 8 - 2;

/** For each output position: the first input position and the fixed-point weights from there. */
export interface Taps {
	first: Int32Array;
	count: Int32Array;
	/** `size` weights per output position; shorter runs are padded with zeros. */
	weights: Int32Array;
	size: number;
}

/**
 * @param fromOut,outs the output positions that are wanted, of `outSize` in all
 */
export function computeTaps(
	inSize: number,
	outSize: number,
	filter: ResizeFilter,
	fromOut = 0,
	outs = outSize,
): Taps {
	const kernel = KERNELS[filter];
	const scale = inSize / outSize;
	const filterScale = Math.max(scale, 1);
	const support = kernel.support * filterScale;
	const size = Math.ceil(support) * 2 + 1;
	const first = new Int32Array(outs);
	const count = new Int32Array(outs);
	const weights = new Int32Array(outs * size);
	const run = new Float64Array(size);

	for (let out = 0; out < outs; out++) {
		const center = (fromOut + out + 0.5) * scale;
		const start = Math.max(0, Math.trunc(center - support + 0.5));
		const end = Math.min(inSize, Math.trunc(center + support + 0.5));
		let sum = 0;
		for (let i = 0; i < end - start; i++) {
			const weight = kernel.weight((i + start - center + 0.5) * (1 / filterScale));
			run[i] = weight;
			sum += weight;
		}
		first[out] = start;
		count[out] = end - start;
		for (let i = 0; i < end - start; i++) {
			const weight = sum === 0 ? run[i]! : run[i]! / sum;
			weights[out * size + i] = Math.trunc(
				weight * (1 << PRECISION_BITS) + (weight < 0 ? -0.5 : 0.5),
			);
		}
	}
	return { first, count, weights, size };
}

/** The taps of an input of `inSize` that is stored from its far end; so are the outputs. */
export function mirrorTaps({ first, count, weights, size }: Taps, inSize: number): Taps {
	const outs = first.length;
	const mirrored = new Int32Array(weights.length);
	for (let out = 0; out < outs; out++) {
		const taps = count[out]!;
		const run = weights.subarray(out * size, out * size + taps);
		mirrored.set(run.toReversed(), (outs - 1 - out) * size);
	}
	return {
		first: first.map((from, out) => inSize - from - count[out]!).reverse(),
		count: count.toReversed(),
		weights: mirrored,
		size,
	};
}
