import type { IExecuteFunctions } from 'n8n-workflow';
import { perItem } from '../../shared/router';
import { asJson } from '../../shared/values';
import { readModel } from '../model';

interface TextInput {
	text: string;
	model: string | undefined;
}

export const embedText = perItem<TextInput>({
	read(this: IExecuteFunctions, itemIndex) {
		return {
			text: String(this.getNodeParameter('text', itemIndex, '') ?? ''),
			model: readModel(this, itemIndex),
		};
	},

	async execute(run, { text, model }) {
		const { hints, ...vector } = await run.engine.embedText({ text, model }, run.signal);
		hints?.forEach(run.hint);
		return { json: asJson({ text, ...vector }) };
	},
});
