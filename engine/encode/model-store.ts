import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../errors';
import { downloadModel, type HubOptions, type Progress } from './hub-download';
import { CATALOGUE, findModel, type CatalogueEntry } from './model-catalogue';
import { readModelFolder, type ModelFolder } from './model-folder';

export interface ModelStoreOptions {
	/** Models that ship with the package. */
	bundledDir: string;
	/** Downloaded models, and those a user put there: one folder per model, named by its id. */
	modelsDir: string;
	/** Id of the model used where a request names none. */
	defaultModel: string;
	/** Runs models that are too slow for a CPU, too. */
	allowLarge?: boolean;
	hub: HubOptions;
	log?: (message: string) => void;
}

export interface ModelStatus {
	id: string;
	title: string;
	imageSize: number;
	dimension: number;
	state: 'available' | 'downloading' | 'remote';
	progress?: number;
}

/** Ids become folder names. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Knows every model and where its files are; fetches a missing one in the background. */
export class ModelStore {
	readonly #folders = new Map<string, ModelFolder>();
	readonly #downloads = new Map<string, Progress>();
	/** Told once to the next caller, then tried again: a failure is never remembered for ever. */
	readonly #failures = new Map<string, EngineError>();

	readonly #options: ModelStoreOptions;

	constructor(options: ModelStoreOptions) {
		this.#options = options;
	}

	get defaultModel(): string {
		return this.#options.defaultModel;
	}

	get downloading(): boolean {
		return this.#downloads.size > 0;
	}

	/**
	 * The files of a model, or a prompt `MODEL_NOT_READY` while they arrive.
	 *
	 * @throws EngineError `MODEL_UNKNOWN`, `MODEL_TOO_LARGE`, `MODEL_NOT_READY`, `MODEL_BROKEN`,
	 * `MODEL_DOWNLOAD_FAILED`
	 */
	resolve(id: string): ModelFolder {
		const known = this.#folders.get(id);
		if (known) return known;
		const dir = this.#directory(id);
		if (dir) {
			const { allowLarge } = this.#options;
			const logit = CATALOGUE.find((entry) => entry.id === id)?.logit;
			const folder = readModelFolder(dir, { allowLarge, logit });
			this.#folders.set(id, folder);
			return folder;
		}
		const entry = findModel(id, this.#options);
		if (!entry?.repository) {
			throw new EngineError(
				'MODEL_UNKNOWN',
				`There is no model "${id}". Known: ${CATALOGUE.map((candidate) => candidate.id).join(', ')}; ` +
					`or put its files into ${path.join(this.#options.modelsDir, ID.test(id) ? id : 'NAME')}.`,
			);
		}
		const failure = this.#failures.get(id);
		if (failure) {
			this.#failures.delete(id);
			throw failure;
		}
		this.#startDownload(entry);
		const progress = this.#downloads.get(id);
		throw new EngineError('MODEL_NOT_READY', notReady(entry, progress), {
			progress: progress && progress.total > 0 ? progress.received / progress.total : 0,
		});
	}

	async list(): Promise<ModelStatus[]> {
		const listed = CATALOGUE.map((entry) => this.#status(entry));
		const names = existsSync(this.#options.modelsDir) ? await readdir(this.#options.modelsDir) : [];
		for (const id of names.sort()) {
			if (!ID.test(id) || id.endsWith('.partial') || listed.some((model) => model.id === id))
				continue;
			try {
				const { imageSize } = this.resolve(id).pixels;
				listed.push({ id, title: `${id} (local)`, imageSize, dimension: 0, state: 'available' });
			} catch {
				// A folder that is no model is not offered; asking for it by name says why.
			}
		}
		return listed;
	}

	#status(entry: CatalogueEntry): ModelStatus {
		const { id, title, imageSize, dimension } = entry;
		const progress = this.#downloads.get(id);
		if (progress) {
			const fraction = progress.total > 0 ? progress.received / progress.total : 0;
			return { id, title, imageSize, dimension, state: 'downloading', progress: fraction };
		}
		return { id, title, imageSize, dimension, state: this.#directory(id) ? 'available' : 'remote' };
	}

	#directory(id: string): string | undefined {
		if (!ID.test(id) || id.endsWith('.partial')) return undefined;
		return [this.#options.modelsDir, this.#options.bundledDir]
			.map((parent) => path.join(parent, id))
			.find((dir) => existsSync(path.join(dir, 'config.json')));
	}

	#startDownload(entry: CatalogueEntry): void {
		const { id, repository, revision = 'main' } = entry;
		if (!repository || this.#downloads.has(id)) return;
		this.#downloads.set(id, { received: 0, total: entry.downloadBytes ?? 0 });
		this.#options.log?.(`downloading model ${id}`);
		const run = async () => {
			await mkdir(this.#options.modelsDir, { recursive: true });
			await downloadModel(
				repository,
				revision,
				path.join(this.#options.modelsDir, id),
				this.#options.hub,
				(progress) => this.#downloads.set(id, progress),
			);
			this.#options.log?.(`model ${id} is complete`);
		};
		void run()
			.catch((error: unknown) => {
				const failure =
					error instanceof EngineError
						? error
						: new EngineError(
								'MODEL_DOWNLOAD_FAILED',
								`The model ${id} could not be stored: ${(error as Error).message}`,
							);
				this.#failures.set(id, failure);
				this.#options.log?.(failure.message);
			})
			.finally(() => this.#downloads.delete(id));
	}
}

function notReady(entry: CatalogueEntry, progress: Progress | undefined): string {
	const total = progress?.total ?? entry.downloadBytes ?? 0;
	const percent = progress && total > 0 ? Math.floor((progress.received / total) * 100) : 0;
	return `The model ${entry.id} is being downloaded: ${percent} % of ${Math.round(total / 1e6)} MB. Try again in a moment.`;
}
