import { Type } from 'typebox';
import { VERSION } from '../../version';
import { API_VERSION } from '../api-version';
import { isTcp, type App, type AppOptions } from '../app';
import { Health, TestOllamaRequest, TestOllamaResponse } from '../contract';
import type { Metrics } from '../metrics';

export function operationRoutes(app: App, { engine, stop }: AppOptions, metrics: Metrics): void {
	const { encoder, config, textEmbedder } = engine;

	app.get('/healthz', { schema: { response: { 200: Health } } }, (request) => ({
		status: 'ok' as const,
		version: VERSION,
		api_version: API_VERSION,
		...(!isTcp(request) && { pid: process.pid, data_dir: config.dataDir }),
		uptime_s: process.uptime(),
		rss_bytes: process.memoryUsage.rss(),
	}));

	// Ready means proven: the default model has embedded a text.
	app.get('/readyz', async () => {
		await encoder.embedText('a photo');
		const { model } = await encoder.info();
		return { ready: true, model };
	});

	app.get('/metrics', async (_request, reply) => {
		return reply.type(metrics.contentType).send(await metrics.text());
	});

	app.get('/openapi.json', () => app.swagger());

	app.post(
		'/ollama/test',
		{ schema: { body: TestOllamaRequest, response: { 200: TestOllamaResponse } } },
		(request) => textEmbedder.testConnection(request.body.ollama),
	);

	app.post(
		'/shutdown',
		{ schema: { body: Type.Object({ reason: Type.Optional(Type.String({ maxLength: 200 })) }) } },
		(request, reply) => {
			void reply.status(202).send({ stopping: true });
			stop(request.body.reason ?? 'asked');
		},
	);
}
