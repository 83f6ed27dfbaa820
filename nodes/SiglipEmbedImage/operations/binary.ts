import type { IExecuteFunctions } from 'n8n-workflow';
import { perItem } from '../../shared/router';
import { asJson, optionalText } from '../../shared/values';
import { readModel } from '../model';

/** Pictures in memory at once: enough to keep the engine busy, few enough to stay small. */
const PARALLEL_UPLOADS = 4;

interface BinaryInput {
	field: string;
	model: string | undefined;
}

export const embedBinary = perItem<BinaryInput>(
	{
		read(this: IExecuteFunctions, itemIndex) {
			const field = this.getNodeParameter('binaryPropertyName', itemIndex) as string;
			this.helpers.assertBinaryData(itemIndex, field);
			return { field, model: readModel(this, itemIndex) };
		},

		async execute(run, { field, model }, itemIndex) {
			// Read here, not in `read`: only the pictures under way are held in memory.
			const bytes = await this.helpers.getBinaryDataBuffer(itemIndex, field);
			const { image, hints, ...vector } = await run.engine.embedImageBytes(
				bytes,
				{ model },
				run.signal,
				run.waiting,
			);
			hints?.forEach(run.hint);
			const { fileName } = this.helpers.assertBinaryData(itemIndex, field);
			return { json: asJson({ file_name: optionalText(fileName), ...image, ...vector }) };
		},
	},
	PARALLEL_UPLOADS,
);
