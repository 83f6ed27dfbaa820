import { Type } from 'typebox';
import { findModel } from '../../encode/models/model-catalogue';
import { speedOf } from '../../encode/models/model-cost';
import type { ModelStatus } from '../../encode/models/model-store';
import { signalOf, type App } from '../app';
import {
	Model,
	ModelsResponse,
	RemoveModelQuery,
	RemoveModelResponse,
	VerifyModelResponse,
} from '../contract';
import type { Engine } from '../engine';

const ModelParams = Type.Object({ id: Type.String() });

export function modelRoutes(app: App, { models }: Engine): void {
	const toModel = (status: ModelStatus) => asModel(status, models.defaultModel);

	app.get('/models', { schema: { response: { 200: ModelsResponse } } }, async () => ({
		models: (await models.list()).map(toModel),
	}));

	// Answers at once; GET /models shows how far it is. For a model on disk: checks and mends it.
	app.post(
		'/models/:id/download',
		{ schema: { params: ModelParams, response: { 202: Model } } },
		async (request, reply) => {
			models.download(request.params.id);
			return reply.status(202).send(toModel(await models.status(request.params.id)));
		},
	);

	// What has arrived is kept.
	app.delete(
		'/models/:id/download',
		{ schema: { params: ModelParams, response: { 200: Model } } },
		async (request) => {
			await models.cancel(request.params.id);
			return toModel(await models.status(request.params.id));
		},
	);

	app.post(
		'/models/:id/verify',
		{ schema: { params: ModelParams, response: { 200: VerifyModelResponse } } },
		async (request, reply) => {
			const { id, files } = await models.verify(request.params.id, signalOf(reply));
			return { id, files, ok: files.every(({ problem }) => problem === undefined) };
		},
	);

	app.delete(
		'/models/:id',
		{
			schema: {
				params: ModelParams,
				querystring: RemoveModelQuery,
				response: { 200: RemoveModelResponse },
			},
		},
		async (request) => {
			const { id } = request.params;
			const force = request.query.force === 'true';
			return { id, freed_bytes: await models.remove(id, { force }) };
		},
	);
}

function asModel(status: ModelStatus, defaultModel: string): Model {
	const { id, title, dimension, imageSize, state, progress, transfer, problem } = status;
	const { gflops, licence, languages } = findModel(id, { allowLarge: true }) ?? {};
	return {
		id,
		title,
		dimension,
		image_size: imageSize,
		gflops,
		speed: gflops === undefined ? undefined : speedOf(gflops),
		licence,
		languages,
		state,
		progress,
		received_bytes: transfer?.received,
		total_bytes: transfer?.total,
		bytes_per_s: transfer?.bytesPerSecond,
		seconds_left: transfer?.secondsLeft ?? status.secondsLeft,
		problem,
		precision: status.precision,
		disk_bytes: status.diskBytes,
		is_default: id === defaultModel,
	};
}
