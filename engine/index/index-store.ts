import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError, messageOf } from '../errors';
import { DATABASE_FILE } from './catalogue/database';
import { SILENT, type IndexLogger } from './index-logger';
import { LocalIndex } from './local-index';
import {
	exchange,
	forgetAside,
	moveOut,
	recoverFolders,
	stage,
} from './operations/exchange-folders';
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

class LocalIndexStore implements IndexStore {
	readonly #root: string;
	readonly #type: IndexTypeOptions;
	readonly #logger: IndexLogger;
	/** What is open, being opened or, where it answers `undefined`, being dropped. */
	readonly #open = new Map<string, Promise<LocalIndex | undefined>>();
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
		for (;;) {
			this.#assertOpen();
			const held = this.#open.get(name);
			if (!held) break;
			const opened = await held;
			if (opened && !opened.isClosing) return opened;
			// Its name is free then, unless someone else who waited was first.
			await opened?.close();
		}
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
			one.status === 'fulfilled' && one.value && !one.value.isClosing ? [one.value] : [],
		);
	}

	async drop(name: string): Promise<void> {
		const folder = this.#folderOf(name);
		this.#assertOpen();
		const before = this.#open.get(name);
		const out = (async () => {
			await (await before?.catch(() => undefined))?.close();
			if (!existsSync(join(folder, DATABASE_FILE))) throw notFound(name);
			// A crash in the middle must not leave half an index under its name.
			return await moveOut(this.#root, name);
		})();
		// Whoever asks for the index meanwhile waits, or would write to what is about to be removed.
		const forget = () => {
			if (this.#open.get(name) === gone) this.#open.delete(name);
		};
		const gone = out.then(forget, forget).then(() => undefined);
		this.#open.set(name, gone);
		await rm(await out, { recursive: true, force: true });
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
		const opening = await Promise.allSettled(this.#open.values());
		const closing = await Promise.allSettled(
			opening.map((one) => (one.status === 'fulfilled' ? one.value?.close() : undefined)),
		);
		for (const one of closing) {
			if (one.status === 'fulfilled') continue;
			this.#logger.error(`An index was not closed properly: ${messageOf(one.reason)}`);
		}
	}

	async #openFolder(name: string, onClose: () => void): Promise<LocalIndex> {
		const index = await LocalIndex.open(name, this.#folderOf(name), {
			type: this.#type,
			logger: this.#logger,
			onClose,
		});
		try {
			await forgetAside(this.#root, name);
		} catch (error) {
			// Room on the disk is all that is lost.
			this.#logger.warn(`index "${name}": what it replaced was not removed: ${messageOf(error)}`);
		}
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
