import { performance } from 'node:perf_hooks';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
/** Without a terminal a long step says every so often that it is still alive. */
const QUIET_INTERVAL_MS = 20_000;

/** Seconds of every step of this process, by name. */
export const seconds = {};

/**
 * Runs `work(say)` as one named step: a spinner with the seconds so far on a terminal, and one line
 * with the seconds it took at the end. `say(text)` tells what the step is doing right now.
 */
export async function step(name, work) {
	const started = performance.now();
	const elapsed = () => (performance.now() - started) / 1000;
	const terminal = process.stderr.isTTY;
	let detail = '';
	let frame = 0;
	const clear = terminal ? '\r\u001b[K' : '';
	const show = () => {
		const line = `${name}  ${elapsed().toFixed(1)} s  ${detail}`;
		if (!terminal) return process.stderr.write(`… ${line}\n`);
		const width = process.stderr.columns ?? 80;
		process.stderr.write(`${clear}${FRAMES[frame++ % FRAMES.length]} ${line.slice(0, width - 3)}`);
	};
	const timer = setInterval(show, terminal ? 100 : QUIET_INTERVAL_MS);
	timer.unref();
	try {
		const result = await work((text) => {
			detail = text;
		});
		process.stderr.write(
			`${clear}✔ ${name}  ${elapsed().toFixed(1)} s${detail && `  (${detail})`}\n`,
		);
		return result;
	} catch (error) {
		process.stderr.write(`${clear}✖ ${name}  ${elapsed().toFixed(1)} s\n`);
		throw error;
	} finally {
		clearInterval(timer);
		seconds[name] = Math.round(elapsed() * 100) / 100;
	}
}
