import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { MODEL } from './model-files';
import type { Told } from './fetch-model';

/** A process of its own that fetches a model; see fetch-model.ts. */
export class ModelFetcher {
	readonly told: Told[] = [];
	readonly #process: ChildProcess;
	readonly #ended: Promise<unknown>;

	constructor(env: Record<string, string>) {
		const { PATH } = process.env;
		this.#process = spawn(process.execPath, [path.join(__dirname, 'fetch-model.js'), MODEL], {
			// Nothing of the machine's own proxies and tokens.
			env: { PATH, ...env },
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		createInterface({ input: this.#process.stdout! }).on('line', (line) =>
			this.told.push(JSON.parse(line) as Told),
		);
		this.#ended = once(this.#process, 'close');
	}

	get pid(): number {
		return this.#process.pid!;
	}

	/** How it ended. */
	async end(): Promise<Told | undefined> {
		await this.#ended;
		return this.told.find(({ end }) => end !== undefined);
	}

	/** As a power cut or an out-of-memory kill would. */
	async kill(): Promise<void> {
		this.#process.kill('SIGKILL');
		await this.#ended;
	}

	get log(): string {
		return this.told.flatMap(({ log }) => log ?? []).join('\n');
	}

	get received(): number {
		return Math.max(0, ...this.told.map(({ received }) => received ?? 0));
	}
}
