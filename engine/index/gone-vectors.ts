import { messageOf } from '../errors';
import type { IndexLogger } from './index-logger';
import { turns } from './vectors/background-threads';

/** After an attempt that failed: a full disk, say, or a backup that holds the database. */
const RETRY_MS = 60_000;

export interface GoneVectorsOptions {
	indexName: string;
	/** Deletes a few; whether there may be more. */
	step(): Promise<boolean>;
	logger: IndexLogger;
}

/** Vectors of generations that are gone: deleted a few at a time, between everybody else's writes. */
export class GoneVectors {
	readonly #options: GoneVectorsOptions;
	#running: Promise<void> | undefined;
	/** There may be more than those that are being deleted. */
	#more = false;
	#ended = false;
	#retry: NodeJS.Timeout | undefined;

	constructor(options: GoneVectorsOptions) {
		this.#options = options;
	}

	/** Deletes what there is, in the background. */
	begin(): void {
		if (this.#ended) return;
		this.#more = true;
		this.#running ??= this.#run();
	}

	/** Stops after the piece that is under way; the rest goes at the next start. Never throws. */
	async end(): Promise<void> {
		this.#ended = true;
		clearTimeout(this.#retry);
		await this.#running;
	}

	async #run(): Promise<void> {
		clearTimeout(this.#retry);
		const { indexName, step, logger } = this.#options;
		try {
			while (this.#more && !this.#ended) {
				this.#more = false;
				while (!this.#ended && (await turns.take(step)));
			}
		} catch (error) {
			const reason = messageOf(error);
			logger.warn(`index "${indexName}": dropped vectors are deleted later: ${reason}`);
			if (!this.#ended) this.#retry = setTimeout(() => this.begin(), RETRY_MS).unref();
		} finally {
			this.#running = undefined;
		}
	}
}
