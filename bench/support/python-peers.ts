import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { ROOT } from '../../test/harness/root';

const SCRIPT = path.join(ROOT, 'bench', 'peers', 'encode.py');
/** Importing torch and transformers from a cold disk. */
const START_MS = 120_000;

export interface PeerTask {
	size: number;
	patch: number;
	threads: number;
	/** ONNX image towers. */
	fp32: string;
	int8?: string;
	peers: string[];
}

/** A Python process that runs other libraries' image towers for as long as it is told. */
export class PythonPeers {
	/** Version by name of those that run here. */
	readonly versions: Record<string, string>;
	/** Reason by name of those that do not. */
	readonly absent: Record<string, string>;
	readonly #child: ChildProcessByStdio<Writable, Readable, null>;
	readonly #lines: Interface;

	/** Never resolves. */
	readonly #failed: Promise<never>;

	private constructor(
		child: ChildProcessByStdio<Writable, Readable, null>,
		lines: Interface,
		failed: Promise<never>,
		first: Pick<PythonPeers, 'versions' | 'absent'>,
	) {
		this.#child = child;
		this.#lines = lines;
		this.#failed = failed;
		this.versions = first.versions;
		this.absent = first.absent;
	}

	/** @returns undefined where there is no Python, and the reason to `notice` */
	static async start(
		task: PeerTask,
		notice: (reason: string) => void,
	): Promise<PythonPeers | undefined> {
		const python = process.env['PYTHON'] || 'python3';
		const child = spawn(python, [SCRIPT, JSON.stringify(task)], {
			stdio: ['pipe', 'pipe', 'ignore'],
		});
		const lines = createInterface(child.stdout);
		const failed = new Promise<never>((_, reject) => {
			child.once('error', reject);
			child.once('exit', (code, signal) => {
				reject(new Error(`it ended with ${signal ?? `code ${code}`}`));
			});
		});
		const late = setTimeout(() => child.kill(), START_MS);
		// Awaited below, and again by each run.
		failed.catch(() => {});
		try {
			const [line] = (await Promise.race([once(lines, 'line'), failed])) as [string];
			return new PythonPeers(child, lines, failed, JSON.parse(line) as PythonPeers);
		} catch (error) {
			notice(`${python}: ${(error as Error).message}`);
			return undefined;
		} finally {
			clearTimeout(late);
		}
	}

	get names(): string[] {
		return Object.keys(this.versions);
	}

	/** @throws Error where the process has ended */
	async run(name: string, seconds: number): Promise<{ images: number; seconds: number }> {
		this.#child.stdin.write(`${JSON.stringify({ run: name, seconds })}\n`);
		const [line] = (await Promise.race([once(this.#lines, 'line'), this.#failed])) as [string];
		return JSON.parse(line) as { images: number; seconds: number };
	}

	async close(): Promise<void> {
		if (this.#child.exitCode !== null) return;
		const ended = once(this.#child, 'exit');
		this.#child.stdin.end();
		await ended;
	}
}
