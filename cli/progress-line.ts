const WIDTH = 30;

/** One line on stderr that redraws itself; silent where stderr is not a terminal. */
export class ProgressLine {
	readonly #started = Date.now();

	show(done: number, total: number, note = ''): void {
		if (!process.stderr.isTTY) return;
		const share = total > 0 ? done / total : 0;
		const filled = Math.round(share * WIDTH);
		const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
		const seconds = (Date.now() - this.#started) / 1000;
		const left =
			done > 0 && total > done ? `, ${Math.ceil(((total - done) * seconds) / done)} s left` : '';
		process.stderr.write(`\r\x1b[K${bar} ${done}/${total}${left} ${note}`);
	}

	end(): void {
		if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
	}
}
