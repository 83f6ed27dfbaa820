import type { Background } from '../vector-index';
import type { Sample } from './kernel';
import type { VectorMatrix } from './matrix';

/** Where there is nothing. */
export const NO_BACKGROUND: Background = { mean: 0, std: 0, count: 0 };

/** Of the live rows of a sample. */
export function backgroundOf(matrix: VectorMatrix, { rows, scores }: Sample): Background {
	let sum = 0;
	let sumOfSquares = 0;
	let count = 0;
	rows.forEach((row, i) => {
		if (!matrix.isLive(row)) return;
		sum += scores[i]!;
		sumOfSquares += scores[i]! ** 2;
		count++;
	});
	if (count === 0) return NO_BACKGROUND;
	const mean = sum / count;
	return { mean, std: Math.sqrt(Math.max(0, sumOfSquares / count - mean * mean)), count };
}
