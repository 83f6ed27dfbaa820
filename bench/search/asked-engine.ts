import { setTimeout as sleep } from 'node:timers/promises';
import { EngineClient } from '../../engine/client';
import type { SearchRequest, SearchResponse } from '../../engine/service/contract';
import { gone } from '../../test/harness/engine';
import { residentBytes } from '../support/resident';
import { timed } from '../support/timing';
import { INDEX, type PreparedModel } from './prepare';

/** Between the end of an engine and the next start. */
const PAUSE_MS = 500;

/** What a channel that did not take part says in the hints. */
const SILENT_CHANNEL = /searched by keyword only|was not searched/;

/** An engine as n8n starts it, and whole searches through its HTTP API on one kept connection. */
export class AskedEngine {
	readonly client: EngineClient;
	readonly #ollama: { url: string };
	#runs = false;

	/** Starts nothing yet: the first call does. Settings go through this process's environment. */
	constructor(dataDir: string, model: PreparedModel, ollamaUrl: string) {
		Object.assign(process.env, {
			SEMANTIC_IMAGE_SEARCH_MODEL: model.id,
			SEMANTIC_IMAGE_SEARCH_MODELS: model.modelsDir,
			SEMANTIC_IMAGE_SEARCH_PRECISION: 'int8',
			SEMANTIC_IMAGE_SEARCH_IDLE_MINUTES: '2',
		});
		this.client = new EngineClient({ kind: 'local', dataDir });
		this.#ollama = { url: ollamaUrl };
	}

	/**
	 * From the question to the parsed answer, in milliseconds.
	 *
	 * @throws Error where a channel was left out: its time would be missing
	 */
	async search(request: SearchRequest): Promise<[SearchResponse, number]> {
		const question = { ...request, ollama: this.#ollama, explain: true };
		this.#runs = true;
		const [answer, ms] = await timed(() => this.client.search(INDEX, question));
		const silent = answer.hints.find((hint) => SILENT_CHANNEL.test(hint));
		if (silent) throw new Error(`"${request.text}": ${silent}`);
		return [answer, ms];
	}

	async embed(text: string): Promise<void> {
		this.#runs = true;
		await this.client.embedText({ text });
	}

	/** From no process to the end of the work, in milliseconds; files in the page cache. */
	async cold(work: () => Promise<unknown>): Promise<number> {
		await this.stop();
		await sleep(PAUSE_MS);
		const [, ms] = await timed(work);
		return ms;
	}

	/** All that is resident, and what of it is in no file: the database is read through a mapping. */
	async memory(): Promise<{ rssMb: number; ownMb: number }> {
		const { pid } = await this.client.health();
		const [all, own] = [
			await residentBytes(this.client, pid!),
			await residentBytes(this.client, pid!, ['RssAnon', 'RssShmem']),
		];
		return { rssMb: all / 2 ** 20, ownMb: own / 2 ** 20 };
	}

	async stop(): Promise<void> {
		// To ask one that does not run would start it.
		if (!this.#runs) return;
		this.#runs = false;
		const { pid } = await this.client.health();
		await this.client.shutdown();
		await gone(pid!);
	}
}
