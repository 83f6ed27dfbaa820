/**
 * Upper tail of the standard normal distribution, P(Z ≥ z): Abramowitz and Stegun 26.2.17, off by at
 * most 7.5e-8, and beyond 5 the first terms of its asymptotic series.
 */
export function upperTail(z: number): number {
	if (z < 0) return 1 - upperTail(-z);
	const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
	if (z > 5) return (density / z) * (1 - 1 / z ** 2 + 3 / z ** 4);
	const t = 1 / (1 + 0.2316419 * z);
	const [a, b, c, d, e] = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
	return density * t * (a + t * (b + t * (c + t * (d + t * e))));
}

/** Log-odds to a probability. */
export function probability(logOdds: number): number {
	return 1 / (1 + Math.exp(-logOdds));
}
