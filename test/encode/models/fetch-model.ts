/**
 * A process that has one model fetched into the models folder of its environment, and tells each
 * thing it sees as a line of JSON: log lines, progress, and the end.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ModelStore } from '../../../engine/encode/models/model-store';
import type { EngineError } from '../../../engine/errors';
import { readConfig } from '../../../engine/service/config';

export interface Told {
	log?: string;
	/** Of the `MODEL_NOT_READY` that a search would get. */
	waiting?: string;
	received?: number;
	/** `ready`, or the code of the error. */
	end?: string;
	message?: string;
}

const tell = (told: Told) => process.stdout.write(`${JSON.stringify(told)}\n`);

async function main(id: string): Promise<void> {
	const config = readConfig();
	const store = new ModelStore({
		bundledDir: config.bundledModelsDir,
		modelsDir: config.modelsDir,
		defaultModel: config.defaultModel,
		offline: config.offline,
		hub: { ...config.hub, retryMs: 20 },
		log: (log) => tell({ log }),
	});
	for (;;) {
		try {
			store.resolve(id);
			tell({ end: 'ready' });
			break;
		} catch (error) {
			const { code, message, details } = error as EngineError;
			if (code !== 'MODEL_NOT_READY') {
				tell({ end: code, message });
				break;
			}
			tell({ waiting: message, received: details?.['received'] as number });
		}
		await sleep(50);
	}
	await store.close();
}

void main(process.argv[2]!);
