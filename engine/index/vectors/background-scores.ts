import type { Background } from '../vector-index';
import type { Sample } from './kernel';
import type { VectorMatrix } from './matrix';

/** Where there is nothing. */
export const NO_BACKGROUND: Background = { mean: 0, std: 0, count: 0, sample: new Float32Array(0) };

/** Of the live rows of a sample. */
export function backgroundOf(matrix: VectorMatrix, { rows, scores }: Sample): Background {
	const sample = scores.filter((_, i) => matrix.isLive(rows[i]!));
	const count = sample.length;
	if (count === 0) return NO_BACKGROUND;
	let sum = 0;
	let sumOfSquares = 0;
	for (const score of sample) {
		sum += score;
		sumOfSquares += score ** 2;
	}
	const mean = sum / count;
	const std = Math.sqrt(Math.max(0, sumOfSquares / count - mean * mean));
	return { mean, std, count, sample };
}
