import { Type } from 'typebox';
import { EngineError } from '../../errors';
import { startSync } from '../../ingest/sync';
import type { App } from '../app';
import { Job, SyncRequest } from '../contract';
import type { Engine } from '../engine';
import { IndexParams } from './indexes';

const JobParams = Type.Object({ id: Type.String() });

export function jobRoutes(app: App, engine: Engine): void {
	app.post(
		'/indexes/:name/sync',
		{ schema: { params: IndexParams, body: SyncRequest, response: { 202: Job } } },
		async (request, reply) => {
			// A model that is still on its way is told now, not as the failure of every photo.
			await engine.encoder.info(request.body.model);
			const index = await engine.indexes.open(request.params.name, { create: true });
			return reply.status(202).send(startSync(engine.jobs, index, request.body, engine));
		},
	);

	app.get('/jobs/:id', { schema: { params: JobParams, response: { 200: Job } } }, (request) =>
		known(engine.jobs.get(request.params.id), request.params.id),
	);

	app.delete('/jobs/:id', { schema: { params: JobParams, response: { 200: Job } } }, (request) =>
		known(engine.jobs.cancel(request.params.id), request.params.id),
	);
}

function known(job: Job | undefined, id: string): Job {
	if (job) return job;
	throw new EngineError(
		'NOT_FOUND',
		`There is no job "${id}". Jobs are forgotten when the engine stops; start it again, it goes on where it was.`,
	);
}
