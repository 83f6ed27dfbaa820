import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { ENGINE_ENV, ENGINE_NODE_OPTIONS } from '../../engine/process-settings';
import type { LineHandlers } from './line-server';

type Argument<H extends LineHandlers, K extends keyof H> = Parameters<H[K]>[0];
type Result<H extends LineHandlers, K extends keyof H> = Awaited<ReturnType<H[K]>>;

/** Lines of its stderr that are told when it fails. */
const KEPT_LINES = 12;

/** A child process, in any language, that answers as {@link answerLines} does. */
export class LineProcess<H extends LineHandlers> {
	readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
	readonly #ended: Promise<string>;
	readonly #answers: AsyncIterator<string>;
	#tail: string[] = [];

	constructor(file: string, args: string[], env: Record<string, string> = {}) {
		this.#child = spawn(file, args, {
			stdio: ['pipe', 'pipe', 'pipe'],
			env: { ...process.env, ...env },
		});
		createInterface({ input: this.#child.stderr }).on('line', (line) => {
			this.#tail = [...this.#tail, line].slice(-KEPT_LINES);
		});
		// Whoever is in the middle of building an index does not see its input end.
		const kill = () => this.#child.kill('SIGKILL');
		process.once('exit', kill);
		this.#child.once('close', () => process.off('exit', kill));
		this.#ended = new Promise((resolve) => {
			this.#child.once('error', (error) => resolve(error.message));
			this.#child.once('close', (code, signal) => resolve(`it ended with ${signal ?? code}`));
		});
		// Told by whatever it is asked next.
		this.#child.stdin.on('error', () => {});
		this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
	}

	/** A compiled module of this bench, in a Node that is set up as the engine's. */
	static node<H extends LineHandlers>(
		module: string,
		argument: object,
		env?: Record<string, string>,
	): LineProcess<H> {
		const args = [...ENGINE_NODE_OPTIONS, '--expose-gc', module, JSON.stringify(argument)];
		return new LineProcess<H>(process.execPath, args, { ...ENGINE_ENV, ...env });
	}

	/**
	 * @param limitMs after which the process is killed
	 * @throws Error with the reason and the last lines of its stderr, if it fails or ends
	 */
	async call<K extends keyof H & string>(
		name: K,
		argument?: Argument<H, K>,
		limitMs?: number,
	): Promise<Result<H, K>> {
		let late = false;
		const limit = setTimeout(
			() => {
				late = true;
				this.#child.kill('SIGKILL');
			},
			limitMs ?? 2 ** 31 - 1,
		);
		try {
			this.#child.stdin.write(`${JSON.stringify({ call: name, with: argument })}\n`);
			for (;;) {
				const { value, done } = await this.#answers.next();
				if (done && late) throw new Error(`${name} took longer than ${limitMs! / 1_000} s`);
				if (done) throw new Error([await this.#ended, ...this.#tail].join('\n  '));
				// Libraries may talk on stdout, too.
				if (!/^\{"(result|error)":/.test(value)) continue;
				const answer = JSON.parse(value) as { result: Result<H, K> } | { error: string };
				if ('error' in answer) throw new Error(answer.error);
				return answer.result;
			}
		} finally {
			clearTimeout(limit);
		}
	}

	/** As a power failure would end it, but for what the system has in its caches. */
	async kill(): Promise<void> {
		this.#child.kill('SIGKILL');
		await this.#ended;
	}

	/** Lets it end by itself. */
	async close(): Promise<void> {
		if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.stdin.end();
		await this.#ended;
	}
}
