import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Durations, strike } from './aims';
import type { Dump } from './calls';
import { checkCounts, checkInvariants, checkSearches, checkWords, Recall } from './checks';
import type { IndexType } from './index-types';
import { Ledger, type Span } from './ledger';
import { Load } from './load';
import { prefixOf } from './mismatch';
import type { Outcome, Series } from './outcome';
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

/** Kills writers of one index, one after the other, and looks at what each leaves. */
export class Torturer implements Series {
	readonly #type: IndexType;
	readonly #folder: string;
	readonly #dataDir: string;
	readonly #before: string;
	readonly #random: Random;
	readonly #workload: Workload;
	readonly #ledger = new Ledger();
	readonly #durations = new Durations();
	readonly #recall = new Recall();
	readonly #kills: Outcome['kills'] = {};
	#next = 0;
	#unacknowledged = 0;
	#backups = 0;
	#writer: WriterProcess | undefined;

	constructor({ type, folder, photos, random }: TorturerOptions) {
		this.#type = type;
		this.#folder = folder;
		this.#dataDir = join(folder, 'data');
		this.#before = join(folder, 'before-restart');
		this.#random = random;
		this.#workload = new Workload(random, photos);
		mkdirSync(this.#indexFolder, { recursive: true });
	}

	async kill(): Promise<void> {
		const { phases } = this.#type;
		const phase = phases[this.#next++ % phases.length]!;
		const writer = this.#start();
		if (phase !== 'opening') await this.#check(writer);
		const load = new Load({
			...{ writer, ledger: this.#ledger, workload: this.#workload },
			...{ random: this.#random, recall: this.#recall },
		});
		const struck = await strike(phase, {
			...{ writer, load, ledger: this.#ledger, workload: this.#workload },
			...{ random: this.#random, durations: this.#durations },
			...{ folder: this.#indexFolder, backupFile: this.#backupFile },
		});
		this.#kills[struck.hit] = (this.#kills[struck.hit] ?? 0) + 1;
		rmSync(this.#before, { recursive: true, force: true });
		cpSync(this.#indexFolder, this.#before, { recursive: true });
		if (struck.backup) await this.#checkBackup(struck.backup);
	}

	/** Closes in order, too, and looks once more. */
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
			index: this.#type.name,
			kills: this.#kills,
			acknowledged: this.#ledger.acknowledged,
			unacknowledged: this.#unacknowledged,
			backups: this.#backups,
			photos: this.#ledger.model.photos.size,
			recall,
		};
	}

	async abandon(): Promise<void> {
		if (this.#writer?.state !== 'ended') await this.#writer?.kill();
	}

	/** A backup that is there under its name is complete, whether or not that was acknowledged. */
	async #checkBackup(span: Span): Promise<void> {
		if (!existsSync(this.#backupFile)) return;
		const dataDir = join(this.#folder, 'restored');
		const folder = join(dataDir, 'indexes', NAME);
		rmSync(dataDir, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		renameSync(this.#backupFile, join(folder, 'photos.db'));
		const writer = this.#start(dataDir);
		await writer.opened();
		prefixOf(await writer.ask<Dump>({ do: 'dump' }), span.model, span.writes);
		await checkInvariants(writer);
		await writer.end();
		this.#backups++;
	}

	get #indexFolder(): string {
		return join(this.#dataDir, 'indexes', NAME);
	}

	get #backupFile(): string {
		return join(this.#folder, 'backup.db');
	}

	#start(dataDir = this.#dataDir): WriterProcess {
		const { options } = this.#type;
		return (this.#writer = new WriterProcess({ dataDir, name: NAME, options }));
	}

	async #check(writer: WriterProcess): Promise<void> {
		await writer.opened();
		const dump = await writer.ask<Dump>({ do: 'dump' });
		this.#unacknowledged += this.#ledger.reconcile(dump);
		checkCounts(dump, this.#ledger.settled);
		await checkInvariants(writer);
		await checkWords(writer, this.#ledger.settled);
		await checkSearches(writer, this.#ledger.settled, this.#random, this.#recall);
	}
}
