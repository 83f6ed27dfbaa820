/**
 * Cosine of two vectors of equal length, in double precision; NaN for a zero or not finite one.
 *
 * @throws RangeError where the lengths differ
 */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
	if (a.length !== b.length) {
		throw new RangeError(`${a.length} dimensions, not ${b.length}`);
	}
	let dot = 0;
	let squaresA = 0;
	let squaresB = 0;
	for (let i = 0; i < a.length; i++) {
		dot += a[i]! * b[i]!;
		squaresA += a[i]! * a[i]!;
		squaresB += b[i]! * b[i]!;
	}
	// Rounding may put a vector's cosine with itself a last bit above 1.
	return Math.min(1, dot / Math.sqrt(squaresA * squaresB));
}
