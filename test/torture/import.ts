import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Durations, killDuring } from './aims';
import type { Dump, Write } from './calls';
import { checkCounts, checkInvariants, checkWords } from './checks';
import { prefixOf } from './mismatch';
import { Model } from './model';
import type { Outcome, Series } from './outcome';
import { plainPhoto } from './plain-photo';
import type { Random } from './random';
import { WriterProcess } from './writer-process';

/** Kills writers that import an export: whole photos must be left, and the same import brings the rest. */
export class ImportTorturer implements Series {
	readonly #random: Random;
	readonly #dataDir: string;
	readonly #file: string;
	/** What the import does, one write a line. */
	readonly #writes: Write[];
	readonly #durations = new Durations();
	#writer: WriterProcess | undefined;
	#exported = false;
	#hits = 0;
	#misses = 0;

	constructor({ folder, photos, random }: { folder: string; photos: number; random: Random }) {
		this.#random = random;
		this.#dataDir = join(folder, 'data');
		this.#file = join(folder, 'export.jsonl');
		const entries = Array.from({ length: photos }, (_, n) => plainPhoto(n));
		this.#writes = [
			...(['image', 'text'] as const).map((kind): Write => {
				const { model, dimension } = entries[0]![kind]!;
				return { do: 'begin', kind, model, dimension, activateWhenComplete: false };
			}),
			...entries.map((entry): Write => ({ do: 'upsert', photos: [entry] })),
		];
	}

	async kill(): Promise<void> {
		if (!this.#exported) await this.#export();
		rmSync(this.#dataDir, { recursive: true, force: true });
		const writer = await this.#open();
		const sent = writer.send({ do: 'import', file: this.#file });
		const { durations, random } = { durations: this.#durations, random: this.#random };
		await killDuring({ writer, durations, random }, 'import', sent);
		if (sent.ended) this.#misses++;
		else this.#hits++;
		await this.#check(sent.ended ? this.#writes.length : 0);
	}

	async finish(): Promise<Outcome> {
		return {
			...{ index: 'of an import', kills: { import: this.#hits, idle: this.#misses } },
			...{ acknowledged: 0, unacknowledged: 0, backups: 0 },
			...{ photos: this.#writes.length - 2, recall: 1 },
		};
	}

	async abandon(): Promise<void> {
		if (this.#writer && this.#writer.state !== 'ended') await this.#writer.kill();
	}

	async #open(): Promise<WriterProcess> {
		const dataDir = this.#dataDir;
		this.#writer = new WriterProcess({ dataDir, name: 'photos', options: {} });
		await this.#writer.opened();
		return this.#writer;
	}

	async #export(): Promise<void> {
		const writer = await this.#open();
		const photos = this.#writes.flatMap((write) => (write.do === 'upsert' ? write.photos : []));
		await writer.ask({ do: 'upsert', photos });
		await writer.ask({ do: 'export', file: this.#file });
		await writer.end();
		this.#exported = true;
	}

	/** @param atLeast writes that were acknowledged */
	async #check(atLeast: number): Promise<void> {
		const writer = await this.#open();
		prefixOf(await writer.ask<Dump>({ do: 'dump' }), new Model(), this.#writes, atLeast);
		await checkInvariants(writer);
		await writer.ask({ do: 'import', file: this.#file });
		const dump = await writer.ask<Dump>({ do: 'dump' });
		const model = new Model();
		for (const write of this.#writes) model.apply(write);
		prefixOf(dump, model, []);
		checkCounts(dump, model);
		await checkWords(writer, model);
		await checkInvariants(writer);
		await writer.end();
	}
}
