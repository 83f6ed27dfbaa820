/**
 * Letters to insert, delete, exchange, or swap with their neighbour, to make one word of another
 * (Damerau–Levenshtein, each letter edited at most once). Anything above `most` is `most + 1`.
 */
export function editDistance(a: string, b: string, most: number): number {
	const from = Array.from(a);
	const to = Array.from(b);
	if (Math.abs(from.length - to.length) > most) return most + 1;
	let beforeLast: number[] = [];
	let last = Array.from({ length: to.length + 1 }, (_, j) => j);
	for (let i = 1; i <= from.length; i++) {
		const row = [i];
		for (let j = 1; j <= to.length; j++) {
			const same = from[i - 1] === to[j - 1];
			let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
			const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
			if (swapped) edits = Math.min(edits, beforeLast[j - 2]! + 1);
			row.push(edits);
		}
		if (row.every((edits) => edits > most)) return most + 1;
		beforeLast = last;
		last = row;
	}
	return Math.min(last[to.length]!, most + 1);
}
