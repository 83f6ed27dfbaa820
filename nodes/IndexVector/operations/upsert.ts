import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { Operation } from '../../shared/router';
import { optionalText, photoId, s3Path, vector } from '../../shared/values';
import { readIndex } from './common';
import { chosenFacts, inputFacts } from './photoFacts';
import { PHOTOS_PER_REQUEST, writePhotos, type PhotoToWrite } from './write';

export const upsert: Operation<PhotoToWrite> = {
	batchSize: PHOTOS_PER_REQUEST,

	read(this: IExecuteFunctions, itemIndex) {
		const parameter = (name: string) => this.getNodeParameter(name, itemIndex, '') as unknown;
		const id = optionalText(parameter('id'));
		const path = optionalText(parameter('s3Path'));
		if (id === undefined && path === undefined) {
			throw new UserError('The photo has neither an ID nor an S3 path');
		}
		const facts = this.getNodeParameter('useInputFacts', itemIndex, true)
			? inputFacts(this.getInputData()[itemIndex]?.json ?? {})
			: {};
		const embedding = vector(parameter('embedding'), 'The image vector');
		return {
			index: readIndex(this, itemIndex),
			image: {
				...facts,
				...chosenFacts(this.getNodeParameter('fields', itemIndex, {}) as IDataObject),
				...(id !== undefined && { id: photoId(id) }),
				...(path !== undefined && { s3_path: s3Path(path) }),
				...(embedding && { embedding, model: optionalText(parameter('model')) }),
			},
		};
	},

	batchKey: ({ index }) => index,

	async execute(run, batch) {
		return await writePhotos(run, batch, (...request) => run.engine.upsert(...request));
	},
};
