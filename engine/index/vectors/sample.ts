/**
 * Fills a list with rows below `count`, ascending and the same every time: one of each of as many
 * equal stretches. Where in its stretch is as good as random, since photos may come in turns.
 */
export function writeSample(rows: Uint32Array, count: number): void {
	// Numerical Recipes' LCG; any fixed, well-mixed sequence does.
	let state = 1;
	for (let i = 0; i < rows.length; i++) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		rows[i] = Math.floor(((i + state / 2 ** 32) * count) / rows.length);
	}
}
