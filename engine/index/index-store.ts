import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../errors';
import { DATABASE_FILE } from './catalogue/database';
import { SILENT, type IndexLogger } from './index-logger';
import { LocalIndex } from './local-index';
import { exchange, forgetAside, recoverFolders, stage } from './operations/exchange-folders';
import { GRAPH_THRESHOLD, SNAPSHOT_THRESHOLD, type IndexTypeOptions } from './vectors/index-type';
import type { IndexStore, VectorIndex } from './vector-index';

export interface IndexStoreOptions {
	/** Indexes live in `<dataDir>/indexes/<name>/`. One process at a time. */
	dataDir: string;
	/** How vectors are searched; what suits their number unless told otherwise. */
	type?: Partial<IndexTypeOptions>;
	logger?: IndexLogger;
}

/** A store of indexes in a folder. Nothing is opened or created until it is asked for. */
export function createIndexStore(options: IndexStoreOptions): IndexStore {
	return new LocalIndexStore(options);
}

/** Dropped indexes on their way out; no index name starts with a dot. */
const DROPPED = '.dropped-';

class LocalIndexStore implements IndexStore {
	readonly #root: string;
	readonly #type: IndexTypeOptions;
	readonly #logger: IndexLogger;
	readonly #open = new Map<string, Promise<LocalIndex>>();
	#closed = false;

	constructor(options: IndexStoreOptions) {
		const { dataDir, type, logger = SILENT } = options;
		this.#root = join(dataDir, 'indexes');
		this.#type = {
			...{ type: 'auto', graphFrom: GRAPH_THRESHOLD, snapshotFrom: SNAPSHOT_THRESHOLD },
			...type,
		};
		this.#logger = logger;
		recoverFolders(this.#root);
	}

	async open(name: string, { create }: { create: boolean }): Promise<VectorIndex> {
		const folder = this.#folderOf(name);
		this.#assertOpen();
		const opened = await this.#open.get(name);
		if (opened && !opened.isClosing) return opened;
		await opened?.close();
		// Someone else may have waited, too, and been first.
		const meanwhile = this.#open.get(name);
		if (meanwhile) return await meanwhile;
		if (!create && !existsSync(join(folder, DATABASE_FILE))) throw notFound(name);
		return await this.#keep(name, (onClose) => this.#openFolder(name, onClose));
	}

	async list(): Promise<string[]> {
		const entries = await readdir(this.#root).catch(() => []);
		return entries
			.filter((name) => isIndexName(name) && existsSync(join(this.#root, name, DATABASE_FILE)))
			.sort();
	}

	async loaded(): Promise<VectorIndex[]> {
		const opened = await Promise.allSettled(this.#open.values());
		return opened.flatMap((one) =>
			one.status === 'fulfilled' && !one.value.isClosing ? [one.value] : [],
		);
	}

	async drop(name: string): Promise<void> {
		const folder = this.#folderOf(name);
		if (!existsSync(join(folder, DATABASE_FILE))) throw notFound(name);
		await (await this.#open.get(name))?.close();
		// Renamed first: a crash in the middle must not leave half an index under its name.
		await rename(folder, join(this.#root, `${DROPPED}${name}-${Date.now()}`));
		await this.#removeDropped();
	}

	async install(
		name: string,
		fill: (folder: string) => Promise<void>,
		{ replace }: { replace: boolean },
	): Promise<VectorIndex> {
		const folder = this.#folderOf(name);
		this.#assertOpen();
		const refuseIfThere = () => {
			if (!replace && existsSync(join(folder, DATABASE_FILE))) throw exists(name);
		};
		refuseIfThere();
		const staged = await stage(this.#root, name);
		try {
			await fill(staged);
			this.#assertOpen();
			refuseIfThere();
			const before = this.#open.get(name);
			// Whoever asks for the index from here on waits for the new one.
			return await this.#keep(name, async (onClose) => {
				await (await before?.catch(() => undefined))?.close();
				return await exchange(this.#root, name, staged, () => this.#openFolder(name, onClose));
			});
		} finally {
			await rm(staged, { recursive: true, force: true });
		}
	}

	async close(): Promise<void> {
		this.#closed = true;
		const opening = [...this.#open.values()];
		await Promise.all(opening.map((index) => index.then((open) => open.close())));
	}

	async #openFolder(name: string, onClose: () => void): Promise<LocalIndex> {
		const index = await LocalIndex.open(name, this.#folderOf(name), {
			type: this.#type,
			logger: this.#logger,
			onClose,
		});
		await forgetAside(this.#root, name);
		return index;
	}

	/** Remembers what is being opened until it is closed again. */
	#keep(name: string, open: (onClose: () => void) => Promise<LocalIndex>): Promise<LocalIndex> {
		const forget = () => {
			if (this.#open.get(name) === opening) this.#open.delete(name);
		};
		const opening = open(forget);
		this.#open.set(name, opening);
		// A failure is for whoever asked; the next one tries again.
		opening.catch(forget);
		return opening;
	}

	#assertOpen(): void {
		if (this.#closed) throw new EngineError('ENGINE_STOPPING', 'The index store has been closed.');
	}

	#folderOf(name: string): string {
		if (!isIndexName(name)) {
			throw new EngineError(
				'BAD_INDEX_NAME',
				'An index name has 1 to 64 characters: a to z, 0 to 9, "_" and "-".',
			);
		}
		return join(this.#root, name);
	}

	async #removeDropped(): Promise<void> {
		await mkdir(this.#root, { recursive: true, mode: 0o700 });
		for (const entry of await readdir(this.#root)) {
			if (!entry.startsWith(DROPPED)) continue;
			await rm(join(this.#root, entry), { recursive: true, force: true });
		}
	}
}

function isIndexName(name: unknown): name is string {
	return typeof name === 'string' && /^[a-z0-9_-]{1,64}$/.test(name);
}

function exists(name: string): EngineError {
	return new EngineError('INDEX_EXISTS', `There is an index "${name}" already.`, { index: name });
}

function notFound(name: string): EngineError {
	return new EngineError('INDEX_NOT_FOUND', `There is no index "${name}".`, { index: name });
}
