import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeSchema1 } from '../index/schema-1';
import { Durations, moment } from './aims';
import type { Dump } from './calls';
import { checkCounts, checkInvariants, checkSearches, checkWords, Recall } from './checks';
import { vectorOf } from './keyed-vector';
import { prefixOf } from './mismatch';
import { Model } from './model';
import type { Outcome, Series } from './outcome';
import { plainPhoto } from './plain-photo';
import type { Random } from './random';
import { WriterProcess } from './writer-process';

/** How the index says that it has begun. */
const BEGINS = /schema 1 to/;

/** Kills writers that open an index of the first schema, and looks whether the next one can. */
export class MigrationTorturer implements Series {
	readonly #random: Random;
	readonly #old: string;
	readonly #dataDir: string;
	readonly #model = new Model();
	readonly #durations = new Durations();
	readonly #recall = new Recall();
	#writer: WriterProcess | undefined;
	#hits = 0;
	#misses = 0;

	constructor({ folder, photos, random }: { folder: string; photos: number; random: Random }) {
		this.#random = random;
		this.#old = join(folder, 'old');
		this.#dataDir = join(folder, 'data');
		mkdirSync(this.#old);
		const entries = Array.from({ length: photos }, (_, n) => plainPhoto(n));
		writeSchema1(
			this.#old,
			entries.map(({ id, title, tags, metadata, image, text }) => ({
				...{ id, title: title!, tags: tags!, metadata },
				...(image ? { image: vectorOf(image) } : {}),
				...(text ? { text: vectorOf(text) } : {}),
			})),
		);
		this.#model.apply({ do: 'upsert', photos: entries });
		this.#renew();
	}

	/** One kill; a migration that came through is looked at, and the next begins with another. */
	async kill(): Promise<void> {
		const writer = this.#start();
		const begun = () => writer.state === 'open' || writer.log.some(({ text }) => BEGINS.test(text));
		await writer.until(begun, 'opening');
		const since = performance.now();
		const opened = writer.opened().then(() => {
			this.#durations.add('opening', performance.now() - since);
		});
		// Killed, it never opens.
		opened.catch(() => {});
		const ms = this.#durations.moment('opening', this.#random);
		await Promise.race([opened, moment(ms)]);
		const hit = writer.state !== 'open';
		await writer.kill();
		if (hit) this.#hits++;
		else this.#misses++;
		// Some are killed twice before one comes through.
		if (hit && this.#random.chance(0.3)) return;
		await this.#check();
		this.#renew();
	}

	async finish(): Promise<Outcome> {
		await this.#check();
		const kills = { migration: this.#hits, ...(this.#misses > 0 ? { idle: this.#misses } : {}) };
		return {
			...{ index: 'of schema 1', kills, acknowledged: 0, unacknowledged: 0, backups: 0 },
			...{ photos: this.#model.photos.size, recall: this.#recall.share },
		};
	}

	async abandon(): Promise<void> {
		if (this.#writer && this.#writer.state !== 'ended') await this.#writer.kill();
	}

	#start(): WriterProcess {
		const dataDir = this.#dataDir;
		return (this.#writer = new WriterProcess({ dataDir, name: 'photos', options: {} }));
	}

	#renew(): void {
		rmSync(this.#dataDir, { recursive: true, force: true });
		cpSync(this.#old, this.#dataDir, { recursive: true });
	}

	async #check(): Promise<void> {
		const writer = this.#start();
		await writer.opened();
		const dump = await writer.ask<Dump>({ do: 'dump' });
		prefixOf(dump, this.#model, []);
		checkCounts(dump, this.#model);
		await checkInvariants(writer);
		await checkWords(writer, this.#model);
		await checkSearches(writer, this.#model, this.#random, this.#recall);
		await writer.end();
	}
}
