const WIDTH = 30;

/** One line on stderr that redraws itself; silent where stderr is not a terminal. */
export class ProgressLine {
	readonly #started = Date.now();

	show(done: number, total: number, note = ''): void {
		const seconds = (Date.now() - this.#started) / 1000;
		const left =
			done > 0 && total > done ? `, ${Math.ceil(((total - done) * seconds) / done)} s left` : '';
		this.draw(total > 0 ? done / total : 0, `${done}/${total}${left} ${note}`);
	}

	/** @param share 0…1 */
	draw(share: number, text: string): void {
		if (!process.stderr.isTTY) return;
		const filled = Math.round(Math.min(1, Math.max(0, share)) * WIDTH);
		const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
		const room = Math.max(0, (process.stderr.columns || 80) - WIDTH - 2);
		// A line that wraps could not be redrawn.
		process.stderr.write(`\r\x1b[K${bar} ${text.slice(0, room)}`);
	}

	end(): void {
		if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
	}
}
