import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileLock } from '../../file-lock';
import { towerBytes } from '../models/tower-files';
import type { ModelFolder } from '../models/model-folder';
import type { ModelPreparer, Precision, Preparation } from '../models/model-store';
import type { RuntimeName } from '../runtime/runtime';
import type { Int8Message } from './int8-process';
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

/** Changes with the way of making the towers: older ones are made anew. */
const RECIPE = 1;
/** Smaller towers answer in milliseconds as they are. */
const MIN_TOWER_BYTES = 64_000_000;

/** What is remembered beside the towers. */
interface Report {
	recipe: number;
	/** Of the 32-bit model. */
	revision: string;
	/** Weights that one processor multiplies exactly saturate another. */
	machine: string;
	image: TowerReport;
	text: TowerReport;
}

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
	readonly #ready = new Map<string, ModelFolder>();
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
		for (const key of this.#ready.keys()) if (key.startsWith(`${id}@`)) this.#ready.delete(key);
		await rm(this.folderOf(id), { recursive: true, force: true });
	}

	precisionOf(id: string, folder: ModelFolder): Precision | undefined {
		const ready = this.#find(id, folder);
		if (!ready) return undefined;
		const kept = [ready.visionModel === folder.visionModel, ready.textModel === folder.textModel];
		return kept.every(Boolean) ? 'fp32' : kept.some(Boolean) ? 'mixed' : 'int8';
	}

	/** Ends the work under way; the next process begins it again. */
	close(): void {
		this.#closed = true;
		for (const { child } of this.#running.values()) child?.kill();
	}

	/** What to use, if nothing has to be made first. */
	#find(id: string, folder: ModelFolder): ModelFolder | undefined {
		const key = keyOf(id, folder);
		const known = this.#ready.get(key);
		// Another engine that shares the folder may have thrown the towers away with the model.
		if (known && [known.visionModel, known.textModel].every((file) => existsSync(file)))
			return known;
		this.#ready.delete(key);
		const found = this.#wanted(folder) ? this.#load(id, folder) : folder;
		if (found) this.#ready.set(key, found);
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

	/** What an earlier process made, if it still fits model and machine. */
	#load(id: string, folder: ModelFolder): ModelFolder | undefined {
		const dir = this.folderOf(id);
		let report: Report;
		try {
			report = JSON.parse(readFileSync(path.join(dir, 'report.json'), 'utf8')) as Report;
		} catch {
			return undefined;
		}
		const fits =
			report.recipe === RECIPE &&
			report.revision === folder.revision &&
			report.machine === machine();
		return fits ? withTowers(folder, dir, report) : undefined;
	}

	/** Alone, where several engines share the folder: the others use what the first has made. */
	async #makeOnce(id: string, folder: ModelFolder, running: Running): Promise<void> {
		const started = Date.now();
		let lock: FileLock | undefined;
		try {
			await mkdir(this.#options.modelsDir, { recursive: true });
			const file = `${this.folderOf(id)}.lock`;
			while (!(lock = FileLock.acquire(file))) {
				if (this.#closed) return;
				await sleep(LOCK_POLL_MS);
			}
			let ready = this.#load(id, folder);
			if (!ready) {
				const report = await this.#make(id, folder, running);
				ready = this.#load(id, folder) ?? folder;
				this.#options.log?.(
					`8-bit towers of ${id} are ready after ${Math.round((Date.now() - started) / 1000)} s: ` +
						`${describe('image', report.image)}; ${describe('text', report.text)}`,
				);
			}
			this.#ready.set(keyOf(id, folder), ready);
		} catch (error) {
			// Only what is its own: without the lock another engine is at work there.
			if (lock)
				await rm(partialOf(this.folderOf(id)), { recursive: true, force: true }).catch(() => {});
			if (this.#closed || running.forgotten) return;
			// Slower, but right; the next process tries again.
			this.#ready.set(keyOf(id, folder), folder);
			this.#options.log?.(
				`${id} runs in 32 bits, because its 8-bit towers could not be made: ${(error as Error).message}`,
			);
		} finally {
			lock?.release();
		}
	}

	async #make(id: string, folder: ModelFolder, running: Running): Promise<Report> {
		const dir = this.folderOf(id);
		const partial = partialOf(dir);
		this.#options.log?.(`making 8-bit towers of ${id}`);
		await rm(partial, { recursive: true, force: true });
		await mkdir(partial, { recursive: true });
		const image = await this.#run(folder, 'image', partial, running);
		const text = await this.#run(folder, 'text', partial, running);
		const report: Report = {
			...{ recipe: RECIPE, revision: folder.revision, machine: machine() },
			...{ image, text },
		};
		await writeFile(path.join(partial, 'report.json'), JSON.stringify(report, null, '\t'));
		await rm(dir, { recursive: true, force: true });
		await rename(partial, dir);
		return report;
	}

	async #run(
		folder: ModelFolder,
		kind: 'image' | 'text',
		dir: string,
		running: Running,
	): Promise<TowerReport> {
		const { from, to } = STEPS[kind];
		const task: TowerTask = {
			source: kind === 'image' ? folder.visionModel : folder.textModel,
			target: path.join(dir, fileOf(kind)),
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

function keyOf(id: string, { revision }: ModelFolder): string {
	return `${id}@${revision}`;
}

function partialOf(dir: string): string {
	return `${dir}.partial`;
}

function fileOf(kind: 'image' | 'text'): string {
	return `${kind}_model_int8.onnx`;
}

/** The folder with those towers in 8 bits that are close enough; undefined if a file is missing. */
function withTowers(folder: ModelFolder, dir: string, report: Report): ModelFolder | undefined {
	const files = { image: folder.visionModel, text: folder.textModel };
	for (const kind of ['image', 'text'] as const) {
		if (!report[kind].accepted) continue;
		files[kind] = path.join(dir, fileOf(kind));
		if (!existsSync(files[kind])) return undefined;
	}
	return { ...folder, visionModel: files.image, textModel: files.text };
}

function machine(): string {
	return `${process.arch} ${cpus()[0]?.model ?? ''}`.trim();
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
