import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, type EngineClient } from '../engine/client';
import type { Step } from '../test/harness/site';
import { DEMO_MODEL } from './options';

const POLL_MS = 500;

/** Loads the model before anything needs it; a real one is downloaded, with its progress shown. */
export async function prepareModel(engine: EngineClient, id: string, step: Step): Promise<void> {
	const { models } = await engine.models();
	const model = models.find((candidate) => candidate.id === id);
	if (!model) {
		throw new Error(
			`--model: there is no model ${id}. Known: ${models.map((known) => known.id).join(', ')}`,
		);
	}
	if (id !== DEMO_MODEL) {
		process.stderr.write(
			`  ${model.title}: about 0.8 GB to download once, 1–2 GB of memory, and a second or more of\n` +
				'  CPU per photo.\n',
		);
	}
	await step('Loading the model', async (say) => {
		for (;;) {
			try {
				await engine.embedText({ text: 'a photo' });
				say(id);
				return;
			} catch (error) {
				if (!(error instanceof EngineError) || error.code !== 'MODEL_NOT_READY') throw error;
				say(error.message);
				await sleep(POLL_MS);
			}
		}
	});
}
