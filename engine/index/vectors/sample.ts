/**
 * Fills a list, of at most `count`, with distinct rows below `count`, ascending and the same every time: one of each of as many
 * equal stretches. Where in its stretch is as good as random, since photos may come in turns.
 */
export function writeSample(rows: Uint32Array, count: number): void {
	// Numerical Recipes' LCG; any fixed, well-mixed sequence does.
	let state = 1;
	let next = 0;
	for (let i = 0; i < rows.length; i++) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		const row = Math.floor(((i + state / 2 ** 32) * count) / rows.length);
		// Two stretches may share a row.
		rows[i] = Math.max(next, row);
		next = rows[i]! + 1;
	}
}
