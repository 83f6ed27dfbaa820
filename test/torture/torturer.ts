import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Durations, strike, type Phase } from './aims';
import type { Dump } from './calls';
import { checkCounts, checkSearches, checkWords, Recall } from './checks';
import type { IndexType } from './index-types';
import { Ledger } from './ledger';
import { Load } from './load';
import type { Random } from './random';
import { Workload } from './workload';
import { WriterProcess } from './writer-process';

const NAME = 'photos';

export interface TorturerOptions {
	type: IndexType;
	/** Everything is under it; `before-restart` is the index as the last kill left it. */
	folder: string;
	photos: number;
	random: Random;
}

export interface Outcome {
	type: string;
	/** By what was hit. */
	kills: Partial<Record<Phase, number>>;
	/** Calls that changed something and were acknowledged. */
	acknowledged: number;
	/** Calls under way at a kill that had happened. */
	unacknowledged: number;
	/** Photos in the index at the end. */
	photos: number;
	recall: number;
}

/** Kills writers of one index, one after the other, and looks at what each leaves. */
export class Torturer {
	readonly #type: IndexType;
	readonly #dataDir: string;
	readonly #before: string;
	readonly #random: Random;
	readonly #workload: Workload;
	readonly #ledger = new Ledger();
	readonly #durations = new Durations();
	readonly #recall = new Recall();
	readonly #kills: Partial<Record<Phase, number>> = {};
	#unacknowledged = 0;
	#writer: WriterProcess | undefined;

	constructor({ type, folder, photos, random }: TorturerOptions) {
		this.#type = type;
		this.#dataDir = join(folder, 'data');
		this.#before = join(folder, 'before-restart');
		this.#random = random;
		this.#workload = new Workload(random, photos);
		mkdirSync(this.#indexFolder, { recursive: true });
	}

	/** One kill. The check of what it left is the beginning of the next, or {@link finish}. */
	async kill(phase: Phase): Promise<Phase> {
		const writer = this.#start();
		if (phase !== 'opening') await this.#check(writer);
		const target = {
			...{ writer, random: this.#random, durations: this.#durations, folder: this.#indexFolder },
			load: new Load({
				...{ writer, ledger: this.#ledger, workload: this.#workload },
				...{ random: this.#random, recall: this.#recall },
			}),
		};
		const hit = await strike(phase, target);
		this.#kills[hit] = (this.#kills[hit] ?? 0) + 1;
		rmSync(this.#before, { recursive: true, force: true });
		cpSync(this.#indexFolder, this.#before, { recursive: true });
		return hit;
	}

	/** Looks at what the last kill left, closes in order, and looks once more. */
	async finish(): Promise<Outcome> {
		for (let look = 1; look <= 2; look++) {
			const writer = this.#start();
			await this.#check(writer);
			await writer.ask({ do: 'close' });
			await writer.end();
		}
		const recall = this.#recall.share;
		if (recall < this.#type.recall) throw new Error(`${this.#type.name}: recall is only ${recall}`);
		return {
			type: this.#type.name,
			kills: this.#kills,
			acknowledged: this.#ledger.acknowledged,
			unacknowledged: this.#unacknowledged,
			photos: this.#ledger.model.photos.size,
			recall,
		};
	}

	/** After a failure: the writer must not outlive us. */
	async abandon(): Promise<void> {
		if (this.#writer?.state !== 'ended') await this.#writer?.kill();
	}

	get #indexFolder(): string {
		return join(this.#dataDir, 'indexes', NAME);
	}

	#start(): WriterProcess {
		const { options } = this.#type;
		return (this.#writer = new WriterProcess({ dataDir: this.#dataDir, name: NAME, options }));
	}

	async #check(writer: WriterProcess): Promise<void> {
		await writer.opened();
		const dump = await writer.ask<Dump>({ do: 'dump' });
		this.#unacknowledged += this.#ledger.reconcile(dump);
		checkCounts(dump);
		await checkWords(writer, this.#ledger.settled);
		await checkSearches(writer, this.#ledger.settled, this.#random, this.#recall);
	}
}
