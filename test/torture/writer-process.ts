import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ErrorBody } from '../../engine/errors';
import type { IndexStoreOptions } from '../../engine/index/index-store';
import type { Call } from './calls';

export interface WriterSettings {
	dataDir: string;
	/** Of the index. */
	name: string;
	options: Omit<IndexStoreOptions, 'dataDir' | 'logger'>;
}

export interface ProcessOptions {
	/** Options of Node. */
	execArgv?: string[];
	env?: NodeJS.ProcessEnv;
}

/** What a writer says, one a line. */
export type Message =
	| { is: 'opening' }
	| { is: 'open' }
	| { is: 'broken'; error: ErrorBody }
	| { is: 'begun'; id: number }
	| { is: 'done'; id: number; answer: unknown }
	| { is: 'failed'; id: number; error: ErrorBody }
	| { is: 'log'; level: string; text: string };

export interface LogLine {
	level: string;
	text: string;
}

/** A call that was sent, and what is known of it. */
export interface Sent {
	call: Call;
	begun: boolean;
	/** Set once the answer came; `error` instead if it was refused. */
	ended?: { answer: unknown } | { error: ErrorBody };
}

/** Nothing a writer does takes this long unless it hangs. */
const HANG_MS = 60_000;

/** The parent's side of a writer. */
export class WriterProcess {
	readonly #child: ChildProcess;
	readonly #sent: Sent[] = [];
	readonly #watchers = new Set<() => void>();
	readonly #closed: Promise<unknown>;
	readonly log: LogLine[] = [];
	onLog: ((line: LogLine) => void) | undefined;
	/** How far it has come. */
	state: 'starting' | 'opening' | 'open' | 'ended' = 'starting';
	#complaint = '';

	constructor(settings: WriterSettings, { execArgv = [], env = process.env }: ProcessOptions = {}) {
		const writer = [join(__dirname, 'writer.js'), JSON.stringify(settings)];
		this.#child = spawn(process.execPath, ['--enable-source-maps', ...execArgv, ...writer], {
			stdio: ['pipe', 'pipe', 'pipe'],
			env,
		});
		// A writer that is gone cannot be written to; that it is gone is seen elsewhere.
		this.#child.stdin!.on('error', () => {});
		this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#complaint += text));
		createInterface({ input: this.#child.stdout! }).on('line', (line) => this.#hear(line));
		this.#closed = once(this.#child, 'close').then(() => {
			this.state = 'ended';
			this.#changed();
		});
	}

	/** Every call sent, in order. */
	get sent(): readonly Sent[] {
		return this.#sent;
	}

	send(call: Call): Sent {
		const sent: Sent = { call, begun: false };
		const id = this.#sent.push(sent) - 1;
		this.#child.stdin!.write(`${JSON.stringify({ id, call })}\n`);
		return sent;
	}

	/** Sends a call and waits for its answer. Throws if it is refused, or the writer ends. */
	async ask<T>(call: Call): Promise<T> {
		const sent = this.send(call);
		await this.until(() => sent.ended !== undefined, call.do);
		if ('error' in sent.ended!) throw new Error(`${call.do}: ${JSON.stringify(sent.ended.error)}`);
		return sent.ended!.answer as T;
	}

	async opened(): Promise<void> {
		await this.until(() => this.state === 'open', 'opening');
	}

	/** Waits for what the writer says to make this true. Throws if it ends first. */
	async until(condition: () => boolean, what: string): Promise<void> {
		let late = false;
		const timer = setTimeout(() => {
			late = true;
			this.#changed();
		}, HANG_MS);
		try {
			while (!condition()) {
				if (this.state === 'ended')
					throw new Error(`the writer ended while ${what}: ${this.why()}`);
				if (late) throw new Error(`the writer hangs while ${what}: ${this.why()}`);
				await new Promise<void>((resolve) => this.#watchers.add(resolve));
			}
		} finally {
			clearTimeout(timer);
		}
	}

	/** The kernel ends it where it stands. Resolves when all it had written has been heard. */
	async kill(): Promise<void> {
		this.#child.kill('SIGKILL');
		await this.#closed;
	}

	/** Waits for it to end by itself, which it does when its standard input ends. */
	async end(): Promise<void> {
		this.#child.stdin!.end();
		await this.#closed;
		if (this.#child.exitCode !== 0) throw new Error(`the writer failed: ${this.why()}`);
	}

	why(): string {
		const { exitCode, signalCode } = this.#child;
		const log = this.log.slice(-20).map(({ level, text }) => `${level}: ${text}`);
		return [`exit ${signalCode ?? exitCode}`, this.#complaint.trim(), ...log].join('\n');
	}

	#hear(line: string): void {
		const message = whole(line);
		if (!message) return;
		if (message.is === 'opening' || message.is === 'open') this.state = message.is;
		else if (message.is === 'broken') this.#complaint += JSON.stringify(message.error);
		else if (message.is === 'log') {
			this.log.push(message);
			this.onLog?.(message);
		} else if (message.is === 'begun') this.#sent[message.id]!.begun = true;
		else if (message.is === 'done') this.#sent[message.id]!.ended = { answer: message.answer };
		else this.#sent[message.id]!.ended = { error: message.error };
		this.#changed();
	}

	#changed(): void {
		const waiting = [...this.#watchers];
		this.#watchers.clear();
		for (const resolve of waiting) resolve();
	}
}

/** The last line of a killed writer may have been cut off. */
function whole(line: string): Message | undefined {
	try {
		return JSON.parse(line) as Message;
	} catch {
		return undefined;
	}
}
