import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { EngineError, type ImageInput, type PhotoFacts } from '../../../engine/client';
import type { Operation, Outcome } from '../../shared/router';
import {
	asJson,
	isoDate,
	jsonObject,
	optionalNumber,
	optionalText,
	photoId,
	s3Path,
	textList,
	vector,
} from '../../shared/values';
import { readIndex } from './common';

/** Photos per request: about 1 MB of JSON at 768 dimensions. */
const PHOTOS_PER_REQUEST = 64;

interface UpsertInput {
	index: string;
	image: ImageInput;
}

export const upsert: Operation<UpsertInput> = {
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
				...chosenFields(this.getNodeParameter('fields', itemIndex, {}) as IDataObject),
				...(id !== undefined && { id: photoId(id) }),
				...(path !== undefined && { s3_path: s3Path(path) }),
				...(embedding && { embedding, model: optionalText(parameter('model')) }),
			},
		};
	},

	batchKey: ({ index }) => index,

	async execute(run, batch) {
		const answer = await run.engine.upsert(
			batch[0]?.input.index ?? '',
			{ images: batch.map(({ input }) => input.image), ollama: await run.ollama() },
			run.signal,
		);
		answer.hints.forEach(run.hint);
		return batch.map((_, position): Outcome => {
			const failure = answer.errors.find(({ index }) => index === position);
			if (failure) {
				return { error: new EngineError(failure.code as EngineError['code'], failure.message) };
			}
			const stored = answer.results.find(({ index }) => index === position);
			if (!stored) return { error: new Error('The engine did not say whether it was stored') };
			const { id, status, text_vector } = stored;
			return { json: asJson({ id, status, text_vector, index: batch[0]?.input.index }) };
		});
	},
};

/** The fields of an item that mean the same to the index; others of the same name are left alone. */
function inputFacts(json: IDataObject): PhotoFacts {
	return defined({
		etag: optionalText(json.etag),
		size: optionalNumber(json.size),
		width: optionalNumber(json.width),
		height: optionalNumber(json.height),
		title: optionalText(json.title),
		description: optionalText(json.description),
		tags: Array.isArray(json.tags) ? textList(json.tags) : undefined,
		people: Array.isArray(json.people) ? textList(json.people) : undefined,
		taken_at: isoDate(json.taken_at),
		lat: optionalNumber(json.lat),
		lon: optionalNumber(json.lon),
		metadata: typeof json.metadata === 'object' ? jsonObject(json.metadata, 'metadata') : undefined,
	});
}

function chosenFields(fields: IDataObject): Partial<ImageInput> {
	return defined({
		title: optionalText(fields.title),
		description: optionalText(fields.description),
		tags: textList(fields.tags),
		people: textList(fields.people),
		taken_at: isoDate(fields.takenAt),
		metadata: jsonObject(fields.metadata, 'Metadata'),
		text_embedding: vector(fields.textEmbedding, 'The text vector'),
		text_model: optionalText(fields.textModel),
	});
}

/** Without the keys that are undefined, which would otherwise overwrite when spread. */
function defined<T extends object>(fields: T): T {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
