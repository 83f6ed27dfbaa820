import { existsSync, statSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../errors';
import { asStorageError, sizeOf } from './disk-space';
import { DownloadLock } from './download-lock';
import { shareOf, type Transfer } from './download-progress';
import { HubClient, type HubOptions } from './hub-client';
import { partialFolder } from './hub-download';
import { CATALOGUE, findModel, type CatalogueEntry } from './model-catalogue';
import { downloading, notOnDisk, offline, preparing, unknownModel } from './model-errors';
import { ModelFetch } from './model-fetch';
import { readModelFolder, type ModelFolder } from './model-folder';
import { readManifest, requireIntact, verifyModel, type CheckedFile } from './model-integrity';

export interface ModelStoreOptions {
	/** Models that ship with the package. */
	bundledDir: string;
	/** Downloaded models, and those a user put there: one folder per model, named by its id. */
	modelsDir: string;
	/** Id of the model used where a request names none. */
	defaultModel: string;
	/** Runs models that are too slow for a CPU, too. */
	allowLarge?: boolean;
	/** Never ask the hub: what is not in the models folder is not there. */
	offline?: boolean;
	hub: HubOptions;
	log?: (message: string) => void;
	preparer?: ModelPreparer;
}

/**
 * What stands between a complete folder and its use: making other graphs of it, for example. It
 * works in the background; nothing here waits for it.
 */
export interface ModelPreparer {
	/** The folder with the files to load, or how far the work on them is, begun by this call if need be. */
	prepare(id: string, folder: ModelFolder): { ready: ModelFolder } | Preparation;
	/** What `prepare` would answer, without beginning anything; undefined: nothing is under way. */
	underWay(id: string): Preparation | undefined;
	/** The model's files are gone, or others than they were: what was made of them must go. */
	forget(id: string): Promise<void>;
	/** Where what was made of a model lies. */
	folderOf(id: string): string;
	/** In what precision a model runs; undefined while that is open. Begins nothing. */
	precisionOf(id: string, folder: ModelFolder): Precision | undefined;
	/** Why a model could not be prepared and is used as it is. */
	problemOf(id: string, folder: ModelFolder): string | undefined;
}

/** `mixed`: one tower in 8 bits, one in 32. */
export type Precision = 'fp32' | 'int8' | 'mixed';

export interface Preparation {
	/** 0…1 */
	progress: number;
	secondsLeft?: number;
}

export interface ModelStatus {
	id: string;
	title: string;
	imageSize: number;
	dimension: number;
	state: 'available' | 'downloading' | 'preparing' | 'remote' | 'broken';
	/** While downloading or preparing, 0…1. */
	progress?: number;
	/** While downloading. */
	transfer?: Transfer;
	/** While preparing. */
	secondsLeft?: number;
	/** Why it is broken, why the last download failed, or why the running one is trying again. */
	problem?: string;
	/** What it runs in; absent unless it is on disk and that is decided. */
	precision?: Precision;
	/** What it occupies, half-downloaded or whole, with all that was made of it. */
	diskBytes: number;
}

export interface Verification {
	id: string;
	dir: string;
	/** Empty for a folder that no download made: there is nothing to hold it against. */
	files: CheckedFile[];
}

/** A folder that was read, and the sizes and times of its towers then. */
interface Known {
	folder: ModelFolder;
	stamp: string;
}

/** Ids become folder names. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

type RemoteEntry = CatalogueEntry & { repository: string };

/** Knows every model and where its files are; fetches a missing one in the background. */
export class ModelStore {
	readonly #known = new Map<string, Known>();
	readonly #fetches = new Map<string, ModelFetch>();
	/** Told to the next caller, whose call begins the next try: never remembered for ever. */
	readonly #failures = new Map<string, EngineError>();
	readonly #options: ModelStoreOptions;
	readonly #hub: HubClient;

	constructor(options: ModelStoreOptions) {
		this.#options = options;
		this.#hub = new HubClient(options.hub);
	}

	get defaultModel(): string {
		return this.#options.defaultModel;
	}

	/** Whether files of it are there, so that {@link resolve} downloads nothing. */
	has(id: string): boolean {
		return this.#directory(id) !== undefined;
	}

	get downloading(): boolean {
		return this.#fetches.size > 0;
	}

	/**
	 * The files of a model, or a prompt `MODEL_NOT_READY` while they arrive.
	 *
	 * @throws EngineError `MODEL_UNKNOWN`, `MODEL_TOO_LARGE`, `MODEL_NOT_READY`, `MODEL_OFFLINE`,
	 *   `MODEL_BROKEN`, `MODEL_DOWNLOAD_FAILED`
	 */
	resolve(id: string): ModelFolder {
		const dir = this.#directory(id);
		const running = this.#fetches.get(id);
		if (dir) {
			try {
				return this.#prepared(id, this.#read(id, dir));
			} catch (error) {
				// A broken one that is being mended is on its way.
				if (!running || (error as EngineError).code !== 'MODEL_BROKEN') throw error;
			}
		}
		const entry = this.#remoteEntry(id);
		const fetch = running ?? this.#start(entry);
		const failure = this.#failures.get(id);
		if (failure) {
			this.#failures.delete(id);
			throw failure;
		}
		throw downloading(id, fetch);
	}

	/** All models of the catalogue, and those a user put into the models folder. */
	async list(): Promise<ModelStatus[]> {
		const { modelsDir } = this.#options;
		// Large variants are in no list, except while they come.
		const coming = [...this.#fetches.values()].map(({ entry }) => entry);
		const listed = await Promise.all(
			[...new Set([...CATALOGUE, ...coming])].map((entry) => this.#status(entry)),
		);
		const names = existsSync(modelsDir) ? await readdir(modelsDir) : [];
		for (const id of names.sort()) {
			if (listed.some((model) => model.id === id)) continue;
			const dir = this.#directory(id);
			if (!dir) continue;
			try {
				const { pixels, dimension = 0 } = this.#read(id, dir);
				const { imageSize } = pixels;
				listed.push(await this.#status({ id, title: `${id} (local)`, imageSize, dimension }));
			} catch {
				// A folder that is no model is not offered; asking for it by name says why.
			}
		}
		return listed;
	}

	/** @throws EngineError `MODEL_UNKNOWN` */
	async status(id: string): Promise<ModelStatus> {
		const found = (await this.list()).find((model) => model.id === id);
		if (!found) throw unknownModel(id, this.#options.modelsDir);
		return found;
	}

	/**
	 * Begins to download a model, or to check every byte of one that is there and fetch what is
	 * wrong. Does nothing while that is under way.
	 *
	 * @throws EngineError `MODEL_UNKNOWN`, `MODEL_TOO_LARGE`, `MODEL_OFFLINE`
	 */
	download(id: string): void {
		if (this.#directory(id) && !this.#entry(id)?.repository) return;
		const entry = this.#remoteEntry(id);
		if (!this.#fetches.has(id)) this.#start(entry);
		this.#failures.delete(id);
	}

	/** Stops a download; what has arrived is kept. Resolves when it has ended. */
	async cancel(id: string): Promise<void> {
		const fetch = this.#fetches.get(id);
		fetch?.cancel();
		await fetch?.ended;
	}

	/**
	 * Recomputes the checksums of a downloaded model. One that is wrong is not loaded any more.
	 *
	 * @throws EngineError `MODEL_UNKNOWN`, `MODEL_TOO_LARGE`, `NOT_FOUND` if it is not on the disk,
	 *   `MODEL_NOT_READY` while it is being downloaded, `MODEL_BROKEN` if it cannot even be read as a
	 *   model
	 */
	async verify(id: string, signal?: AbortSignal): Promise<Verification> {
		const fetch = this.#fetches.get(id);
		if (fetch) throw downloading(id, fetch);
		const dir = this.#directory(id);
		if (!dir) throw this.#entry(id) ? notOnDisk(id) : unknownModel(id, this.#options.modelsDir);
		const manifest = readManifest(dir);
		this.#known.delete(id);
		if (manifest) return { id, dir, files: await verifyModel(dir, manifest, signal) };
		this.#read(id, dir);
		return { id, dir, files: [] };
	}

	/**
	 * Deletes a model's files, half-downloaded ones too. Returns the bytes that are free now.
	 *
	 * @param force also a folder that no download made
	 * @throws EngineError `MODEL_UNKNOWN`, `MODEL_TOO_LARGE`, `NOT_FOUND` if it is not on the disk,
	 *   `BAD_REQUEST` for a model that ships with the package or was put there by hand, `BUSY` while
	 *   another process downloads it, `MODEL_DOWNLOAD_FAILED` if the folder may not be written to
	 */
	async remove(id: string, { force = false } = {}): Promise<number> {
		await this.cancel(id);
		const { modelsDir } = this.#options;
		const dir = path.join(modelsDir, id);
		const folders = ID.test(id) ? [dir, partialFolder(dir)].filter(existsSync) : [];
		if (folders.length === 0) {
			if (this.#directory(id))
				throw new EngineError('BAD_REQUEST', `The model ${id} ships with the package and stays.`);
			throw this.#entry(id) ? notOnDisk(id) : unknownModel(id, this.#options.modelsDir);
		}
		if (existsSync(dir) && !readManifest(dir) && !force) {
			throw new EngineError(
				'BAD_REQUEST',
				`${dir} was not made by a download, so it could not be fetched again. Add force to delete it all the same.`,
			);
		}
		const lock = DownloadLock.acquire(modelsDir, id);
		if (!lock)
			throw new EngineError('BUSY', `Another process is downloading the model ${id} just now.`);
		try {
			const bytes = await sizeOf(this.#foldersOf(id, undefined));
			this.#known.delete(id);
			this.#failures.delete(id);
			for (const folder of folders) await rm(folder, { recursive: true, force: true });
			await this.#options.preparer?.forget(id);
			return bytes;
		} catch (error) {
			throw asStorageError(error, modelsDir);
		} finally {
			lock.release();
		}
	}

	/** Stops the downloads under way; what has arrived is kept. */
	async close(): Promise<void> {
		await Promise.all([...this.#fetches.keys()].map((id) => this.cancel(id)));
		await this.#hub.close();
	}

	/** Reads a folder once, and again after its towers changed under the running engine. */
	#read(id: string, dir: string): ModelFolder {
		const known = this.#known.get(id);
		if (known && stampOf(known.folder) === known.stamp) return known.folder;
		this.#known.delete(id);
		const manifest = readManifest(dir);
		if (manifest) requireIntact(id, dir, manifest);
		const { allowLarge } = this.#options;
		const logit = CATALOGUE.find((entry) => entry.id === id)?.logit;
		const folder = readModelFolder(dir, { allowLarge, logit });
		this.#known.set(id, { folder, stamp: stampOf(folder) });
		return folder;
	}

	#prepared(id: string, folder: ModelFolder): ModelFolder {
		const prepared = this.#options.preparer?.prepare(id, folder) ?? { ready: folder };
		if ('ready' in prepared) return prepared.ready;
		throw preparing(id, prepared);
	}

	/** Begins right after a download what the first request would have to wait for. */
	#prepareEarly(id: string): void {
		const dir = this.#directory(id);
		try {
			if (dir) this.#options.preparer?.prepare(id, this.#read(id, dir));
		} catch {
			// Whoever asks for the model is told.
		}
	}

	async #status(
		entry: Pick<CatalogueEntry, 'id' | 'title' | 'imageSize' | 'dimension'>,
	): Promise<ModelStatus> {
		const { id, title, imageSize, dimension } = entry;
		let dir: string | undefined;
		let diskBytes: number;
		// A download may end while its bytes are counted: one answer must not be of two moments.
		do {
			dir = this.#directory(id);
			diskBytes = await sizeOf(this.#foldersOf(id, dir));
		} while (this.#directory(id) !== dir);
		const status = { id, title, imageSize, dimension, diskBytes };
		const fetch = this.#fetches.get(id);
		if (fetch) {
			const { transfer, problem } = fetch;
			const progress = shareOf(transfer);
			return { ...status, state: 'downloading', progress, transfer, problem };
		}
		if (!dir) return { ...status, state: 'remote', problem: this.#failures.get(id)?.message };
		let folder: ModelFolder;
		try {
			folder = this.#read(id, dir);
		} catch (error) {
			return { ...status, state: 'broken', problem: (error as Error).message };
		}
		const { preparer } = this.#options;
		const preparation = preparer?.underWay(id);
		const precision = preparer ? preparer.precisionOf(id, folder) : 'fp32';
		return preparation
			? { ...status, state: 'preparing', ...preparation }
			: {
					...{ ...status, state: 'available', precision },
					problem: this.#failures.get(id)?.message ?? preparer?.problemOf(id, folder),
				};
	}

	/** All that belongs to a model on the disk. */
	#foldersOf(id: string, dir: string | undefined): string[] {
		const own = path.join(this.#options.modelsDir, id);
		const made = this.#options.preparer?.folderOf(id);
		return [...new Set([dir ?? own, partialFolder(own), ...(made ? [made] : [])])];
	}

	#directory(id: string): string | undefined {
		if (!ID.test(id) || id.endsWith('.partial')) return undefined;
		return [this.#options.modelsDir, this.#options.bundledDir]
			.map((parent) => path.join(parent, id))
			.find((dir) => existsSync(path.join(dir, 'config.json')));
	}

	#entry(id: string): CatalogueEntry | undefined {
		return findModel(id, this.#options);
	}

	/** @throws EngineError `MODEL_UNKNOWN`, `MODEL_TOO_LARGE`, `MODEL_OFFLINE` */
	#remoteEntry(id: string): RemoteEntry {
		const entry = this.#entry(id);
		if (!entry?.repository) throw unknownModel(id, this.#options.modelsDir);
		if (this.#options.offline) throw offline(entry, path.join(this.#options.modelsDir, id));
		return entry as RemoteEntry;
	}

	#start(entry: RemoteEntry): ModelFetch {
		const { id } = entry;
		const { modelsDir, log = () => {} } = this.#options;
		const fetch = new ModelFetch({ entry, modelsDir, hub: this.#hub, log });
		this.#fetches.set(id, fetch);
		void fetch.ended.then(async () => {
			// Made of files that were wrong, it is wrong, too.
			if (fetch.hasBrought) await this.#options.preparer?.forget(id).catch(() => undefined);
			this.#fetches.delete(id);
			this.#known.delete(id);
			if (fetch.failure) this.#failures.set(id, fetch.failure);
			else this.#prepareEarly(id);
		});
		return fetch;
	}
}

/** Changes when a tower is replaced, cut or removed. */
function stampOf({ visionModel, textModel }: ModelFolder): string {
	return [visionModel, textModel]
		.map((file) => statSync(file, { throwIfNoEntry: false }))
		.map((stats) => `${stats?.size} ${stats?.mtimeMs}`)
		.join();
}
