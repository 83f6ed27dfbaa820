import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineClient, EngineError } from '../engine/client';
import type { Step } from '../test/harness/site';
import { DEMO_MODEL } from './options';

const POLL_MS = 500;

/**
 * Loads the model before anything needs it; a real one is downloaded, with its progress shown.
 * Throws the engine's own error, which names the models there are and what keeps one away.
 */
export async function prepareModel(engine: EngineClient, id: string, step: Step): Promise<void> {
	if (id !== DEMO_MODEL) {
		process.stderr.write(
			`  ${id} is a real model: 0.8 GB of download the first time, 1–2 GB of memory, and up to\n` +
				'  seconds of CPU per photo.\n',
		);
	}
	await step('Loading the model', async (say) => {
		for (;;) {
			try {
				await engine.embedText({ text: 'a photo' });
				say(id);
				return;
			} catch (error) {
				if ((error as EngineError).code !== 'MODEL_NOT_READY') throw error;
				say((error as EngineError).message);
				await sleep(POLL_MS);
			}
		}
	});
}
