import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Int8Preparer } from '../../engine/encode/int8/int8-preparer';
import type { TowerReport } from '../../engine/encode/int8/quantise-tower';
import type { ModelFolder } from '../../engine/encode/models/model-folder';
import { ModelStore } from '../../engine/encode/models/model-store';
import { EngineError } from '../../engine/errors';

export interface Int8Towers {
	/** Gives the 8-bit towers, or those of 32 bits where they were not close enough. */
	store: ModelStore;
	folder: ModelFolder;
	/** What the engine itself found out about them. */
	image: TowerReport;
	text: TowerReport;
}

const POLL_MS = 250;

/** A store that gives a model's 32-bit towers. */
export function fp32Store(id: string, modelsDir: string): ModelStore {
	return new ModelStore(storeOptions(id, modelsDir));
}

/**
 * Has the engine's own code make the 8-bit towers, and waits for them.
 *
 * @throws Error where they could not be made, with the reason
 */
export async function makeInt8(
	id: string,
	modelsDir: string,
	threads: number,
): Promise<Int8Towers> {
	let said = '';
	const preparer = new Int8Preparer({
		modelsDir,
		precision: 'int8',
		runtime: async () => await Promise.resolve('native'),
		threads,
		log: (message) => (said = message),
	});
	const store = new ModelStore({ ...storeOptions(id, modelsDir), preparer });
	const folder = await whenReady(store, id);
	const report = path.join(modelsDir, `${id}.int8`, 'report.json');
	try {
		const { image, text } = JSON.parse(readFileSync(report, 'utf8')) as Int8Towers;
		return { store, folder, image, text };
	} catch {
		throw new Error(`The 8-bit towers could not be made: ${said}`);
	}
}

async function whenReady(store: ModelStore, id: string): Promise<ModelFolder> {
	for (;;) {
		try {
			return store.resolve(id);
		} catch (error) {
			if (!(error instanceof EngineError) || error.code !== 'MODEL_NOT_READY') throw error;
			await sleep(POLL_MS);
		}
	}
}

function storeOptions(id: string, modelsDir: string) {
	return {
		bundledDir: modelsDir,
		modelsDir,
		defaultModel: id,
		offline: true,
		hub: { endpoint: 'http://127.0.0.1:9' },
	};
}
