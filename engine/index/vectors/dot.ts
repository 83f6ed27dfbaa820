/**
 * Inner product of two vectors of one length, rounded to float32. Four accumulators let the CPU
 * overlap the additions.
 */
export function dot(a: Float32Array, b: Float32Array): number {
	const length = a.length;
	const unrolled = length - (length % 4);
	let sum0 = 0;
	let sum1 = 0;
	let sum2 = 0;
	let sum3 = 0;
	let i = 0;
	for (; i < unrolled; i += 4) {
		sum0 += a[i]! * b[i]!;
		sum1 += a[i + 1]! * b[i + 1]!;
		sum2 += a[i + 2]! * b[i + 2]!;
		sum3 += a[i + 3]! * b[i + 3]!;
	}
	for (; i < length; i++) sum0 += a[i]! * b[i]!;
	return Math.fround(sum0 + sum1 + (sum2 + sum3));
}
