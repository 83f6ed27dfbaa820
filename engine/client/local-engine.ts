import { spawn, type ChildProcess } from 'node:child_process';
import {
	chmodSync,
	closeSync,
	mkdirSync,
	openSync,
	fstatSync,
	readSync,
	renameSync,
	statSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../errors';
import { logPath, socketPath } from '../locations';
import { ENGINE_ENV, ENGINE_NODE_OPTIONS } from '../process-settings';
import { API_VERSION } from '../service/api-version';
import type { Health } from '../service/contract';
import { describeHolder } from '../service/folder-holder';
import { isOlder, VERSION } from '../version';
import { ConnectionLost, send, type Address } from './transport';

const START_TIMEOUT_MS = 30_000;
const POLL_MS = 20;
const OTHERS_TURN_MS = 300;
const HEALTH_TIMEOUT_MS = 5_000;
/** What a failing engine says last fits in here. */
const LAST_WORDS_BYTES = 8 * 1024;
const MAX_LOG_BYTES = 5 * 1024 * 1024;

const MAIN = path.join(__dirname, '..', 'service', 'main.js');

/**
 * The engine needs none of n8n's secrets (encryption key, database password), so it inherits only
 * what programs need to run, and its own settings.
 */
const INHERITED =
	/^(PATH|HOME|USER|TMPDIR|TEMP|TMP|LANG|LC_.*|TZ|SystemRoot|APPDATA|LOCALAPPDATA|USERPROFILE|LD_LIBRARY_PATH|N8N_USER_FOLDER|SEMANTIC_IMAGE_SEARCH_.*|HF_.*|OLLAMA_HOST|(HTTPS?|NO|ALL)_PROXY|NODE_EXTRA_CA_CERTS|NODE_USE_ENV_PROXY|SSL_CERT_.*|OMP_NUM_THREADS|MALLOC_ARENA_MAX|MALLOC_MMAP_THRESHOLD_)$/i;

/** Finds the engine of a data folder or starts it; exactly one runs however many callers ask. */
export class LocalEngine {
	readonly address: Address;
	readonly #dataDir: string;
	#starting: Promise<void> | undefined;

	constructor(dataDir: string) {
		this.#dataDir = path.resolve(dataDir);
		this.address = { socketPath: socketPath(this.#dataDir) };
	}

	/**
	 * Resolves when an engine of a fitting version answers.
	 *
	 * @throws EngineError `ENGINE_UNREACHABLE` with the engine's own reason, `ENGINE_INCOMPATIBLE`
	 */
	ensureRunning(): Promise<void> {
		this.#starting ??= this.#findOrStart().finally(() => {
			this.#starting = undefined;
		});
		return this.#starting;
	}

	async #findOrStart(): Promise<void> {
		const deadline = Date.now() + START_TIMEOUT_MS;
		let child: Child | undefined;
		while (Date.now() < deadline) {
			const health = await this.#health();
			if (health && (await this.#accept(health))) return;
			if (!health) {
				if (child?.failed) throw this.#startError(child);
				if (child?.exited) {
					// It found another engine in charge, which is starting, or stopping: give it a moment.
					child = undefined;
					await sleep(OTHERS_TURN_MS);
				}
				child ??= this.#start();
			}
			await sleep(POLL_MS);
		}
		throw this.#startError(child);
	}

	async #health(): Promise<Health | undefined> {
		try {
			return await send<Health>(this.address, {
				method: 'GET',
				path: '/healthz',
				timeoutMs: HEALTH_TIMEOUT_MS,
			});
		} catch (error) {
			if (error instanceof ConnectionLost || error instanceof EngineError) return undefined;
			throw error;
		}
	}

	/** True if the engine will do; an older one is asked to make way. */
	async #accept(health: Health): Promise<boolean> {
		if (isOlder(health.version, VERSION)) {
			await send(this.address, {
				method: 'POST',
				path: '/shutdown',
				body: { reason: `upgrade to ${VERSION}` },
			}).catch(() => undefined);
			return false;
		}
		if (health.api_version !== API_VERSION) {
			throw new EngineError(
				'ENGINE_INCOMPATIBLE',
				`The engine that runs is version ${health.version}, too new for this package (${VERSION}). Update the package in this n8n.`,
			);
		}
		return true;
	}

	#start(): Child {
		try {
			mkdirSync(this.#dataDir, { recursive: true, mode: 0o700 });
			const log = this.#openLog();
			try {
				return new Child(this.#spawn(log), fstatSync(log).size);
			} finally {
				closeSync(log);
			}
		} catch (error) {
			throw new EngineError(
				'ENGINE_UNREACHABLE',
				`The engine cannot use the folder ${this.#dataDir} (${(error as Error).message}). Make it writable, or set another in SEMANTIC_IMAGE_SEARCH_DATA.`,
				undefined,
				{ cause: error },
			);
		}
	}

	#spawn(log: number): ChildProcess {
		const inherited = Object.entries(process.env).filter(([name]) => INHERITED.test(name));
		const child = spawn(process.execPath, [...ENGINE_NODE_OPTIONS, MAIN], {
			cwd: this.#dataDir,
			detached: true,
			stdio: ['ignore', log, log],
			env: {
				...ENGINE_ENV,
				...Object.fromEntries(inherited),
				SEMANTIC_IMAGE_SEARCH_DATA: this.#dataDir,
			},
			windowsHide: true,
		});
		child.unref();
		return child;
	}

	#openLog(): number {
		const file = logPath(this.#dataDir);
		try {
			if (statSync(file).size > MAX_LOG_BYTES) renameSync(file, `${file}.1`);
		} catch {
			// The first start has no log yet.
		}
		const log = openSync(file, 'a', 0o600);
		chmodSync(file, 0o600);
		return log;
	}

	#startError(child: Child | undefined): EngineError {
		const log = logPath(this.#dataDir);
		const reason = child?.failed
			? `did not start: ${lastWords(log, child.logStart) ?? 'no reason given'}.`
			: `does not answer (${describeHolder(this.#dataDir)}). If it hangs, end its process; it is started anew.`;
		return new EngineError('ENGINE_UNREACHABLE', `The engine ${reason} Its log is ${log}.`);
	}
}

/** The last line at level fatal since `start`, or else the last that is no log line. */
function lastWords(file: string, start: number): string | undefined {
	try {
		const log = openSync(file, 'r');
		const from = Math.max(start, fstatSync(log).size - LAST_WORDS_BYTES);
		const tail = Buffer.alloc(LAST_WORDS_BYTES);
		const length = readSync(log, tail, 0, LAST_WORDS_BYTES, from);
		closeSync(log);
		const lines = tail.toString('utf8', 0, length).trimEnd().split('\n').reverse();
		for (const line of lines) {
			const match = /"level":60.*"msg":("(?:[^"\\]|\\.)*")/.exec(line);
			if (match?.[1]) return (JSON.parse(match[1]) as string).replace(/\.$/, '');
		}
		return lines.find((line) => /error/i.test(line) && !line.startsWith('{'))?.slice(0, 300);
	} catch {
		return undefined;
	}
}

/** A started engine process as far as its starter cares. */
class Child {
	exited = false;
	failed = false;

	constructor(
		process: ChildProcess,
		/** Where this process's part of the log begins. */
		readonly logStart: number,
	) {
		process.once('error', () => this.#end(1));
		process.once('exit', (code) => this.#end(code ?? 1));
	}

	#end(code: number): void {
		this.exited = true;
		this.failed = code !== 0;
	}
}
