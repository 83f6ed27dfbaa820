import type { IExecuteFunctions } from 'n8n-workflow';
import { EngineError } from '../../../engine/client';
import type { Operation, Outcome } from '../../shared/router';
import { asJson, s3Path } from '../../shared/values';
import { readModel } from '../model';

/** Photos per request: one progress step of a few seconds on two cores. */
const PHOTOS_PER_REQUEST = 32;

interface S3Input {
	path: string;
	model: string | undefined;
}

export const embedS3: Operation<S3Input> = {
	batchSize: PHOTOS_PER_REQUEST,

	read(this: IExecuteFunctions, itemIndex) {
		return {
			path: s3Path(this.getNodeParameter('s3Path', itemIndex, '')),
			model: readModel(this, itemIndex),
		};
	},

	batchKey: ({ model }) => model ?? '',

	async execute(run, batch) {
		const answer = await run.engine.embedBatch(
			{
				image_paths: batch.map(({ input }) => input.path),
				model: batch[0]?.input.model,
				s3: await run.s3(),
			},
			run.signal,
			run.waiting,
		);
		answer.hints?.forEach(run.hint);
		return batch.map(({ input }, position): Outcome => {
			const embedding = answer.embeddings[position];
			if (embedding) {
				return {
					json: asJson({
						s3_path: input.path,
						...answer.images[position],
						embedding,
						model: answer.model,
						dimension: answer.dimension,
					}),
				};
			}
			const failure = answer.errors.find(({ index }) => index === position);
			return {
				error: failure
					? new EngineError(failure.code as EngineError['code'], failure.message)
					: new Error(`The engine gave no embedding for ${input.path}`),
			};
		});
	},
};
