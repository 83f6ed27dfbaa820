import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** A graceful stop that takes longer has failed. */
const STOP_TIMEOUT_MS = 20_000;
const SHOWN_LOG_LINES = 40;

export interface ChildOptions {
	/** What to call it in messages. */
	name: string;
	command: string;
	args: string[];
	env?: NodeJS.ProcessEnv;
	cwd?: string;
	/** Both output streams go to this file. */
	log: string;
}

/** One process that we started, and therefore may end. */
export class Child {
	private stopping = false;

	private constructor(
		readonly process: ChildProcess,
		private readonly options: ChildOptions,
	) {}

	/**
	 * Starts it with an IPC channel, so that it can tell when we are gone (see orphan-guard.ts).
	 */
	static start(options: ChildOptions): Child {
		// A file, not a pipe: a process that outlives us must not trip over a broken one.
		const log = openSync(options.log, 'a');
		const child = spawn(options.command, options.args, {
			cwd: options.cwd,
			env: { ...process.env, ...options.env },
			stdio: ['ignore', log, log, 'ipc'],
			// Ctrl-C in the terminal reaches us, and we end it in our own order.
			detached: true,
		});
		closeSync(log);
		// A command that cannot be started shows as one that is not running.
		child.on('error', () => {});
		return new Child(child, options);
	}

	get pid(): number {
		if (this.process.pid === undefined) throw this.failure('could not be started');
		return this.process.pid;
	}

	get running(): boolean {
		const { pid, exitCode, signalCode } = this.process;
		return pid !== undefined && exitCode === null && signalCode === null;
	}

	/** Throws, with the end of the log, if the process ended without being asked to. */
	assertRunning(): void {
		if (!this.running && !this.stopping) {
			throw this.failure(`ended (${this.process.signalCode ?? this.process.exitCode})`);
		}
	}

	/** Asks it to end, insists after a while, and resolves when it is gone. */
	async stop(): Promise<void> {
		this.stopping = true;
		if (!this.running) return;
		const gone = once(this.process, 'exit');
		const insist = setTimeout(() => this.process.kill('SIGKILL'), STOP_TIMEOUT_MS);
		this.process.kill('SIGTERM');
		await gone;
		clearTimeout(insist);
	}

	private failure(what: string): Error {
		const tail = readFileSync(this.options.log, 'utf8')
			.trimEnd()
			.split('\n')
			.slice(-SHOWN_LOG_LINES);
		return new Error(`${this.options.name} ${what}. ${this.options.log} ends:\n${tail.join('\n')}`);
	}
}
