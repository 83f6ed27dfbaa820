import type { IExecuteFunctions } from 'n8n-workflow';
import { perItem } from '../../shared/router';
import { asJson } from '../../shared/values';
import { readIndex } from './common';

export const stats = perItem<string>({
	read(this: IExecuteFunctions, itemIndex) {
		return readIndex(this, itemIndex);
	},

	async execute(run, index) {
		const found = await run.engine.stats(index, run.signal);
		if (found.text_owed > 0) {
			run.hint(
				`${found.text_owed} of the photos wait for Ollama: their words are not yet searched by meaning`,
			);
		}
		return { json: asJson(found) };
	},
});
