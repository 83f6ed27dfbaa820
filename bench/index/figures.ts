import { percentile } from '../support/timing';

export interface Latency {
	p50Ms: number;
	p99Ms: number;
}

export function latency(ms: number[]): Latency {
	return { p50Ms: round(percentile(ms, 0.5), 3), p99Ms: round(percentile(ms, 0.99), 3) };
}

/** Share of the true rows that were found; of all queries together. */
export function recall(found: number[][], truth: number[][], k: number): number {
	let hits = 0;
	let wanted = 0;
	found.forEach((rows, q) => {
		const nearest = truth[q]!.slice(0, k);
		const given = new Set(rows.slice(0, k));
		hits += nearest.filter((row) => given.has(row)).length;
		wanted += nearest.length;
	});
	return wanted === 0 ? 1 : hits / wanted;
}

/** Queries that were given fewer rows than there are, or the same one twice. */
export function incomplete(found: number[][], truth: number[][], k: number): number {
	return found.filter((rows, q) => new Set(rows.slice(0, k)).size < Math.min(k, truth[q]!.length))
		.length;
}

export function round(value: number, digits: number): number {
	return Math.round(value * 10 ** digits) / 10 ** digits;
}
