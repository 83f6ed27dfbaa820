import { fork, type ChildProcess } from 'node:child_process';
import { constants, statSync } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileLock } from '../../file-lock';
import { asStorageError } from '../models/disk-space';
import { modelName, type ModelFolder } from '../models/model-folder';
import type { ModelPreparer, Precision, Preparation } from '../models/model-store';
import { towerBytes } from '../models/tower-files';
import type { RuntimeName } from '../runtime/runtime';
import type { Int8Message } from './int8-process';
import { readTowers, towerFile, writeReport, type Int8Report, type TowerKind } from './int8-report';
import type { TowerReport, TowerTask } from './quantise-tower';

/** `auto`: 8 bits where that is faster and close enough. */
export const PRECISION_SETTINGS = ['auto', 'int8', 'fp32'] as const;
export type PrecisionSetting = (typeof PRECISION_SETTINGS)[number];

export interface Int8PreparerOptions {
	/** Holds the folders of the models; their 8-bit towers go beside them. */
	modelsDir: string;
	precision: PrecisionSetting;
	/** Asked when the first model is prepared: choosing may take a moment. */
	runtime: () => Promise<RuntimeName>;
	threads: number;
	log?: (message: string) => void;
}

/** Smaller towers answer in milliseconds as they are. */
const MIN_TOWER_BYTES = 64_000_000;

/** A model's files, and their sizes and times when they were found in order. */
interface Ready {
	folder: ModelFolder;
	stamp: string;
}

/** Until it is tried again, the 32-bit towers are used. */
interface Failure {
	reason: string;
	/** Milliseconds since 1970. */
	until: number;
}

/** A full disk may have been emptied, and memory be free again. */
const RETRY_MS = 60 * 60_000;

interface Running {
	/** 0…1 */
	progress: number;
	child?: ChildProcess;
	/** The model is gone: what becomes of the work says nothing about the next of its name. */
	forgotten?: boolean;
}

const LOCK_POLL_MS = 500;
/** Shares of the work: image towers are slower to compare. */
const STEPS = { image: { from: 0, to: 0.6 }, text: { from: 0.6, to: 1 } };

/**
 * Makes 8-bit towers of a model once, in the background, and has them used from then on. They take
 * a quarter of the memory and are two to three times as fast; vectors stay comparable with those of the 32-bit model,
 * which is why both count as the same model.
 *
 * Where it cannot be done (no space, no close enough result) the 32-bit towers are used and the log
 * says why.
 */
export class Int8Preparer implements ModelPreparer {
	readonly #options: Int8PreparerOptions;
	readonly #ready = new Map<string, Ready>();
	readonly #failures = new Map<string, Failure>();
	readonly #running = new Map<string, Running>();
	#closed = false;

	constructor(options: Int8PreparerOptions) {
		this.#options = options;
	}

	prepare(id: string, folder: ModelFolder): { ready: ModelFolder } | Preparation {
		const ready = this.#find(id, folder);
		if (ready) return { ready };
		let running = this.#running.get(id);
		if (!running) {
			running = { progress: 0 };
			this.#running.set(id, running);
			void this.#makeOnce(id, folder, running).finally(() => this.#running.delete(id));
		}
		return { progress: running.progress };
	}

	get busy(): boolean {
		return this.#running.size > 0;
	}

	underWay(id: string): Preparation | undefined {
		const running = this.#running.get(id);
		return running && { progress: running.progress };
	}

	async forget(id: string): Promise<void> {
		const running = this.#running.get(id);
		if (running) running.forgotten = true;
		running?.child?.kill();
		for (const map of [this.#ready, this.#failures]) {
			for (const key of map.keys()) if (key.startsWith(`${id}@`)) map.delete(key);
		}
		await rm(this.folderOf(id), { recursive: true, force: true });
	}

	precisionOf(id: string, folder: ModelFolder): Precision | undefined {
		const ready = this.#find(id, folder);
		if (!ready) return undefined;
		const kept = [ready.visionModel === folder.visionModel, ready.textModel === folder.textModel];
		return kept.every(Boolean) ? 'fp32' : kept.some(Boolean) ? 'mixed' : 'int8';
	}

	problemOf(id: string, folder: ModelFolder): string | undefined {
		const failure = this.#failures.get(modelName(id, folder));
		return failure && `It runs in 32 bits: ${failure.reason}`;
	}

	/** Ends the work under way; the next process begins it again. */
	close(): void {
		this.#closed = true;
		for (const { child } of this.#running.values()) child?.kill();
	}

	/** What to use, if nothing has to be made first. */
	#find(id: string, folder: ModelFolder): ModelFolder | undefined {
		const key = modelName(id, folder);
		const known = this.#ready.get(key);
		// Another engine that shares the folder may have thrown the towers away with the model.
		if (known && stampOf(known.folder) === known.stamp) return known.folder;
		this.#ready.delete(key);
		const found = this.#wanted(folder) ? readTowers(this.folderOf(id), folder) : folder;
		if (found) this.#ready.set(key, { folder: found, stamp: stampOf(found) });
		else if (Date.now() < (this.#failures.get(key)?.until ?? 0)) return folder;
		return found;
	}

	#wanted({ visionModel }: ModelFolder): boolean {
		const { precision } = this.#options;
		if (precision !== 'auto') return precision === 'int8';
		return towerBytes(visionModel) >= MIN_TOWER_BYTES;
	}

	folderOf(id: string): string {
		return path.join(this.#options.modelsDir, `${id}.int8`);
	}

	/** Alone, where several engines share the folder: the others use what the first has made. */
	async #makeOnce(id: string, folder: ModelFolder, running: Running): Promise<void> {
		const { modelsDir, log } = this.#options;
		const dir = this.folderOf(id);
		const started = Date.now();
		let lock: FileLock | undefined;
		try {
			await mkdir(modelsDir, { recursive: true });
			await access(modelsDir, constants.W_OK);
			while (!(lock = FileLock.acquire(`${dir}.lock`))) {
				if (this.#closed) return;
				await sleep(LOCK_POLL_MS);
			}
			if (readTowers(dir, folder)) return;
			const report = await this.#make(id, folder, running);
			log?.(
				`8-bit towers of ${id} are ready after ${Math.round((Date.now() - started) / 1000)} s: ` +
					`${describe('image', report.image)}; ${describe('text', report.text)}`,
			);
		} catch (error) {
			// Only what is its own: without the lock another engine is at work there.
			if (lock) await rm(partialOf(dir), { recursive: true, force: true }).catch(() => {});
			if (this.#closed || running.forgotten) return;
			const { message: reason } = asStorageError(error, modelsDir) as Error;
			this.#failures.set(modelName(id, folder), { reason, until: Date.now() + RETRY_MS });
			log?.(`${id} runs in 32 bits, because its 8-bit towers could not be made: ${reason}`);
		} finally {
			lock?.release();
		}
	}

	async #make(id: string, folder: ModelFolder, running: Running): Promise<Int8Report> {
		const dir = this.folderOf(id);
		const partial = partialOf(dir);
		this.#options.log?.(`making 8-bit towers of ${id}`);
		await rm(partial, { recursive: true, force: true });
		await mkdir(partial, { recursive: true });
		const image = await this.#run(folder, 'image', partial, running);
		const text = await this.#run(folder, 'text', partial, running);
		await writeReport(partial, folder, { image, text });
		await rm(dir, { recursive: true, force: true });
		await rename(partial, dir);
		return { image, text };
	}

	async #run(
		folder: ModelFolder,
		kind: TowerKind,
		dir: string,
		running: Running,
	): Promise<TowerReport> {
		const { from, to } = STEPS[kind];
		const task: TowerTask = {
			source: kind === 'image' ? folder.visionModel : folder.textModel,
			target: towerFile(dir, kind),
			workDir: path.join(dir, 'work'),
			rules: kind === 'image' ? { image: folder.pixels } : { text: folder.text },
			runtime: await this.#options.runtime(),
			threads: this.#options.threads,
		};
		if (this.#closed) throw new Error('the engine ends');
		// Plain V8 settings: the engine's own are for a process that lives long in little memory.
		const child = fork(path.join(__dirname, 'int8-process.js'), { execArgv: [], stdio: 'ignore' });
		running.child = child;
		return new Promise<TowerReport>((resolve, reject) => {
			child.on('message', (message: Int8Message) => {
				if ('progress' in message) running.progress = from + (to - from) * message.progress;
				else if ('report' in message) resolve(message.report);
				else reject(new Error(message.error.message));
			});
			child.once('error', reject);
			child.once('exit', (code, signal) =>
				reject(new Error(`the process ended with ${signal ?? `code ${code}`}`)),
			);
			child.send(task);
		});
	}
}

function partialOf(dir: string): string {
	return `${dir}.partial`;
}

function describe(
	kind: string,
	{ accepted, minCosine, smoothed, keptLayers, weightBits }: TowerReport,
): string {
	if (!accepted) {
		return `the ${kind} tower stays in 32 bits (cosine ${minCosine.toFixed(4)} at best)`;
	}
	const smooth = smoothed ? ', smoothed' : '';
	const kept = keptLayers > 0 ? `, ${keptLayers} layers in 32 bits` : '';
	return `${kind} cosine ${minCosine.toFixed(4)}, ${weightBits}-bit weights${smooth}${kept}`;
}

/** Changes when a tower is replaced, cut or removed. */
function stampOf({ visionModel, textModel }: ModelFolder): string {
	return [visionModel, textModel]
		.map((file) => statSync(file, { throwIfNoEntry: false }))
		.map((stats) => `${stats?.size} ${stats?.mtimeMs}`)
		.join();
}
