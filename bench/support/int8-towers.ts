import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Int8Preparer } from '../../engine/encode/int8/int8-preparer';
import type { Int8Report } from '../../engine/encode/int8/int8-report';
import type { TowerReport } from '../../engine/encode/int8/quantise-tower';
import type { ModelFolder } from '../../engine/encode/models/model-folder';
import type { ModelStore } from '../../engine/encode/models/model-store';
import { offlineStore } from '../../test/harness/offline-store';
import { until } from '../../test/harness/until';

export interface Int8Towers {
	/** Gives the 8-bit towers, or those of 32 bits where they were not close enough. */
	store: ModelStore;
	folder: ModelFolder;
	/** What the engine itself found out about them. */
	image: TowerReport;
	text: TowerReport;
}

/** Of the largest model on a slow machine. */
const WAIT = { timeoutMs: 15 * 60_000, everyMs: 250 };

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
	const store = offlineStore(modelsDir, id, preparer);
	const exact = offlineStore(modelsDir, id).resolve(id);
	const folder = await until(
		'the making of 8-bit towers',
		() => {
			const prepared = preparer.prepare(id, exact);
			return 'ready' in prepared && prepared.ready;
		},
		WAIT,
	);
	const report = path.join(preparer.folderOf(id), 'report.json');
	try {
		const { towers } = JSON.parse(readFileSync(report, 'utf8')) as { towers: Int8Report };
		const { image, text } = towers;
		return { store, folder, image, text };
	} catch {
		throw new Error(`The 8-bit towers could not be made: ${said}`);
	}
}
