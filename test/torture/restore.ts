import assert from 'node:assert/strict';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Durations, killDuring } from './aims';
import type { Dump } from './calls';
import { checkCounts, checkInvariants, checkSearches, checkWords, Recall } from './checks';
import { prefixOf } from './mismatch';
import { Model } from './model';
import type { Outcome, Series } from './outcome';
import { plainPhoto } from './plain-photo';
import type { Random } from './random';
import { WriterProcess } from './writer-process';

const NAME = 'photos';

/** Kills writers that put a backup in the place of an index: one of the two must be there, whole. */
export class RestoreTorturer implements Series {
	readonly #random: Random;
	readonly #dataDir: string;
	/** The data folder with the index that makes way. */
	readonly #old: string;
	readonly #backup: string;
	readonly #inPlace = new Model();
	readonly #inBackup = new Model();
	readonly #photos: number;
	readonly #durations = new Durations();
	readonly #recall = new Recall();
	#writer: WriterProcess | undefined;
	#isPrepared = false;
	/** Whether one of the restores since the folder was renewed was. */
	#isAcknowledged = false;
	#hits = 0;
	#misses = 0;

	/** @param options half of the photos are in the backup, half in the index that makes way */
	constructor({ folder, photos, random }: { folder: string; photos: number; random: Random }) {
		this.#random = random;
		this.#photos = photos;
		this.#dataDir = join(folder, 'data');
		this.#old = join(folder, 'old');
		this.#backup = join(folder, 'backup.db');
	}

	async kill(): Promise<void> {
		if (!this.#isPrepared) await this.#prepare();
		const writer = await this.#open();
		const sent = writer.send({ do: 'restore', file: this.#backup });
		const { durations, random } = { durations: this.#durations, random: this.#random };
		await killDuring({ writer, durations, random }, 'restore', sent);
		if (sent.ended) {
			assert.deepEqual(sent.ended, { answer: this.#inBackup.photos.size });
			this.#misses++;
			this.#isAcknowledged = true;
		} else this.#hits++;
		// Some are killed twice before anybody looks.
		if (random.chance(0.3)) return;
		await this.#check();
		this.#renew();
	}

	async finish(): Promise<Outcome> {
		await this.#check();
		return {
			...{ index: 'of a backup', kills: { restore: this.#hits, idle: this.#misses } },
			...{ acknowledged: 0, unacknowledged: 0, backups: 0 },
			...{ photos: this.#inPlace.photos.size, recall: this.#recall.share },
		};
	}

	async abandon(): Promise<void> {
		if (this.#writer && this.#writer.state !== 'ended') await this.#writer.kill();
	}

	async #open(dataDir = this.#dataDir): Promise<WriterProcess> {
		this.#writer = new WriterProcess({ dataDir, name: NAME, options: {} });
		await this.#writer.opened();
		return this.#writer;
	}

	/** What the backup holds comes first; then all of it is deleted, and others are there instead. */
	async #prepare(): Promise<void> {
		const writer = await this.#open(this.#old);
		const photos = Array.from({ length: this.#photos }, (_, n) => plainPhoto(n));
		const first = photos.slice(0, this.#photos / 2);
		await writer.ask({ do: 'upsert', photos: first });
		this.#inBackup.apply({ do: 'upsert', photos: first });
		await writer.ask({ do: 'backup', file: this.#backup });
		await writer.ask({ do: 'delete', ids: first.map(({ id }) => id) });
		const second = photos.slice(this.#photos / 2);
		await writer.ask({ do: 'upsert', photos: second });
		this.#inPlace.apply({ do: 'upsert', photos: second });
		await writer.end();
		this.#isPrepared = true;
		this.#renew();
	}

	#renew(): void {
		this.#isAcknowledged = false;
		rmSync(this.#dataDir, { recursive: true, force: true });
		cpSync(this.#old, this.#dataDir, { recursive: true });
	}

	async #check(): Promise<void> {
		const writer = await this.#open();
		const dump = await writer.ask<Dump>({ do: 'dump' });
		const isOfBackup = dump.photos.some(({ id }) => this.#inBackup.photos.has(id));
		const model = this.#isAcknowledged || isOfBackup ? this.#inBackup : this.#inPlace;
		prefixOf(dump, model, []);
		checkCounts(dump, model);
		await checkInvariants(writer);
		await checkWords(writer, model);
		await checkSearches(writer, model, this.#random, this.#recall);
		await writer.end();
		assert.deepEqual(readdirSync(join(this.#dataDir, 'indexes')), [NAME], 'something is left over');
	}
}
