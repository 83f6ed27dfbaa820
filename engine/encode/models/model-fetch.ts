import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asEngineError, EngineError } from '../../errors';
import { formatBytes, formatDuration } from '../../format';
import { asStorageError } from './disk-space';
import { DownloadLock, readSharedProgress } from './download-lock';
import {
	describeTransfer,
	DownloadProgress,
	ProgressLog,
	type Transfer,
} from './download-progress';
import type { HubClient } from './hub-client';
import { downloadModel } from './hub-download';
import type { CatalogueEntry } from './model-catalogue';
import { readManifest, verifyModel } from './model-integrity';

/** How often others learn of our progress, and we of theirs. */
const SHARE_MS = 500;
/** A holder of the lock that says nothing for so long hangs, or stands on a file system without locks. */
const SILENT_MS = 5 * 60_000;

export interface ModelFetchOptions {
	entry: CatalogueEntry & { repository: string };
	modelsDir: string;
	hub: HubClient;
	log: (message: string) => void;
}

/**
 * One model on its way into the models folder, by this process or by another one that shares the
 * folder. Starts at once and never rejects: `failure` says how it ended.
 */
export class ModelFetch {
	readonly #options: ModelFetchOptions;
	readonly #progress: DownloadProgress;
	readonly #stop = new AbortController();
	/** Progress of the process that downloads, if it is not this one. */
	#others: Transfer | undefined;
	/** What went wrong last, and how much was there then: more has come since, and it is over. */
	#problem: { message: string; received: number } | undefined;
	#failure: EngineError | undefined;
	#hasBrought = false;
	/** Resolves when it has ended, well or not. */
	readonly ended: Promise<void>;

	constructor(options: ModelFetchOptions) {
		this.#options = options;
		this.#progress = new DownloadProgress(options.entry.downloadBytes);
		this.ended = this.#run();
	}

	get entry(): CatalogueEntry {
		return this.#options.entry;
	}

	get transfer(): Transfer {
		return this.#others ?? this.#progress.at(performance.now());
	}

	/** What went wrong last, while the next try is awaited. */
	get problem(): string | undefined {
		if (this.#problem && this.transfer.received > this.#problem.received) this.#problem = undefined;
		return this.#problem?.message;
	}

	/** Why it ended without a model; undefined while it runs, after a success and after `cancel`. */
	get failure(): EngineError | undefined {
		return this.#failure;
	}

	/** Whether files came, by this process: what was there before was not whole. */
	get hasBrought(): boolean {
		return this.#hasBrought;
	}

	/** What has arrived is kept for the next time. */
	cancel(): void {
		this.#stop.abort(new EngineError('CANCELLED', 'The download was stopped.'));
	}

	async #run(): Promise<void> {
		const { entry, modelsDir, log } = this.#options;
		const { signal } = this.#stop;
		try {
			let lock = this.#acquire();
			if (!lock) {
				log(`model ${entry.id}: another process downloads it into ${modelsDir}; waiting for it`);
				lock = await this.#follow();
			}
			lock.publish(this.transfer);
			const sharing = setInterval(() => lock.publish(this.transfer), SHARE_MS);
			try {
				if (await this.#isComplete()) log(`model ${entry.id} is there and intact`);
				else await this.#download();
			} finally {
				clearInterval(sharing);
				lock.release();
			}
		} catch (error) {
			if (signal.aborted) {
				log(`model ${entry.id}: download stopped; what has arrived is kept`);
				return;
			}
			this.#failure = asEngineError(error);
			log(`model ${entry.id}: ${this.#failure.message}`);
		}
	}

	#acquire(): DownloadLock | undefined {
		const { modelsDir, entry } = this.#options;
		try {
			return DownloadLock.acquire(modelsDir, entry.id);
		} catch (error) {
			const known = asStorageError(error, modelsDir);
			if (known instanceof EngineError) throw known;
			throw new EngineError(
				'MODEL_DOWNLOAD_FAILED',
				`The engine cannot use ${modelsDir} for models (${(error as Error).message}). Make it writable, or set another folder in SEMANTIC_IMAGE_SEARCH_MODELS.`,
				undefined,
				{ cause: error },
			);
		}
	}

	/** Waits for the lock, showing what its holder says. */
	async #follow(): Promise<DownloadLock> {
		const { modelsDir, entry } = this.#options;
		let heard = '';
		let heardAt = Date.now();
		for (;;) {
			await sleep(SHARE_MS, undefined, { signal: this.#stop.signal });
			const lock = this.#acquire();
			if (lock) {
				this.#others = undefined;
				return lock;
			}
			const shared = readSharedProgress(modelsDir, entry.id);
			this.#others = shared?.transfer;
			// By what it says, not by when: on another host the clock may be wrong.
			if (JSON.stringify(shared) !== heard) {
				heard = JSON.stringify(shared);
				heardAt = Date.now();
			}
			if (Date.now() - heardAt > SILENT_MS) {
				throw new EngineError(
					'MODEL_DOWNLOAD_FAILED',
					`Another process${shared ? ` (${shared.pid})` : ''} has begun to download the model ${entry.id} into ${modelsDir} and does not go on. End it; if there is none, the file system does not support locks: choose a local folder in SEMANTIC_IMAGE_SEARCH_MODELS.`,
				);
			}
		}
	}

	/** Another process may have brought it while we waited; a folder that is to be mended is not whole. */
	async #isComplete(): Promise<boolean> {
		const { modelsDir, entry } = this.#options;
		const dir = path.join(modelsDir, entry.id);
		if (!existsSync(dir) || readdirSync(dir).length === 0) return false;
		const manifest = readManifest(dir);
		if (!manifest) {
			throw new EngineError(
				'MODEL_DOWNLOAD_FAILED',
				`${dir} was not made by a download, so it is left alone. Complete it with the files of ${entry.repository}, or move it away to have the model ${entry.id} downloaded.`,
			);
		}
		const checked = await verifyModel(dir, manifest, this.#stop.signal);
		return checked.every(({ problem }) => problem === undefined);
	}

	async #download(): Promise<void> {
		const { entry, modelsDir, hub, log } = this.#options;
		const lines = new ProgressLog(performance.now());
		const started = performance.now();
		log(
			`downloading model ${entry.id} (${formatBytes(entry.downloadBytes ?? 0)}) from ${entry.repository}`,
		);
		const reporting = setInterval(() => {
			const now = performance.now();
			const transfer = this.#progress.at(now);
			if (lines.isDue(transfer, now)) log(`model ${entry.id}: ${describeTransfer(transfer)}`);
		}, SHARE_MS);
		try {
			await downloadModel({
				hub,
				repository: entry.repository,
				revision: entry.revision ?? 'main',
				layout: entry.layout,
				known: entry.files,
				dir: path.join(modelsDir, entry.id),
				progress: this.#progress,
				signal: this.#stop.signal,
				onRetry: ({ message }) => {
					this.#problem = { message, received: this.transfer.received };
					log(`model ${entry.id}: ${message} Trying again.`);
				},
			});
			this.#hasBrought = true;
		} finally {
			clearInterval(reporting);
		}
		const seconds = (performance.now() - started) / 1000;
		const { received } = this.transfer;
		log(
			`model ${entry.id} is complete: ${formatBytes(received)} in ${formatDuration(seconds)} (${formatBytes(received / seconds)}/s)`,
		);
	}
}
